import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { chunksOf } from '../../common/chunks.js';
import { DayCalendar, type LivedDay } from '../../domain/glycemia/day-calendar.js';
import { type GlucoseDay, projectDay } from '../../domain/glycemia/day-projection.js';
import { isoDay } from '../../domain/time/zone.js';
import { dayRecords, UPSERT_DAYS } from './day-columns.js';
import type { PatientContext } from './patient-ingest.repository.js';
import { isSensorReading, type StoredReading } from './reading.js';
import { ReadingsRepository } from './readings.repository.js';

/** One statement carries this many days, a megabyte or two. */
const DAYS_PER_STATEMENT = 400;

const DELETE_OTHERS = `
  WITH gone AS (
    DELETE FROM glucose_days WHERE patient_id = $1 AND day <> ALL ($2::date[]) AND day BETWEEN $3 AND $4 RETURNING 1
  ) SELECT count(*)::int AS count FROM gone`;

/** Day numbers, both included. */
export interface DayPeriod {
  readonly first: number;
  readonly last: number;
}

const EVER: DayPeriod = { first: Number.NEGATIVE_INFINITY, last: Number.POSITIVE_INFINITY };

/** Keeps `glucose_days` what the readings say. Every method wants the patient's lock. */
@Injectable()
export class DaysWriter {
  constructor(private readonly readings: ReadingsRepository) {}

  /** Projects these days from all their readings and stores what differs. Answers how many days did. */
  async write(
    manager: EntityManager,
    patientId: string,
    context: PatientContext,
    days: readonly LivedDay[],
    readings: readonly StoredReading[],
    calendar: DayCalendar,
  ): Promise<number> {
    const wanted = new Set(days.map((lived) => lived.day));
    const projected = project(context, calendar, readings).filter((day) => wanted.has(day.day));
    return this.upsert(manager, patientId, projected);
  }

  /** Projects every day of the patient anew. Answers how many changed, came or went. */
  async rebuild(manager: EntityManager, patientId: string, context: PatientContext): Promise<number> {
    const readings = await this.readings.all(manager, patientId);
    const days = project(context, new DayCalendar(context.zones), readings);
    const gone = await this.removeOthers(manager, patientId, EVER, days);
    return gone + (await this.upsert(manager, patientId, days));
  }

  /** Projects the days from `first` to `last` anew, both included. Answers how many changed, came or went. */
  async rebuildPeriod(
    manager: EntityManager,
    patientId: string,
    context: PatientContext,
    { first, last }: DayPeriod,
  ): Promise<number> {
    const calendar = new DayCalendar(context.zones);
    const lived = Array.from({ length: last - first + 1 }, (_, index) => calendar.lived(first + index));
    const spans = lived.flatMap((day) => day.spans);
    const readings = spans.length === 0 ? [] : await this.readings.inSpans(manager, patientId, spans);
    const days = project(context, calendar, readings);
    const gone = await this.removeOthers(manager, patientId, { first, last }, days);
    return gone + (await this.upsert(manager, patientId, days));
  }

  private async removeOthers(
    manager: EntityManager,
    patientId: string,
    { first, last }: DayPeriod,
    days: readonly GlucoseDay[],
  ): Promise<number> {
    const kept = `{${days.map((day) => isoDay(day.day)).join(',')}}`;
    const period = [
      Number.isFinite(first) ? isoDay(first) : '-infinity',
      Number.isFinite(last) ? isoDay(last) : 'infinity',
    ];
    const [gone] = await manager.query<{ count: number }[]>(DELETE_OTHERS, [patientId, kept, ...period]);
    return gone?.count ?? 0;
  }

  private async upsert(manager: EntityManager, patientId: string, days: readonly GlucoseDay[]): Promise<number> {
    let changed = 0;
    for (const some of chunksOf(days, DAYS_PER_STATEMENT)) {
      changed += (await manager.query<unknown[]>(UPSERT_DAYS, [patientId, dayRecords(some)])).length;
    }
    return changed;
  }
}

function project(context: PatientContext, calendar: DayCalendar, readings: readonly StoredReading[]): GlucoseDay[] {
  const priorities = new Map(context.sources.map(({ id, priority }) => [id, priority]));
  const byDay = new Map<LivedDay, StoredReading[]>();
  for (const reading of readings) {
    if (!isSensorReading(reading.flags)) continue;
    const lived = calendar.dayOf(Math.floor(reading.at / 1000));
    const sameDay = byDay.get(lived);
    if (sameDay) sameDay.push(reading);
    else byDay.set(lived, [reading]);
  }
  return Array.from(byDay, ([lived, own]) => projectDay(lived, own, priorities)).filter((day) => day !== null);
}
