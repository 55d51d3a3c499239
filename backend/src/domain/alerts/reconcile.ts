import type { AlertEpisode } from './episode.js';

/** An episode as somebody may have seen it already, under the name it was given then. */
export interface StoredEpisode extends Pick<AlertEpisode, 'rule' | 'openedAt' | 'closedAt'> {
  readonly id: string;
}

export interface Reconciled<S extends StoredEpisode> {
  /** Episodes that nobody knew of. */
  readonly opened: readonly AlertEpisode[];
  /** Known ones with what they are now. */
  readonly known: ReadonlyArray<{ readonly stored: S; readonly episode: AlertEpisode }>;
  /** Known ones that the data no longer show: late readings have changed what happened. */
  readonly gone: readonly S[];
}

/**
 * Finds again what is stored among what an evaluation found. The same rule at overlapping times is the same episode, even
 * where late data moved its beginning: what people did about it stays with it.
 */
export function reconcile<S extends StoredEpisode>(
  stored: readonly S[],
  found: readonly AlertEpisode[],
): Reconciled<S> {
  const unmatched = new Set(stored);
  const opened: AlertEpisode[] = [];
  const known: { stored: S; episode: AlertEpisode }[] = [];
  const exact = (episode: AlertEpisode) =>
    stored.find((one) => unmatched.has(one) && one.rule === episode.rule && one.openedAt === episode.openedAt);
  const overlapping = (episode: AlertEpisode) =>
    stored.find((one) => unmatched.has(one) && one.rule === episode.rule && overlap(one, episode));

  const moved: AlertEpisode[] = [];
  for (const episode of found) {
    const same = exact(episode);
    if (!same) moved.push(episode);
    else if (unmatched.delete(same)) known.push({ stored: same, episode });
  }
  for (const episode of moved) {
    const same = overlapping(episode);
    if (!same) opened.push(episode);
    else if (unmatched.delete(same)) known.push({ stored: same, episode });
  }
  return { opened, known, gone: [...unmatched] };
}

type Span = Pick<AlertEpisode, 'openedAt' | 'closedAt'>;

const overlap = (one: Span, other: Span): boolean =>
  one.openedAt <= (other.closedAt ?? Number.POSITIVE_INFINITY) &&
  other.openedAt <= (one.closedAt ?? Number.POSITIVE_INFINITY);
