import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { type Actor, CurrentActor } from '../auth/actor.js';
import { AccessiblePatient, PatientAccess } from '../patients/patient-access.guard.js';
import type { AccessiblePatient as Patient } from '../patients/patient-access.service.js';
import { AlertSettingsChange, AlertSettingsReport, UnitQuery, WhatIfReport } from './alert-settings.schemas.js';
import { AlertSettingsService } from './alert-settings.service.js';
import { WhatIfService } from './what-if.service.js';

@ApiTags('alerts')
@ApiBearerAuth()
@Controller()
export class AlertSettingsController {
  constructor(
    private readonly settings: AlertSettingsService,
    private readonly whatIf: WhatIfService,
  ) {}

  @Get('patients/:patientId/alert-settings')
  @PatientAccess('read')
  @ApiOkResponse({ standardSchema: AlertSettingsReport })
  getAlertSettings(
    @AccessiblePatient() patient: Patient,
    @Query({ schema: UnitQuery }) { unit }: UnitQuery,
  ): Promise<AlertSettingsReport> {
    return this.settings.ofPatient(patient, unit);
  }

  @Put('patients/:patientId/alert-settings')
  @PatientAccess('write')
  @ApiOkResponse({ standardSchema: AlertSettingsReport })
  changeAlertSettings(
    @CurrentActor() actor: Actor,
    @AccessiblePatient() patient: Patient,
    @Query({ schema: UnitQuery }) { unit }: UnitQuery,
    @Body({ schema: AlertSettingsChange }) body: AlertSettingsChange,
  ): Promise<AlertSettingsReport> {
    return this.settings.changeOfPatient(actor, patient, body, unit);
  }

  @Post('patients/:patientId/alert-settings/what-if')
  @HttpCode(200)
  @PatientAccess('read')
  @ApiOkResponse({ standardSchema: WhatIfReport })
  replayAlertSettings(
    @AccessiblePatient() patient: Patient,
    @Body({ schema: AlertSettingsChange }) body: AlertSettingsChange,
  ): Promise<WhatIfReport> {
    return this.whatIf.compare(patient, body);
  }

  @Get('organisations/:organisationId/alert-settings')
  @ApiOkResponse({ standardSchema: AlertSettingsReport })
  getAlertSettingsOfOrganisation(
    @CurrentActor() actor: Actor,
    @Param('organisationId', { schema: z.uuid() }) organisationId: string,
    @Query({ schema: UnitQuery }) { unit }: UnitQuery,
  ): Promise<AlertSettingsReport> {
    return this.settings.ofOrganisation(actor, organisationId, unit);
  }

  @Put('organisations/:organisationId/alert-settings')
  @ApiOkResponse({ standardSchema: AlertSettingsReport })
  changeAlertSettingsOfOrganisation(
    @CurrentActor() actor: Actor,
    @Param('organisationId', { schema: z.uuid() }) organisationId: string,
    @Query({ schema: UnitQuery }) { unit }: UnitQuery,
    @Body({ schema: AlertSettingsChange }) body: AlertSettingsChange,
  ): Promise<AlertSettingsReport> {
    return this.settings.changeOfOrganisation(actor, organisationId, body, unit);
  }
}
