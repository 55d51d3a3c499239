import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { LimitAccountLookups } from '../../common/http/account-lookup-limit.js';
import { type Actor, CurrentActor } from '../auth/actor.js';
import { GrantChange, GrantListQuery, GrantRequest, PatientGrant, PatientGrantPage } from './grants.schemas.js';
import { GrantsService } from './grants.service.js';
import { AccessiblePatient, PatientAccess } from './patient-access.guard.js';
import type { AccessiblePatient as Accessible } from './patient-access.service.js';

@ApiTags('grants')
@ApiBearerAuth()
@PatientAccess('manage')
@Controller('patients/:patientId/grants')
export class GrantsController {
  constructor(private readonly grants: GrantsService) {}

  @Post()
  @LimitAccountLookups()
  @ApiCreatedResponse({ standardSchema: PatientGrant })
  createGrant(
    @CurrentActor() actor: Actor,
    @AccessiblePatient() patient: Accessible,
    @Body({ schema: GrantRequest }) body: GrantRequest,
  ): Promise<PatientGrant> {
    return this.grants.create(actor, patient.id, body);
  }

  @Get()
  @ApiOkResponse({ standardSchema: PatientGrantPage })
  listGrants(
    @AccessiblePatient() patient: Accessible,
    @Query({ schema: GrantListQuery }) query: GrantListQuery,
  ): Promise<PatientGrantPage> {
    return this.grants.list(patient.id, query);
  }

  @Patch(':grantId')
  @ApiOkResponse({ standardSchema: PatientGrant })
  changeGrant(
    @AccessiblePatient() patient: Accessible,
    @Param('grantId', { schema: z.uuid() }) grantId: string,
    @Body({ schema: GrantChange }) body: GrantChange,
  ): Promise<PatientGrant> {
    return this.grants.change(patient.id, grantId, body);
  }

  @Delete(':grantId')
  @HttpCode(204)
  @ApiNoContentResponse()
  revokeGrant(
    @AccessiblePatient() patient: Accessible,
    @Param('grantId', { schema: z.uuid() }) grantId: string,
  ): Promise<void> {
    return this.grants.revoke(patient.id, grantId);
  }
}
