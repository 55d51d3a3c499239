import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { DayCalendar, type LivedDay } from '../../domain/glycemia/day-calendar.js';
import { DaysWriter } from './days.writer.js';
import { DueBell } from './due-bell.js';
import { type IncomingReading, merge } from './merge.js';
import { NewestReadings } from './newest-readings.js';
import { type PatientContext, PatientIngestRepository } from './patient-ingest.repository.js';
import { CONFLICT, faultOf, TOO_MANY_SOURCES } from './reading-bounds.js';
import { flagsOf, isFault, isSensorReading, type NewReading, type RowFault } from './reading.js';
import { ReadingsRepository } from './readings.repository.js';
import { SourceNames } from './source-names.js';
import { SourcesRepository } from './sources.repository.js';

export interface RejectedRow extends RowFault {
  /** The place of the row in the request, from 0. */
  readonly index: number;
}

/** What became of the rows: each is accepted, known or rejected. */
export interface IngestResult {
  readonly accepted: number;
  readonly known: number;
  readonly rejected: readonly RejectedRow[];
}

interface StoredBatch extends IngestResult {
  /** The newest of what was accepted. */
  readonly newestAt: number | null;
}

interface ValidRow {
  readonly index: number;
  readonly reading: NewReading;
}

/** The one way into the table of readings. */
@Injectable()
export class ReadingsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly ingestState: PatientIngestRepository,
    private readonly readings: ReadingsRepository,
    private readonly sources: SourcesRepository,
    private readonly days: DaysWriter,
    private readonly newest: NewestReadings,
    private readonly metrics: Metrics,
    private readonly bell: DueBell,
  ) {}

  /**
   * Stores what is new among some rows of one patient, and brings the local days they belong to up to date in the same
   * transaction. A resend changes nothing. Of two reports of one source about one instant the first stands.
   * @param source the name of the source of every row that names none; made where it does not exist yet
   * @param rows readings, or the faults that a reader of rows found already
   */
  async ingest(
    patientId: string,
    source: string,
    rows: readonly (NewReading | RowFault)[],
    { receivedAt = this.clock.now() }: { receivedAt?: Date } = {},
  ): Promise<IngestResult> {
    const result = await this.store(patientId, source, rows, receivedAt);
    this.metrics.count('glucolens_readings_total', { outcome: 'accepted' }, result.accepted);
    this.metrics.count('glucolens_readings_total', { outcome: 'known' }, result.known);
    for (const { code } of result.rejected) this.metrics.count('glucolens_readings_rejected_total', { code });
    return result;
  }

  /** Notes that whatever uploads for a patient was heard from. `ingest` does so itself. */
  async noteContact(patientId: string, at: Date): Promise<void> {
    await this.ingestState.markHeard(this.dataSource.manager, patientId, at);
  }

  private async store(
    patientId: string,
    source: string,
    rows: readonly (NewReading | RowFault)[],
    receivedAt: Date,
  ): Promise<IngestResult> {
    const now = this.clock.now().getTime();
    const valid: ValidRow[] = [];
    const rejected: RejectedRow[] = [];
    for (const [index, row] of rows.entries()) {
      const fault = faultOf(row, now);
      if (fault) rejected.push({ ...fault, index });
      else if (!isFault(row)) valid.push({ index, reading: row });
    }
    const [only] = valid;
    if (only && rows.length === 1 && (await this.append(patientId, source, only.reading, receivedAt))) {
      this.bell.ring(patientId, only.reading.at);
      return { accepted: 1, known: 0, rejected };
    }
    if (valid.length === 0 && !rejected.some(isAhead)) {
      await this.noteContact(patientId, receivedAt);
      return { accepted: 0, known: 0, rejected };
    }
    const { newestAt, ...result } = await this.dataSource.transaction((manager) =>
      this.ingestBatch(manager, patientId, source, { valid, rejected }, receivedAt),
    );
    if (newestAt !== null) this.bell.ring(patientId, newestAt);
    return result;
  }

  private async append(patientId: string, source: string, reading: NewReading, receivedAt: Date): Promise<boolean> {
    if (!isSensorReading(flagsOf(reading))) return false;
    return this.newest.append({ patientId, source: reading.source ?? source, reading, receivedAt });
  }

  private async ingestBatch(
    manager: EntityManager,
    patientId: string,
    source: string,
    rows: { valid: readonly ValidRow[]; rejected: readonly RejectedRow[] },
    receivedAt: Date,
  ): Promise<StoredBatch> {
    const rejected = [...rows.rejected];
    const rejectedAhead = rejected.filter(isAhead).length;
    await this.ingestState.lock(manager, patientId);
    const context = await this.ingestState.context(manager, patientId);
    const names = new SourceNames(context.sources);
    const incoming: IncomingReading[] = [];
    for (const { index, reading } of rows.valid) {
      const id = names.idOf(reading.source ?? source);
      if (id === null) rejected.push({ ...TOO_MANY_SOURCES, index });
      else incoming.push({ index, at: reading.at, source: id, tenths: reading.tenths, flags: flagsOf(reading) });
    }

    const calendar = new DayCalendar(context.zones);
    const touched = new Set(incoming.map(({ at }) => calendar.dayOf(Math.floor(at / 1000))));
    const spans = joinedSpans(touched);
    const stored = spans.length === 0 ? [] : await this.readings.inSpans(manager, patientId, spans);
    const { added, known, conflicts } = merge(stored, incoming);
    for (const index of conflicts) rejected.push({ ...CONFLICT, index });

    if (added.length > 0) {
      const used = new Set(added.map((reading) => reading.source));
      const created = await this.sources.create(manager, patientId, names.created(used), receivedAt);
      await this.readings.insertNew(manager, patientId, receivedAt, added);
      const sensor = added.filter(({ flags }) => isSensorReading(flags));
      const days = new Set(sensor.map(({ at }) => calendar.dayOf(Math.floor(at / 1000))));
      if (days.size > 0) {
        const known: PatientContext = { ...context, sources: [...context.sources, ...created] };
        await this.days.write(manager, patientId, known, [...days], [...stored, ...added], calendar);
      }
    }
    const sensorAt = added.flatMap(({ at, flags }) => (isSensorReading(flags) ? [at] : []));
    await this.ingestState.mark(manager, patientId, {
      firstAt: extreme(sensorAt, Math.min),
      lastAt: extreme(sensorAt, Math.max),
      dueAt: added.length > 0 ? receivedAt : null,
      rejectedAhead,
      heardAt: receivedAt,
    });
    const newestAt = extreme(
      added.map(({ at }) => at),
      Math.max,
    );
    return { accepted: added.length, known, rejected: rejected.sort((a, b) => a.index - b.index), newestAt };
  }
}

const isAhead = ({ code }: RowFault): boolean => code === 'AHEAD_OF_TIME';

const extreme = (values: readonly number[], pick: (one: number, other: number) => number): number | null =>
  values.reduce<number | null>((found, value) => (found === null ? value : pick(found, value)), null);

/** The stretches of some days, ascending, neighbours joined. */
function joinedSpans(days: Iterable<LivedDay>): { from: number; until: number }[] {
  const spans = [...days].flatMap((day) => day.spans).sort((a, b) => a.from - b.from);
  const joined: { from: number; until: number }[] = [];
  for (const span of spans) {
    const before = joined.at(-1);
    if (before && before.until >= span.from) before.until = Math.max(before.until, span.until);
    else joined.push({ ...span });
  }
  return joined;
}
