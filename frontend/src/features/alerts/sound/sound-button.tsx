'use client';

import { Volume2, VolumeX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { player, useSound } from './use-sound';

/** Whether alerts are heard, on every page, and the way to change it. */
export function SoundButton() {
  const t = useTranslations('alerts');
  const sound = useSound();
  if (sound === 'unknown') return <span className="size-9" aria-hidden="true" />;
  const heard = sound === 'on' || sound === 'elsewhere';
  const Icon = heard ? Volume2 : VolumeX;
  return (
    <button
      type="button"
      data-sound-control
      data-sound={sound}
      disabled={sound === 'impossible'}
      title={t(`sound.${sound}`)}
      onClick={() => (heard ? player.turnOff() : void player.turnOn())}
      className={`flex size-9 cursor-pointer items-center justify-center rounded hover:bg-surface ${heard ? 'text-muted' : 'text-high'}`}
    >
      <Icon size={18} aria-hidden="true" />
      <span className="sr-only">{`${t(`sound.${sound}`)} ${t(heard ? 'sound.turnOff' : 'sound.turnOn')}`}</span>
    </button>
  );
}
