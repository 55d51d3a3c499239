import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AlertChanges, hasChanged } from './alert-changes.js';
import { happeningsOf } from './alert-happenings.js';
import { AlertTimeline } from './alert-timeline.js';
import { EpisodesRepository, type Of, type WrittenDecision } from './episodes.repository.js';

/** Stores what evaluations changed, and has it told. */
@Injectable()
export class AlertChangesWriter {
  constructor(
    private readonly episodes: EpisodesRepository,
    private readonly timeline: AlertTimeline,
  ) {}

  /**
   * In a transaction that holds these patients: a few statements, however many they are.
   * @returns decisions that are new or have changed
   */
  async write(manager: EntityManager, now: Date, changes: readonly AlertChanges[]): Promise<WrittenDecision[]> {
    // What ends comes first: a rule has at most one open episode.
    await this.episodes.expire(
      manager,
      now,
      collect(changes, ({ expired }) => expired),
    );
    await this.episodes.voidAll(
      manager,
      now,
      collect(changes, ({ voided }) => voided),
    );
    await this.episodes.update(
      manager,
      now,
      collect(changes, ({ known }) => known.filter(hasChanged)).map(({ patientId, stored: { id }, episode }) => ({
        patientId,
        id,
        episode,
      })),
    );
    await this.episodes.insert(
      manager,
      now,
      collect(changes, ({ opened }) => opened),
    );
    const written = await this.episodes.decide(
      manager,
      now,
      collect(changes, ({ decisions }) => decisions),
    );
    await this.timeline.appendKnown(
      manager,
      now,
      changes.flatMap((one) => happeningsOf(one, written)),
    );
    return written;
  }
}

/** One kind of change of every patient. */
const collect = <T extends object>(
  changes: readonly AlertChanges[],
  kind: (one: AlertChanges) => readonly T[],
): Of<T>[] => changes.flatMap((one) => kind(one).map((each) => ({ ...each, patientId: one.patientId })));
