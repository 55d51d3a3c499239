import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AccessiblePatient, PatientAccess } from '../patients/patient-access.guard.js';
import type { AccessiblePatient as Patient } from '../patients/patient-access.service.js';
import { ReadingSourcesPage, SourcePriorities } from './sources.schemas.js';
import { SourcesService } from './sources.service.js';

@ApiTags('readings')
@ApiBearerAuth()
@Controller('patients/:patientId/sources')
export class SourcesController {
  constructor(private readonly sources: SourcesService) {}

  @Get()
  @PatientAccess('read')
  @ApiOkResponse({ standardSchema: ReadingSourcesPage })
  listReadingSources(@AccessiblePatient() patient: Patient): Promise<ReadingSourcesPage> {
    return this.sources.list(patient.id);
  }

  /** Says which sources are believed first. The days are what they would have been all along. */
  @Put()
  @PatientAccess('write')
  @ApiOkResponse({ standardSchema: ReadingSourcesPage })
  prioritiseReadingSources(
    @AccessiblePatient() patient: Patient,
    @Body({ schema: SourcePriorities }) body: SourcePriorities,
  ): Promise<ReadingSourcesPage> {
    return this.sources.prioritise(patient.id, body);
  }
}
