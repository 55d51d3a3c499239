import { Injectable } from '@nestjs/common';
import { chunksOf } from '../../common/chunks.js';
import { Clock } from '../../common/clock.js';
import { lastFinishedDay } from '../../domain/time/night.js';
import { alwaysIn, localDayAt, startOfDayAt } from '../../domain/time/zone-history.js';
import { PATIENTS_PER_NIGHT_JOB } from '../background/queue/jobs.js';
import { JobsService } from '../background/queue/jobs.service.js';
import { NightWork } from './night-work.js';
import { NightsRepository, type NightState } from './nights.repository.js';

/** Finishes local days, each patient's in the own night. What was missed is caught up from a watermark. */
@Injectable()
export class NightsService {
  constructor(
    private readonly clock: Clock,
    private readonly nights: NightsRepository,
    private readonly work: NightWork,
    private readonly jobs: JobsService,
  ) {}

  /** Queues the patients for whom a day has finished, many to a job. */
  async begin(): Promise<void> {
    const now = this.clock.now();
    const zones = await this.nights.zones();
    const finished = new Map(zones.map((zone) => [zone, lastFinishedDay(alwaysIn(zone), seconds(now))]));
    const due = await this.nights.due(now, finished);
    for (const patientIds of chunksOf(due, PATIENTS_PER_NIGHT_JOB)) {
      await this.jobs.enqueue('nights.close', { patientIds }, `${hourOf(now)}-${patientIds[0]}`);
    }
  }

  /** Finishes every day since the watermark of some patients. Safe to run twice, and beside itself. */
  async close(patientIds: readonly string[]): Promise<void> {
    const failures: unknown[] = [];
    for (const patientId of patientIds) {
      try {
        await this.closeOne(patientId);
      } catch (error) {
        failures.push(error);
      }
    }
    // One patient who cannot be finished must not keep the others from it; the job still fails and is tried again.
    if (failures.length > 0) throw failures[0];
  }

  private async closeOne(patientId: string): Promise<void> {
    const state = await this.nights.state(patientId);
    if (!state) return;
    const last = lastFinishedDay(state.zones, seconds(this.clock.now()));
    if (state.closedThrough === last) return;
    const first = firstOpenDay(state);
    if (first !== null && first <= last) {
      const endsAt = new Date(startOfDayAt(state.zones, last + 1) * 1000);
      await this.work.run({ patientId, first, last, endsAt });
    }
    // A move westward may take the watermark back: the day is lived on, and finished again.
    await this.nights.close(patientId, last);
  }
}

/** The day after the watermark; before the first night, the day of the first reading. */
function firstOpenDay({ zones, closedThrough, firstReadingAt }: NightState): number | null {
  if (closedThrough !== null) return closedThrough + 1;
  return firstReadingAt === null ? null : localDayAt(zones, Math.floor(firstReadingAt));
}

const seconds = (instant: Date): number => Math.floor(instant.getTime() / 1000);
const hourOf = (instant: Date): number => Math.floor(instant.getTime() / 3_600_000);
