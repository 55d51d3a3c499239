import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Actor, CurrentActor } from '../auth/actor.js';
import { AccessiblePatient, occasionOf, PatientAccess } from '../patients/patient-access.guard.js';
import type { AccessiblePatient as Patient } from '../patients/patient-access.service.js';
import { Forecast, ForecastModel } from './forecasts/forecast.schemas.js';
import { ForecastService } from './forecasts/forecast.service.js';
import { Findings, MlRun, MlRunAccepted, MlTraces, NewMlRun } from './ml.schemas.js';
import { RunsService } from './runs.service.js';
import { TracesService } from './traces.service.js';

@ApiTags('ml')
@ApiBearerAuth()
@Controller()
export class MlController {
  constructor(
    private readonly runs: RunsService,
    private readonly forecasts: ForecastService,
    private readonly traces: TracesService,
  ) {}

  @Post('ml/runs')
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: MlRunAccepted })
  createMlRun(
    @CurrentActor() actor: Actor,
    @Body({ schema: NewMlRun }) body: NewMlRun,
    @Req() request: FastifyRequest,
  ): Promise<{ id: string }> {
    return this.runs.ask(actor, body, occasionOf(request));
  }

  @Get('ml/runs/:runId')
  @ApiOkResponse({ standardSchema: MlRun })
  getMlRun(
    @CurrentActor() actor: Actor,
    @Param('runId') runId: string,
    @Req() request: FastifyRequest,
  ): Promise<MlRun> {
    return this.runs.report(actor, runId, occasionOf(request));
  }

  @Get('ml/runs/:runId/traces')
  @ApiOkResponse({ standardSchema: MlTraces })
  listMlRunTraces(
    @CurrentActor() actor: Actor,
    @Param('runId') runId: string,
    @Req() request: FastifyRequest,
  ): Promise<MlTraces> {
    return this.traces.traces(actor, runId, occasionOf(request));
  }

  @Post('ml/runs/:runId/cancel')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: MlRun })
  cancelMlRun(
    @CurrentActor() actor: Actor,
    @Param('runId') runId: string,
    @Req() request: FastifyRequest,
  ): Promise<MlRun> {
    return this.runs.cancel(actor, runId, occasionOf(request));
  }

  @Get('patients/:patientId/forecast')
  @PatientAccess('read')
  @ApiOkResponse({ standardSchema: Forecast })
  getForecast(@AccessiblePatient() patient: Patient): Promise<Forecast> {
    return this.forecasts.forecast(patient.id);
  }

  @Get('patients/:patientId/forecast/model')
  @PatientAccess('read')
  @ApiOkResponse({ standardSchema: ForecastModel })
  getForecastModel(@AccessiblePatient() patient: Patient): Promise<ForecastModel> {
    return this.forecasts.model(patient.id);
  }

  @Get('patients/:patientId/findings')
  @PatientAccess('read')
  @ApiOkResponse({ standardSchema: Findings })
  listFindings(@AccessiblePatient() patient: Patient): Promise<Findings> {
    return this.runs.findings(patient.id);
  }
}
