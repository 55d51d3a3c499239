import { Module } from '@nestjs/common';
import { AuditSealsService } from './audit-seals.service.js';
import { AuditService } from './audit.service.js';
import { RepeatedLooks } from './repeated-looks.service.js';

@Module({
  providers: [AuditService, AuditSealsService, RepeatedLooks],
  exports: [AuditService, AuditSealsService, RepeatedLooks],
})
export class AuditModule {}
