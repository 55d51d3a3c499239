import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { anchoredPeriod } from '../../domain/glycemia/anchored-period.js';
import { HELD_OUT_BELOW_70 } from '../../domain/patterns/risk/low-risk.js';
import { RepeatedLooks } from '../audit/repeated-looks.service.js';
import type { Actor } from '../auth/actor.js';
import { PatientFactsRepository } from '../glycemia/patient-facts.repository.js';
import { VISIBLE_PATIENT_IDS } from '../patients/patient-access.service.js';
import { DaysRepository } from '../readings/days.repository.js';
import { PeriodTotalsRepository } from '../readings/period-totals.repository.js';
import { PANEL_DAYS, toPanelPatient, triage, type TriagedPatient } from './panel-patient.js';
import type { Panel, PanelQuery } from './panel.schema.js';
import { countFlags, inOrder, pageOfPanel, select } from './panel.js';

/** Who needs attention now, and why. */
@Injectable()
export class TriageService {
  constructor(
    private readonly patients: PatientFactsRepository,
    private readonly totals: PeriodTotalsRepository,
    private readonly days: DaysRepository,
    private readonly looks: RepeatedLooks,
    private readonly clock: Clock,
  ) {}

  /**
   * The patients the caller may read, most urgent first where nothing else is asked; each one shown to another person
   * leaves its audit row.
   */
  async panel(actor: Actor, query: PanelQuery, requestId: string): Promise<Panel> {
    const now = this.clock.now();
    const everyone = inOrder(await this.triageAll(actor, now), query.sort);
    const { items, nextCursor } = pageOfPanel(select(everyone, query), query);
    const others = items.filter(({ facts }) => facts.userId !== actor.userId).map(({ facts }) => facts.id);
    const subject = JSON.stringify(query);
    const [lastSamples] = await Promise.all([
      this.days.lastSamples(items.map(({ facts }) => facts.id)),
      this.looks.record({ actor, patientIds: others, action: 'GET /patients', requestId, subject }),
    ]);
    return {
      items: items.map((patient) => toPanelPatient(patient, lastSamples.get(patient.facts.id) ?? null, now)),
      nextCursor,
      counts: countFlags(everyone),
      lowRiskTrust: HELD_OUT_BELOW_70,
    };
  }

  private async triageAll(actor: Actor, now: Date): Promise<TriagedPatient[]> {
    const patients = await this.patients.visibleTo(actor.userId, now, VISIBLE_PATIENT_IDS);
    const examined = patients.map((facts) => ({
      facts,
      period: anchoredPeriod(facts.zones, PANEL_DAYS, now.getTime() / 1000, facts.lastReadingAt),
    }));
    const totals = await this.totals.of(
      examined.map(({ facts, period: { firstDay, lastDay } }) => ({
        patientId: facts.id,
        firstDay,
        lastDay,
        version: facts.daysVersion,
      })),
    );
    return examined.map(({ facts, period }) => triage(facts, period, totals.get(facts.id) ?? null, now));
  }
}
