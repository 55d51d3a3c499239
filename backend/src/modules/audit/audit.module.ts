import { Module } from '@nestjs/common';
import { AuditSealsService } from './audit-seals.service.js';
import { AuditService } from './audit.service.js';

@Module({
  providers: [AuditService, AuditSealsService],
  exports: [AuditService, AuditSealsService],
})
export class AuditModule {}
