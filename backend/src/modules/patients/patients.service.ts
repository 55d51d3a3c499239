import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { cutPage, decodeCursor, TimeKey } from '../../common/pagination.js';
import { Problem } from '../../common/problem.js';
import { AuditService } from '../audit/audit.service.js';
import type { Actor } from '../auth/actor.js';
import { MembershipsRepository } from '../organisations/memberships.repository.js';
import type { AccessiblePatient, Occasion } from './patient-access.service.js';
import { PatientsRepository } from './patients.repository.js';
import type { Patient, PatientChange, PatientListQuery, PatientPage, PatientRequest } from './patients.schemas.js';

@Injectable()
export class PatientsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly patients: PatientsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly audit: AuditService,
  ) {}

  /** A new record of an organisation, made by one of its members. */
  async create(actor: Actor, { organisationId, ...identity }: PatientRequest): Promise<Patient> {
    const mine = await this.memberships.rolesOf(actor.userId);
    const organisations = [...new Set(mine.map((membership) => membership.organisationId))];
    if (organisations.length === 0) throw new Problem('FORBIDDEN');
    const [only] = organisations;
    const chosen = organisationId ?? (organisations.length === 1 ? only : undefined);
    if (!chosen) {
      throw new Problem('INVALID_INPUT', 'Say which organisation the patient belongs to.', [
        { path: 'organisationId', code: 'required', message: 'You are a member of more than one organisation.' },
      ]);
    }
    if (!organisations.includes(chosen)) throw new Problem('NOT_FOUND', 'There is no such organisation.');
    const id = await this.dataSource.transaction((manager) =>
      this.patients.insert(manager, { ...identity, organisationId: chosen }),
    );
    return this.describe(id);
  }

  async describe(id: string): Promise<Patient> {
    const patient = await this.patients.describe(id);
    if (!patient) throw new Problem('PATIENT_NOT_FOUND');
    return patient;
  }

  async change(id: string, change: PatientChange): Promise<Patient> {
    await this.patients.change(id, change);
    return this.describe(id);
  }

  /** Hides a record from everybody but its own person. What belongs to an organisation is not the person's to archive. */
  async archive(patient: AccessiblePatient): Promise<void> {
    if (patient.via === 'own' && patient.organisationId !== null) throw new Problem('FORBIDDEN');
    await this.patients.archive(patient.id);
  }

  /** The identities of an organisation's patients, without any measurement, for its members. */
  async listOfOrganisation(
    actor: Actor,
    organisationId: string,
    { limit, cursor }: PatientListQuery,
    { action, requestId }: Occasion,
  ): Promise<PatientPage> {
    const roles = await this.memberships.rolesOf(actor.userId, organisationId);
    if (roles.length === 0) throw new Problem('NOT_FOUND', 'There is no such organisation.');
    const found = await this.patients.listOf(organisationId, decodeCursor(cursor, TimeKey), limit + 1);
    const page = cutPage(found, limit, (last) => [last.createdAt, last.id]);
    await this.audit.recordReads(
      actor,
      page.items.map((item) => item.id),
      action,
      requestId,
    );
    return page;
  }
}
