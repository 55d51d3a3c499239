import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Actor, CurrentActor } from '../auth/actor.js';
import { AccessiblePatient, occasionOf, PatientAccess } from '../patients/patient-access.guard.js';
import type { AccessiblePatient as Patient } from '../patients/patient-access.service.js';
import {
  AcknowledgeRequest,
  AlertInbox,
  AlertPage,
  AlertStatistics,
  AlertWithTimeline,
  InboxQuery,
  PatientAlertsQuery,
  SnoozeRequest,
  StatisticsQuery,
} from './alerts.schemas.js';
import { type AccessibleAlert, AlertsService } from './alerts.service.js';
import { AnswersService } from './answers.service.js';

@ApiTags('alerts')
@ApiBearerAuth()
@Controller()
export class AlertsController {
  constructor(
    private readonly alerts: AlertsService,
    private readonly answers: AnswersService,
  ) {}

  @Get('alerts')
  @ApiOkResponse({ standardSchema: AlertInbox })
  listAlerts(
    @CurrentActor() actor: Actor,
    @Query({ schema: InboxQuery }) query: InboxQuery,
    @Req() request: FastifyRequest,
  ): Promise<AlertInbox> {
    return this.alerts.inbox(actor, query, occasionOf(request));
  }

  @Get('patients/:patientId/alerts')
  @PatientAccess('read')
  @ApiOkResponse({ standardSchema: AlertPage })
  listAlertsOfPatient(
    @CurrentActor() actor: Actor,
    @AccessiblePatient() patient: Patient,
    @Query({ schema: PatientAlertsQuery }) query: PatientAlertsQuery,
  ): Promise<AlertPage> {
    return this.alerts.ofPatient(actor, patient.id, query);
  }

  @Get('patients/:patientId/alerts/statistics')
  @PatientAccess('read')
  @ApiOkResponse({ standardSchema: AlertStatistics })
  getAlertStatistics(
    @AccessiblePatient() patient: Patient,
    @Query({ schema: StatisticsQuery }) query: StatisticsQuery,
  ): Promise<AlertStatistics> {
    return this.alerts.statistics(patient.id, query);
  }

  @Get('alerts/:alertId')
  @ApiOkResponse({ standardSchema: AlertWithTimeline })
  async getAlert(
    @CurrentActor() actor: Actor,
    @Param('alertId') alertId: string,
    @Req() request: FastifyRequest,
  ): Promise<AlertWithTimeline> {
    return this.alerts.describe(actor, await this.alerts.authorise(actor, alertId, occasionOf(request)));
  }

  @Post('alerts/:alertId/acknowledge')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: AlertWithTimeline })
  acknowledgeAlert(
    @CurrentActor() actor: Actor,
    @Param('alertId') alertId: string,
    @Body({ schema: AcknowledgeRequest }) body: AcknowledgeRequest,
    @Req() request: FastifyRequest,
  ): Promise<AlertWithTimeline> {
    return this.answer(actor, alertId, request, (alert) => this.answers.acknowledge(actor, alert, body?.severity));
  }

  @Post('alerts/:alertId/snooze')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: AlertWithTimeline })
  snoozeAlert(
    @CurrentActor() actor: Actor,
    @Param('alertId') alertId: string,
    @Body({ schema: SnoozeRequest }) body: SnoozeRequest,
    @Req() request: FastifyRequest,
  ): Promise<AlertWithTimeline> {
    return this.answer(actor, alertId, request, (alert) => this.answers.snooze(actor, alert, body));
  }

  @Delete('alerts/:alertId/snooze')
  @ApiOkResponse({ standardSchema: AlertWithTimeline })
  endSnoozeOfAlert(
    @CurrentActor() actor: Actor,
    @Param('alertId') alertId: string,
    @Req() request: FastifyRequest,
  ): Promise<AlertWithTimeline> {
    return this.answer(actor, alertId, request, (alert) => this.answers.endSnooze(actor, alert));
  }

  @Post('alerts/:alertId/escalate')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: AlertWithTimeline })
  escalateAlert(
    @CurrentActor() actor: Actor,
    @Param('alertId') alertId: string,
    @Req() request: FastifyRequest,
  ): Promise<AlertWithTimeline> {
    return this.answer(actor, alertId, request, (alert) => this.answers.escalate(actor, alert));
  }

  @Post('alerts/:alertId/mark-false')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: AlertWithTimeline })
  markAlertFalse(
    @CurrentActor() actor: Actor,
    @Param('alertId') alertId: string,
    @Req() request: FastifyRequest,
  ): Promise<AlertWithTimeline> {
    return this.answer(actor, alertId, request, (alert) => this.answers.markFalse(actor, alert));
  }

  @Delete('alerts/:alertId/mark-false')
  @ApiOkResponse({ standardSchema: AlertWithTimeline })
  unmarkAlertFalse(
    @CurrentActor() actor: Actor,
    @Param('alertId') alertId: string,
    @Req() request: FastifyRequest,
  ): Promise<AlertWithTimeline> {
    return this.answer(actor, alertId, request, (alert) => this.answers.unmarkFalse(actor, alert));
  }

  /** Answers with the alert as it stands afterwards: clients show what the server knows. */
  private async answer(
    actor: Actor,
    alertId: string,
    request: FastifyRequest,
    act: (alert: AccessibleAlert) => Promise<void>,
  ): Promise<AlertWithTimeline> {
    const alert = await this.alerts.authorise(actor, alertId, occasionOf(request));
    await act(alert);
    return this.alerts.describe(actor, alert);
  }
}
