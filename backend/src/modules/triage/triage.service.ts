import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { anchoredPeriod } from '../../domain/glycemia/anchored-period.js';
import { compareUrgency } from '../../domain/triage/urgency.js';
import { AuditService } from '../audit/audit.service.js';
import type { Actor } from '../auth/actor.js';
import { PatientFactsRepository } from '../glycemia/patient-facts.repository.js';
import { VISIBLE_PATIENT_IDS } from '../patients/patient-access.service.js';
import { PeriodTotalsRepository } from '../readings/period-totals.repository.js';
import { type ExaminedPatient, PANEL_DAYS, toPanelPatient } from './panel-patient.js';
import type { Panel, PanelQuery } from './panel.schema.js';
import { countFlags, pageOfPanel, select } from './panel.js';

/** Who needs attention now, and why. */
@Injectable()
export class TriageService {
  constructor(
    private readonly patients: PatientFactsRepository,
    private readonly totals: PeriodTotalsRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The patients the caller may read, most urgent first; each one shown to another person leaves its audit row. */
  async panel(actor: Actor, query: PanelQuery, requestId: string): Promise<Panel> {
    const now = this.clock.now();
    const examined = await this.examine(actor, now);
    const everyone = examined
      .map((one) => toPanelPatient(one, now))
      .sort(
        (a, b) =>
          compareUrgency(a.flags, b.flags) || a.displayName.localeCompare(b.displayName) || a.id.localeCompare(b.id),
      );
    const { items, nextCursor } = pageOfPanel(select(everyone, query), query);
    const own = examined.find(({ facts }) => facts.userId === actor.userId)?.facts.id;
    const others = items.map((item) => item.id).filter((id) => id !== own);
    await this.audit.recordReads(actor, others, 'GET /patients', requestId);
    return { items, nextCursor, counts: countFlags(everyone) };
  }

  private async examine(actor: Actor, now: Date): Promise<ExaminedPatient[]> {
    const patients = await this.patients.visibleTo(actor.userId, now, VISIBLE_PATIENT_IDS);
    const periods = patients.map((facts) => ({
      facts,
      period: anchoredPeriod(facts.zones, PANEL_DAYS, now.getTime() / 1000, facts.lastReadingAt),
    }));
    const totals = await this.totals.of(
      periods.map(({ facts, period: { firstDay, lastDay } }) => ({ patientId: facts.id, firstDay, lastDay })),
    );
    return periods.map((one) => ({ ...one, totals: totals.get(one.facts.id) ?? null }));
  }
}
