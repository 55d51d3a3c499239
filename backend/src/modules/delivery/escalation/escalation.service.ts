import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { Problem } from '../../../common/problem.js';
import { DEFAULT_ESCALATION, type EscalationChain } from '../../../domain/alerts/escalation.js';
import { chainFaults } from '../../../domain/alerts/escalation-faults.js';
import type { Actor } from '../../auth/actor.js';
import { OrganisationsService } from '../../organisations/organisations.service.js';
import type { AccessiblePatient } from '../../patients/patient-access.service.js';
import { ChainsRepository, type ChosenChain } from './chains.repository.js';
import type { Escalation } from './escalation.schemas.js';

/** Who is told of a patient's alerts and after how long: the patient's choice, else the clinic's, else the default. */
@Injectable()
export class EscalationService {
  constructor(
    private readonly chains: ChainsRepository,
    private readonly organisations: OrganisationsService,
    private readonly clock: Clock,
  ) {}

  async ofPatient({ id, organisationId }: AccessiblePatient): Promise<Escalation> {
    const own = await this.chains.of('patient', id);
    const clinic = organisationId === null ? null : await this.chains.of('organisation', organisationId);
    return reportOf(own, clinic);
  }

  async changeOfPatient(actor: Actor, patient: AccessiblePatient, steps: EscalationChain): Promise<Escalation> {
    refuseFaults(steps, patient.organisationId !== null);
    await this.chains.put('patient', patient.id, steps, { userId: actor.userId, at: this.clock.now() });
    return this.ofPatient(patient);
  }

  async resetOfPatient(patient: AccessiblePatient): Promise<Escalation> {
    await this.chains.remove('patient', patient.id);
    return this.ofPatient(patient);
  }

  /** Throws `NOT_FOUND` for those who have nothing to do with the organisation. */
  async ofOrganisation(actor: Actor, organisationId: string): Promise<Escalation> {
    await this.organisations.describe(actor, organisationId);
    return reportOf(await this.chains.of('organisation', organisationId), null);
  }

  async changeOfOrganisation(actor: Actor, organisationId: string, steps: EscalationChain): Promise<Escalation> {
    await this.requireClinician(actor, organisationId);
    refuseFaults(steps, true);
    await this.chains.put('organisation', organisationId, steps, { userId: actor.userId, at: this.clock.now() });
    return this.ofOrganisation(actor, organisationId);
  }

  async resetOfOrganisation(actor: Actor, organisationId: string): Promise<Escalation> {
    await this.requireClinician(actor, organisationId);
    await this.chains.remove('organisation', organisationId);
    return this.ofOrganisation(actor, organisationId);
  }

  /** Whom to call at night is medicine, as the thresholds are. */
  private async requireClinician(actor: Actor, organisationId: string): Promise<void> {
    const { roles } = await this.organisations.describe(actor, organisationId);
    if (!roles.includes('clinician')) throw new Problem('FORBIDDEN');
  }
}

function refuseFaults(steps: EscalationChain, hasClinic: boolean): void {
  const faults = chainFaults(steps, { hasClinic });
  if (faults.length > 0) throw new Problem('INVALID_INPUT', 'This chain cannot be followed.', faults);
}

function reportOf(own: ChosenChain | null, clinic: ChosenChain | null): Escalation {
  const inherited = clinic
    ? { source: 'clinic' as const, steps: [...clinic.steps] }
    : { source: 'default' as const, steps: [...DEFAULT_ESCALATION] };
  const chosen = own ?? clinic;
  return {
    source: own ? 'own' : inherited.source,
    steps: own ? [...own.steps] : inherited.steps,
    changedAt: chosen?.changedAt.toISOString() ?? null,
    changedBy: chosen && { id: chosen.userId, displayName: chosen.displayName },
    inherited,
  };
}
