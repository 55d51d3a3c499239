import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AccessiblePatient, NotedMeanwhile, PatientAccess } from '../patients/patient-access.guard.js';
import type { AccessiblePatient as Patient } from '../patients/patient-access.service.js';
import { GlycemiaService } from './glycemia.service.js';
import { GlucoseDays, Overview } from './overview.schema.js';
import { DaysQuery, PeriodQuery } from './period.js';
import { MetricsReport, Profile } from './report.schema.js';

@ApiTags('glycemia')
@ApiBearerAuth()
@Controller('patients/:patientId')
export class GlycemiaController {
  constructor(private readonly glycemia: GlycemiaService) {}

  @Get('metrics')
  @PatientAccess('read')
  @NotedMeanwhile()
  @ApiOkResponse({ standardSchema: MetricsReport })
  getMetrics(
    @AccessiblePatient() patient: Patient,
    @Query({ schema: PeriodQuery }) query: PeriodQuery,
  ): Promise<MetricsReport> {
    return this.glycemia.metrics(patient.id, query);
  }

  @Get('profile')
  @PatientAccess('read')
  @NotedMeanwhile()
  @ApiOkResponse({ standardSchema: Profile })
  getProfile(
    @AccessiblePatient() patient: Patient,
    @Query({ schema: PeriodQuery }) query: PeriodQuery,
  ): Promise<Profile> {
    return this.glycemia.profile(patient.id, query);
  }

  @Get('days')
  @PatientAccess('read')
  @NotedMeanwhile()
  @ApiOkResponse({ standardSchema: GlucoseDays })
  listDays(
    @AccessiblePatient() patient: Patient,
    @Query({ schema: DaysQuery }) query: DaysQuery,
  ): Promise<GlucoseDays> {
    return this.glycemia.daysBetween(patient.id, query);
  }

  @Get('overview')
  @PatientAccess('read')
  @NotedMeanwhile()
  @ApiOkResponse({ standardSchema: Overview })
  getOverview(
    @AccessiblePatient() patient: Patient,
    @Query({ schema: PeriodQuery }) query: PeriodQuery,
  ): Promise<Overview> {
    return this.glycemia.overview(patient.id, query);
  }
}
