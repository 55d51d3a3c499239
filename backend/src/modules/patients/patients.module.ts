import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { Grant } from './grant.entity.js';
import { PatientAccessGuard } from './patient-access.guard.js';
import { PatientAccessService } from './patient-access.service.js';
import { PatientRoutesCheck } from './patient-routes.check.js';
import { Patient } from './patient.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Patient, Grant]), DiscoveryModule, AuditModule],
  providers: [PatientAccessService, PatientAccessGuard, PatientRoutesCheck],
  exports: [PatientAccessService, PatientAccessGuard],
})
export class PatientsModule {}
