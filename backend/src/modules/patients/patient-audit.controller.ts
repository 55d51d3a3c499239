import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AuditPage, AuditQuery } from '../audit/audit.schemas.js';
import { AuditService } from '../audit/audit.service.js';
import { AccessiblePatient, PatientAccess } from './patient-access.guard.js';
import type { AccessiblePatient as Accessible } from './patient-access.service.js';

/** Who looked at a patient's data, for the patient and for the organisation's administrator. */
@ApiTags('audit')
@ApiBearerAuth()
@Controller('patients/:patientId/audit')
export class PatientAuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @PatientAccess('manage')
  @ApiOkResponse({ standardSchema: AuditPage })
  listAuditEntries(
    @AccessiblePatient() patient: Accessible,
    @Query({ schema: AuditQuery }) query: AuditQuery,
  ): Promise<AuditPage> {
    return this.audit.listFor(patient.id, query);
  }
}
