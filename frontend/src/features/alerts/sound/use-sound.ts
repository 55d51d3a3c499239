'use client';

import { useSyncExternalStore } from 'react';
import { SoundPlayer, type SoundState } from './sound-player';

/** One for the tab, whatever pages come and go. */
export const player = new SoundPlayer();

export function useSound(): SoundState {
  return useSyncExternalStore(player.watch, player.snapshot, () => 'unknown');
}
