import { Injectable } from '@nestjs/common';
import { isoInstant } from '../../domain/glycemia/episode-report.js';
import { type Stretch, tracesOf } from '../../domain/analyses/traces.js';
import type { Actor } from '../auth/actor.js';
import type { Occasion } from '../patients/patient-access.service.js';
import { HistoryRepository } from './history.repository.js';
import type { MlRun, MlTraces } from './ml.schemas.js';
import { RunsService } from './runs.service.js';

const secondsOf = (instant: string): number => Date.parse(instant) / 1_000;

/** The glucose behind answers that are about stretches of it. It is read anew: an answer holds instants alone. */
@Injectable()
export class TracesService {
  constructor(
    private readonly runs: RunsService,
    private readonly histories: HistoryRepository,
  ) {}

  /** Of every stretch that an answer names, once each, by time; none of an answer that names none. */
  async traces(actor: Actor, runId: string, occasion: Occasion): Promise<MlTraces> {
    const run = await this.runs.report(actor, runId, occasion);
    const stretches = stretchesOf(run);
    if (stretches.length === 0 || !run.meta) return { items: [] };
    const { from, to } = run.meta.window;
    const history = await this.histories.glucoseOf(run.patientId, { from: secondsOf(from), to: secondsOf(to) });
    const traces = tracesOf(history, stretches);
    return {
      items: traces.map((trace) => ({ ...trace, from: isoInstant(trace.from), until: isoInstant(trace.until) })),
    };
  }
}

function stretchesOf({ result }: MlRun): Stretch[] {
  if (!result || !('motifs' in result)) return [];
  const strange = [...result.strangeShapes, ...result.strangeLevels];
  const named = [
    ...result.motifs.flatMap(({ places }) => places),
    ...strange,
    ...strange.map(({ nearest }) => nearest),
  ];
  const distinct = new Map(named.map(({ from, until }) => [from, { from: secondsOf(from), until: secondsOf(until) }]));
  return [...distinct.values()].sort((a, b) => a.from - b.from);
}
