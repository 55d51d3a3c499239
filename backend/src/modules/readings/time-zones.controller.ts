import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Instant } from '../../common/wire.js';
import { AccessiblePatient, PatientAccess } from '../patients/patient-access.guard.js';
import type { AccessiblePatient as Patient } from '../patients/patient-access.service.js';
import { NewZoneChange, ZoneChange, ZoneChangesPage } from './time-zones.schemas.js';
import { TimeZonesService } from './time-zones.service.js';

@ApiTags('readings')
@ApiBearerAuth()
@Controller('patients/:patientId/time-zones')
export class TimeZonesController {
  constructor(private readonly zones: TimeZonesService) {}

  @Get()
  @PatientAccess('read')
  @ApiOkResponse({ standardSchema: ZoneChangesPage })
  listZoneChanges(@AccessiblePatient() patient: Patient): Promise<ZoneChangesPage> {
    return this.zones.list(patient.id);
  }

  @Post()
  @PatientAccess('write')
  @ApiCreatedResponse({ standardSchema: ZoneChange })
  addZoneChange(
    @AccessiblePatient() patient: Patient,
    @Body({ schema: NewZoneChange }) body: NewZoneChange,
  ): Promise<ZoneChange> {
    return this.zones.change(patient.id, body);
  }

  @Delete(':validFrom')
  @PatientAccess('write')
  @HttpCode(204)
  @ApiNoContentResponse()
  removeZoneChange(
    @AccessiblePatient() patient: Patient,
    @Param('validFrom', { schema: Instant }) validFrom: string,
  ): Promise<void> {
    return this.zones.remove(patient.id, validFrom);
  }
}
