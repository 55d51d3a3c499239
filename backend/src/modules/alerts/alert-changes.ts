import { randomUUID } from 'node:crypto';
import type { Sounding } from '../../domain/alerts/arbitration.js';
import { decide, type Silenced } from '../../domain/alerts/decision.js';
import { type AlertEpisode, severityOf } from '../../domain/alerts/episode.js';
import type { Evaluation } from '../../domain/alerts/evaluate.js';
import { reconcile } from '../../domain/alerts/reconcile.js';
import type { StoredAlert } from './evaluation.repository.js';

export interface NamedEpisode {
  readonly id: string;
  readonly episode: AlertEpisode;
}

export interface KnownEpisode {
  readonly stored: StoredAlert;
  readonly episode: AlertEpisode;
}

export interface DecidedSounding {
  readonly episodeId: string;
  readonly sounding: Sounding;
  readonly decision: 'sound' | Silenced;
}

/** What the stored alerts of a patient have to become after an evaluation. */
export interface AlertChanges {
  readonly patientId: string;
  readonly opened: readonly NamedEpisode[];
  /** Stored ones that the evaluation found again, changed or not. */
  readonly known: readonly KnownEpisode[];
  /** Those that the data no longer show. */
  readonly voided: readonly StoredAlert[];
  /** Those that have lasted as long as any may. */
  readonly expired: readonly StoredAlert[];
  readonly decisions: readonly DecidedSounding[];
}

/**
 * Compares what is stored with what an evaluation found.
 * @param replacesAfter stored episodes that opened after this give way to those of the evaluation
 * @returns `null` where nothing is stored and nothing was found, as for almost everybody
 */
export function changesOf(
  patientId: string,
  { episodes, soundings }: Pick<Evaluation, 'episodes' | 'soundings'>,
  stored: readonly StoredAlert[],
  { replacesAfter, now }: { readonly replacesAfter: number; readonly now: number },
): AlertChanges | null {
  // An alert that is open longer than evaluations look back goes on under its name, or has lasted as long as any may.
  const isOld = ({ openedAt }: { readonly openedAt: number }): boolean => openedAt <= replacesAfter;
  const goesOn = (episode: AlertEpisode): boolean =>
    stored.some((one) => isOld(one) && one.rule === episode.rule && (episode.closedAt ?? Infinity) >= one.openedAt);
  const found = episodes.filter((episode) => !isOld(episode) || goesOn(episode));
  if (stored.length === 0 && found.length === 0) return null;
  const { opened, known, gone } = reconcile(stored, found);
  const named = opened.map((episode) => ({ id: randomUUID(), episode }));
  const everyOne: NamedEpisode[] = [...named, ...known.map(({ stored: { id }, episode }) => ({ id, episode }))];
  const decisions = soundings.flatMap((sounding) => {
    const own = everyOne.find(
      ({ episode }) => episode.rule === sounding.rule && episode.openedAt === sounding.openedAt,
    );
    return own ? [{ episodeId: own.id, sounding, decision: decide(sounding, own.episode, now) }] : [];
  });
  return {
    patientId,
    opened: named,
    known,
    voided: gone.filter((one) => !isOld(one)),
    expired: gone.filter(isOld),
    decisions,
  };
}

export const hasChanged = ({ stored, episode }: KnownEpisode): boolean =>
  stored.openedAt !== episode.openedAt ||
  stored.lastAt !== episode.lastAt ||
  stored.closedAt !== episode.closedAt ||
  stored.severity !== severityOf(episode) ||
  silenceChanged({ stored, episode });

/** Whether something else is silent now than was said. */
export const silenceChanged = ({ stored, episode: { evidence } }: KnownEpisode): boolean =>
  evidence.uploader !== undefined && evidence.uploader.silent !== stored.silent;
