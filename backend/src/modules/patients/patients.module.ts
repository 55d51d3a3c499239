import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { UsersModule } from '../auth/users.module.js';
import { OrganisationsModule } from '../organisations/organisations.module.js';
import { ClaimsController } from './claims.controller.js';
import { ClaimsService } from './claims.service.js';
import { Grant } from './grant.entity.js';
import { GrantsController } from './grants.controller.js';
import { GrantsService } from './grants.service.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsService } from './invitations.service.js';
import { PatientAccessGuard } from './patient-access.guard.js';
import { PatientAccessService } from './patient-access.service.js';
import { PatientAuditController } from './patient-audit.controller.js';
import { PatientRoutesCheck } from './patient-routes.check.js';
import { Patient } from './patient.entity.js';
import { PatientsController } from './patients.controller.js';
import { PatientsRepository } from './patients.repository.js';
import { PatientsService } from './patients.service.js';
import { ReadGroundsRepository } from './read-grounds.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([Patient, Grant]), DiscoveryModule, AuditModule, UsersModule, OrganisationsModule],
  controllers: [PatientsController, GrantsController, InvitationsController, ClaimsController, PatientAuditController],
  providers: [
    PatientsRepository,
    PatientsService,
    InvitationsService,
    ClaimsService,
    GrantsService,
    PatientAccessService,
    PatientAccessGuard,
    PatientRoutesCheck,
    ReadGroundsRepository,
  ],
  exports: [PatientsRepository, PatientAccessService, PatientAccessGuard, ReadGroundsRepository],
})
export class PatientsModule {}
