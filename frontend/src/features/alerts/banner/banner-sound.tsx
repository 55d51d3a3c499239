'use client';

import { VolumeX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { SoundState } from '../sound/sound-player';
import { player } from '../sound/use-sound';

/** That nobody hears the alert on the screen, and how to change that. Nothing where it is heard. */
export function BannerSound({ sound }: { sound: SoundState }) {
  const t = useTranslations('alerts');
  if (sound !== 'blocked' && sound !== 'off' && sound !== 'impossible') return null;
  return (
    <p className="flex flex-wrap items-center gap-2 text-high">
      <VolumeX size={16} aria-hidden="true" />
      {t(`sound.${sound}`)}
      {sound === 'impossible' ? null : (
        <button
          type="button"
          data-sound-control
          className="button min-h-8 px-3 text-text"
          onClick={() => void player.turnOn()}
        >
          {t('sound.turnOn')}
        </button>
      )}
    </p>
  );
}
