import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Clock } from '../../common/clock.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { JobNews } from '../live/job-news.js';
import { algorithmOf, type AnalysisResult } from './algorithms.js';
import { AnalysisProcess } from './analyses/analysis-process.js';
import type { Analysis } from './analyses/analysis.js';
import { LOW_RISK_VERSION } from '../../domain/patterns/risk/low-risk.js';
import { HistoryRepository } from './history.repository.js';
import { LowRiskHintsRepository } from './low-risk-hints.repository.js';
import { ForecastCheck, LowRisks } from './result.schemas.js';
import type { Run } from './run.js';
import { RunsRepository } from './runs.repository.js';

/** How often a run is asked whether somebody still wants it. */
const LOOK_MS = 500;
const MOST_MINUTES = 10;
/** Of the progress that is told: the record is read before anything is computed. */
const READ = 0.1;

type Outcome = AnalysisResult['status'] | 'cancelled' | 'failed';

/** Works through an analysis. May be killed at any point and run again: its answer is the same. */
@Injectable()
export class RunRunner {
  constructor(
    private readonly clock: Clock,
    private readonly runs: RunsRepository,
    private readonly histories: HistoryRepository,
    private readonly hints: LowRiskHintsRepository,
    private readonly analyses: AnalysisProcess,
    private readonly news: JobNews,
    private readonly metrics: Metrics,
    private readonly logger: PinoLogger,
  ) {}

  async run(runId: string): Promise<void> {
    const run = await this.runs.find(runId);
    if (!run || (run.status !== 'queued' && run.status !== 'running')) return;
    await this.runs.start(run, this.clock.now());
    // What the night asks, nobody watches until it is done.
    if (run.createdBy !== null) await this.news.tell(run, 'running');
    const window = { from: run.windowFrom.getTime() / 1000, to: run.windowTo.getTime() / 1000 };
    const history = await this.histories.of(run.patientId, run.algorithm, window);
    const { algorithm, parameters } = run;
    const answer = await this.whileWanted(run, (signal, onProgress) =>
      this.analyses.analyse({ algorithm, parameters, window, history }, signal, onProgress),
    );
    if (answer === null) return this.tell(run, 'cancelled');
    // Before it is done: whoever is killed in between does both again.
    await this.keepHint(run, answer.result);
    const result = JSON.stringify(answer.result);
    if (!(await this.runs.finish(run, this.clock.now(), result, metaOf(run, answer))))
      return this.tell(run, 'cancelled');
    await this.news.tell(run, 'done');
    this.tell(run, answer.result.status);
    this.noteSwitch(run, answer.result);
  }

  /** Ends a run whose job has failed for good. */
  async giveUp(runId: string): Promise<void> {
    const run = await this.runs.find(runId);
    if (!run || !(await this.runs.end(run, 'failed', this.clock.now()))) return;
    this.tell(run, 'failed');
    await this.news.tell(run, 'failed');
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

  /** What panels say of a person, the night alone decides. */
  private async keepHint({ patientId, algorithm, createdBy, windowTo }: Run, result: AnalysisResult): Promise<void> {
    if (algorithm !== 'risk' || createdBy !== null) return;
    const told = LowRisks.safeParse(result).data ?? null;
    await this.hints.keep(patientId, {
      from: windowTo.getTime() / 1000,
      computedAt: this.clock.now().getTime() / 1000,
      version: told?.version ?? LOW_RISK_VERSION,
      chance: told?.risks.find(({ name }) => name === 'below70')?.chance ?? null,
    });
  }

  /** Another model serves from now on: what the night finds holds, what people ask does not. */
  private noteSwitch({ patientId, algorithm, createdBy }: Run, result: AnalysisResult): void {
    if (algorithm !== 'forecast' || createdBy !== null) return;
    const switched = ForecastCheck.safeParse(result).data?.choice.switched;
    if (switched)
      this.logger.info({ patientId, from: switched.from, to: switched.to }, 'forecasts are by another model');
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
