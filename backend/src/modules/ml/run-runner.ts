import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { algorithmOf, type AnalysisResult } from './algorithms.js';
import { AnalysisThread } from './analyses/analysis-thread.js';
import type { Analysis } from './analyses/analysis.js';
import { HistoryRepository } from './history.repository.js';
import type { Run } from './run.js';
import { RunsRepository } from './runs.repository.js';

/** How often a run is asked whether somebody still wants it. */
const LOOK_MS = 500;
const MOST_MINUTES = 10;
/** Of the progress that is told: the record is read, the thread computes. */
const READ = 0.1;

type Outcome = AnalysisResult['status'] | 'cancelled' | 'failed';

/** Works through an analysis. May be killed at any point and run again: its answer is the same. */
@Injectable()
export class RunRunner {
  constructor(
    private readonly clock: Clock,
    private readonly runs: RunsRepository,
    private readonly histories: HistoryRepository,
    private readonly thread: AnalysisThread,
    private readonly metrics: Metrics,
  ) {}

  async run(runId: string): Promise<void> {
    const run = await this.runs.find(runId);
    if (!run || (run.status !== 'queued' && run.status !== 'running')) return;
    await this.runs.start(run, this.clock.now());
    const window = { from: run.windowFrom.getTime() / 1000, to: run.windowTo.getTime() / 1000 };
    const history = await this.histories.of(run.patientId, window);
    const { algorithm, parameters } = run;
    const answer = await this.whileWanted(run, (signal, onProgress) =>
      this.thread.analyse({ algorithm, parameters, window, history }, signal, onProgress),
    );
    if (answer === null) return this.tell(run, 'cancelled');
    await this.runs.finish(run, this.clock.now(), JSON.stringify(answer.result), metaOf(run, answer));
    this.tell(run, answer.result.status);
  }

  /** Ends a run whose job has failed for good. */
  async giveUp(runId: string): Promise<void> {
    const run = await this.runs.find(runId);
    if (run && (await this.runs.end(run, 'failed', this.clock.now()))) this.tell(run, 'failed');
  }

  /** Null where somebody cancelled the run, which ends the work at the next look. */
  private async whileWanted(
    run: Run,
    work: (signal: AbortSignal, onProgress: (part: number) => void) => Promise<Analysis>,
  ): Promise<Analysis | null> {
    const cancelled = new AbortController();
    const late = AbortSignal.timeout(MOST_MINUTES * 60_000);
    let computed = 0;
    const look = async (): Promise<void> => {
      if (!(await this.runs.advance(run, READ + (1 - READ) * computed))) cancelled.abort();
    };
    const looking = setInterval(() => void look().catch(() => undefined), LOOK_MS);
    try {
      await look();
      return await work(AbortSignal.any([cancelled.signal, late]), (part) => {
        computed = part;
      });
    } catch (error) {
      if (cancelled.signal.aborted) return null;
      throw error;
    } finally {
      clearInterval(looking);
    }
  }

  private tell({ algorithm }: Run, outcome: Outcome): void {
    this.metrics.count('glucolens_ml_runs_total', { algorithm, outcome });
  }
}

/** What an answer rests on. Without a time of its own: the same question gives the same bytes. */
function metaOf({ algorithm, parameters, windowFrom, windowTo }: Run, { coverage }: Analysis): string {
  return JSON.stringify({
    algorithm,
    version: algorithmOf(algorithm).version,
    parameters,
    seed: parameters['seed'] ?? null,
    window: { from: windowFrom, to: windowTo },
    coverage,
  });
}
