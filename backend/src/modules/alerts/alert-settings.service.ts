import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Problem } from '../../common/problem.js';
import type { GlucoseUnit } from '../../domain/glycemia/units.js';
import type { Actor } from '../auth/actor.js';
import { askToEvaluate } from '../background/queue/ask-to-evaluate.js';
import { JobsService } from '../background/queue/jobs.service.js';
import { OrganisationsService } from '../organisations/organisations.service.js';
import type { AccessiblePatient } from '../patients/patient-access.service.js';
import { AlertSettingsRepository, type ChosenRow } from './alert-settings.repository.js';
import type { AlertSettingsChange, AlertSettingsReport } from './alert-settings.schemas.js';
import { ClinicChoices } from './clinic-choices.js';
import { type Chosen, chosenByClinic, chosenOver } from './settings-rows.js';
import {
  type ChosenSettings,
  faultsOf,
  fromWire,
  sourcesOf,
  toWireOverride,
  toWireSchedules,
  toWireSettings,
} from './settings-wire.js';

/** What a patient, or a clinic for all of its patients, wants to be alerted to: from now on, never for what was. */
@Injectable()
export class AlertSettingsService {
  constructor(
    private readonly settings: AlertSettingsRepository,
    private readonly organisations: OrganisationsService,
    private readonly clock: Clock,
    private readonly jobs: JobsService,
    private readonly clinicChoices: ClinicChoices,
  ) {}

  async ofPatient(patient: AccessiblePatient, unit?: GlucoseUnit): Promise<AlertSettingsReport> {
    const own = await this.settings.history('patient', patient.id);
    const clinic = await this.clinicOf(patient);
    return reportOf(own, clinic, unit ?? (await this.settings.unitOf(patient.id)));
  }

  async changeOfPatient(
    actor: Actor,
    patient: AccessiblePatient,
    change: AlertSettingsChange,
    unit?: GlucoseUnit,
  ): Promise<AlertSettingsReport> {
    const chosen = fromWire(change);
    refuseFaults(chosenOver(chosenByClinic(await this.clinicOf(patient)), chosen));
    await this.choose('patient', patient.id, chosen, actor);
    return this.ofPatient(patient, unit);
  }

  /** What holds now and what would hold, for one patient. Throws `INVALID_INPUT` as the change itself would. */
  async compare(
    patient: AccessiblePatient,
    change: AlertSettingsChange,
  ): Promise<{ present: Chosen; proposed: Chosen }> {
    const below = chosenByClinic(await this.clinicOf(patient));
    const proposed = chosenOver(below, fromWire(change));
    refuseFaults(proposed);
    const [newest] = await this.settings.history('patient', patient.id);
    return { present: chosenOver(below, newest), proposed };
  }

  /** Throws `NOT_FOUND` for those who have nothing to do with the organisation. */
  async ofOrganisation(
    actor: Actor,
    organisationId: string,
    unit: GlucoseUnit = 'mg/dL',
  ): Promise<AlertSettingsReport> {
    await this.organisations.describe(actor, organisationId);
    return reportOf(await this.settings.history('organisation', organisationId), undefined, unit);
  }

  /** Defaults are medicine: its clinicians set them, and nobody else. */
  async changeOfOrganisation(
    actor: Actor,
    organisationId: string,
    change: AlertSettingsChange,
    unit?: GlucoseUnit,
  ): Promise<AlertSettingsReport> {
    const { roles } = await this.organisations.describe(actor, organisationId);
    if (!roles.includes('clinician')) throw new Problem('FORBIDDEN');
    const chosen = fromWire(change);
    refuseFaults(chosenByClinic(chosen));
    await this.choose('organisation', organisationId, chosen, actor);
    return this.ofOrganisation(actor, organisationId, unit);
  }

  /** What was chosen holds at once: who is concerned is looked at now, and by the next sweep where the queue is away. */
  private async choose(
    kind: 'patient' | 'organisation',
    ownerId: string,
    chosen: ChosenSettings,
    { userId }: Actor,
  ): Promise<void> {
    await this.settings.append(kind, ownerId, chosen, { userId, at: this.clock.now() });
    if (kind === 'patient') await askToEvaluate(this.jobs, [ownerId]);
    // What was chosen is kept by now; whoever it does not reach at once is reached by the next sweep.
    else await this.clinicChoices.bring().catch(() => undefined);
  }

  /** What the clinic of a patient chose. */
  private async clinicOf({ organisationId }: AccessiblePatient): Promise<ChosenRow | undefined> {
    if (organisationId === null) return undefined;
    const [newest] = await this.settings.history('organisation', organisationId);
    return newest;
  }
}

function refuseFaults(chosen: Chosen): void {
  const faults = faultsOf(chosen);
  if (faults.length === 0) return;
  const errors = faults.map((fault) => ({ ...fault, code: 'out_of_range' }));
  throw new Problem('INVALID_INPUT', 'These settings do not fit together.', errors);
}

function reportOf(
  history: readonly ChosenRow[],
  clinic: ChosenRow | undefined,
  unit: GlucoseUnit,
): AlertSettingsReport {
  const [newest] = history;
  const below = chosenByClinic(clinic);
  const chosen = chosenOver(below, newest);
  const ownSchedules = newest?.schedules ?? null;
  return {
    unit,
    settings: toWireSettings(chosen.settings, unit),
    schedules: toWireSchedules(chosen.schedules, unit),
    override: toWireOverride(newest?.override ?? {}, unit),
    ownSchedules: ownSchedules && toWireSchedules(ownSchedules, unit),
    inherited: {
      settings: toWireSettings(below.settings, unit),
      schedules: toWireSchedules(below.schedules, unit),
    },
    sources: sourcesOf(chosen.settings, newest?.override ?? {}, clinic?.override ?? {}),
    faults: faultsOf(chosen),
    history: history.map(({ from, userId, displayName, override, schedules }) => ({
      from: new Date(Math.round(from * 1000)).toISOString(),
      changedBy: { id: userId, displayName },
      override: toWireOverride(override, unit),
      schedules: schedules && toWireSchedules(schedules, unit),
    })),
  };
}
