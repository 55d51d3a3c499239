import type { AlertEpisode } from './episode.js';
import type { RuleCode } from './settings.js';
import { isGraver, type Severity } from './severity.js';

/** Rules about one situation, the most telling first. A situation sounds when it begins and when it gets graver. */
const SITUATIONS: ReadonlyArray<readonly RuleCode[]> = [
  ['urgent-low', 'low', 'predicted-low', 'rapid-fall'],
  ['very-high', 'high', 'predicted-high', 'rapid-rise'],
  ['no-data', 'sensor-error'],
  ['finding'],
];

/** A moment that is worth a sound: an episode opens or gets graver, and nothing as grave has sounded for its situation. */
export interface Sounding {
  readonly rule: RuleCode;
  /** `openedAt` of the episode. */
  readonly openedAt: number;
  readonly at: number;
  readonly severity: Severity;
}

/** Every moment worth a sound, ascending. Two episodes that meet belong to one situation. */
export function soundingsOf(episodes: readonly AlertEpisode[]): Sounding[] {
  return SITUATIONS.flatMap((rules) => soundingsWithin(episodes, rules)).sort((a, b) => a.at - b.at);
}

function soundingsWithin(episodes: readonly AlertEpisode[], rules: readonly RuleCode[]): Sounding[] {
  const moments = episodes
    .filter(({ rule }) => rules.includes(rule))
    .flatMap((episode) => episode.severities.map(({ at, severity }) => ({ episode, at, severity })))
    .sort((a, b) => a.at - b.at || rules.indexOf(a.episode.rule) - rules.indexOf(b.episode.rule));
  const sounded: Sounding[] = [];
  let loudest: Severity | null = null;
  let situationEndsAt = Number.NEGATIVE_INFINITY;
  for (const { episode, at, severity } of moments) {
    if (at > situationEndsAt) loudest = null;
    situationEndsAt = Math.max(situationEndsAt, episode.closedAt ?? Number.POSITIVE_INFINITY);
    if (loudest !== null && !isGraver(severity, loudest)) continue;
    loudest = severity;
    sounded.push({ rule: episode.rule, openedAt: episode.openedAt, at, severity });
  }
  return sounded;
}
