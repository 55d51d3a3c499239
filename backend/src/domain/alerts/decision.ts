import type { AlertEpisode } from './episode.js';
import type { Sounding } from './arbitration.js';

/** Why a sounding stays silent for everybody. */
export type Silenced = 'over' | 'stale';

/** A value older than this says nothing about now. */
export const FRESH_SECONDS = 15 * 60;

/**
 * Whether a sounding is still worth a sound at the moment somebody looks at it. This is the one place where the time of
 * arrival counts: an episode that came in late and is over stays silent, and so does one whose last sample is old. An
 * episode that still goes on sounds, however late its beginning was seen.
 */
export function decide(sounding: Sounding, episode: AlertEpisode, now: number): 'sound' | Silenced {
  if (episode.closedAt !== null) return 'over';
  const spokeLastAt = episode.rule === 'no-data' ? sounding.at : episode.lastAt;
  return now - spokeLastAt > FRESH_SECONDS ? 'stale' : 'sound';
}
