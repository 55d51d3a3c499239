import { Body, Controller, Delete, Get, HttpCode, Post, Patch, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { type Actor, CurrentActor } from '../auth/actor.js';
import { AccessiblePatient, actionOf, PatientAccess } from './patient-access.guard.js';
import type { AccessiblePatient as Accessible } from './patient-access.service.js';
import { Patient, PatientChange, PatientListQuery, PatientPage, PatientRequest } from './patients.schemas.js';
import { PatientsService } from './patients.service.js';

@ApiTags('patients')
@ApiBearerAuth()
@Controller()
export class PatientsController {
  constructor(private readonly patients: PatientsService) {}

  @Post('patients')
  @ApiCreatedResponse({ standardSchema: Patient })
  createPatient(
    @CurrentActor() actor: Actor,
    @Body({ schema: PatientRequest }) body: PatientRequest,
  ): Promise<Patient> {
    return this.patients.create(actor, body);
  }

  @Get('patients/:patientId')
  @PatientAccess('view')
  @ApiOkResponse({ standardSchema: Patient })
  getPatient(@AccessiblePatient() patient: Accessible): Promise<Patient> {
    return this.patients.describe(patient.id);
  }

  @Patch('patients/:patientId')
  @PatientAccess('edit')
  @ApiOkResponse({ standardSchema: Patient })
  changePatient(
    @AccessiblePatient() patient: Accessible,
    @Body({ schema: PatientChange }) body: PatientChange,
  ): Promise<Patient> {
    return this.patients.change(patient.id, body);
  }

  @Delete('patients/:patientId')
  @PatientAccess('manage')
  @HttpCode(204)
  @ApiNoContentResponse()
  archivePatient(@AccessiblePatient() patient: Accessible): Promise<void> {
    return this.patients.archive(patient);
  }

  @Get('organisations/:organisationId/patients')
  @ApiOkResponse({ standardSchema: PatientPage })
  listPatientsOfOrganisation(
    @CurrentActor() actor: Actor,
    @Param('organisationId', { schema: z.uuid() }) organisationId: string,
    @Query({ schema: PatientListQuery }) query: PatientListQuery,
    @Req() request: FastifyRequest,
  ): Promise<PatientPage> {
    return this.patients.listOfOrganisation(actor, organisationId, query, {
      action: actionOf(request),
      requestId: request.id,
    });
  }
}
