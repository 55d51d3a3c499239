import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { type Actor, CurrentActor } from '../../auth/actor.js';
import { AccessiblePatient, PatientAccess } from '../../patients/patient-access.guard.js';
import type { AccessiblePatient as Patient } from '../../patients/patient-access.service.js';
import { Escalation, EscalationChange } from './escalation.schemas.js';
import { EscalationService } from './escalation.service.js';

const OrganisationId = { schema: z.uuid() };

@ApiTags('alert delivery')
@ApiBearerAuth()
@Controller()
export class EscalationController {
  constructor(private readonly escalation: EscalationService) {}

  @Get('patients/:patientId/escalation')
  @PatientAccess('read')
  @ApiOkResponse({ standardSchema: Escalation })
  getEscalation(@AccessiblePatient() patient: Patient): Promise<Escalation> {
    return this.escalation.ofPatient(patient);
  }

  @Put('patients/:patientId/escalation')
  @PatientAccess('write')
  @ApiOkResponse({ standardSchema: Escalation })
  changeEscalation(
    @CurrentActor() actor: Actor,
    @AccessiblePatient() patient: Patient,
    @Body({ schema: EscalationChange }) { steps }: EscalationChange,
  ): Promise<Escalation> {
    return this.escalation.changeOfPatient(actor, patient, steps);
  }

  @Delete('patients/:patientId/escalation')
  @PatientAccess('write')
  @ApiOkResponse({ standardSchema: Escalation })
  resetEscalation(@AccessiblePatient() patient: Patient): Promise<Escalation> {
    return this.escalation.resetOfPatient(patient);
  }

  @Get('organisations/:organisationId/escalation')
  @ApiOkResponse({ standardSchema: Escalation })
  getEscalationOfOrganisation(
    @CurrentActor() actor: Actor,
    @Param('organisationId', OrganisationId) organisationId: string,
  ): Promise<Escalation> {
    return this.escalation.ofOrganisation(actor, organisationId);
  }

  @Put('organisations/:organisationId/escalation')
  @ApiOkResponse({ standardSchema: Escalation })
  changeEscalationOfOrganisation(
    @CurrentActor() actor: Actor,
    @Param('organisationId', OrganisationId) organisationId: string,
    @Body({ schema: EscalationChange }) { steps }: EscalationChange,
  ): Promise<Escalation> {
    return this.escalation.changeOfOrganisation(actor, organisationId, steps);
  }

  @Delete('organisations/:organisationId/escalation')
  @ApiOkResponse({ standardSchema: Escalation })
  resetEscalationOfOrganisation(
    @CurrentActor() actor: Actor,
    @Param('organisationId', OrganisationId) organisationId: string,
  ): Promise<Escalation> {
    return this.escalation.resetOfOrganisation(actor, organisationId);
  }
}
