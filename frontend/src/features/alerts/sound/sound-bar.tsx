'use client';

import { Volume2, VolumeX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { player, useSound } from './use-sound';

/** Says whether alerts are heard, lets one try it, and turns it on or off. Its buttons stay, whatever the state. */
export function SoundBar() {
  const t = useTranslations('alerts');
  const sound = useSound();
  if (sound === 'unknown') return <div className="h-[3.375rem]" />;
  const heard = sound === 'on' || sound === 'elsewhere';
  const Icon = heard ? Volume2 : VolumeX;
  return (
    <section
      aria-label={t('sound.title')}
      className={`no-print flex flex-wrap items-center gap-x-3 gap-y-2 rounded border px-3 py-2 text-sm ${heard ? 'border-border' : 'border-high text-high'}`}
    >
      <Icon size={18} aria-hidden="true" className="shrink-0" />
      <p role="status" className="min-w-0 flex-1 basis-56">
        {t(`sound.${sound}`)}
      </p>
      {sound === 'impossible' ? null : (
        <div className="flex gap-2" data-sound-control>
          <button
            type="button"
            className={`button min-h-8 px-3 ${heard ? '' : 'button-primary'}`}
            onClick={() => (heard ? player.turnOff() : void player.turnOn())}
          >
            {t(heard ? 'sound.turnOff' : 'sound.turnOn')}
          </button>
          <button type="button" className="button min-h-8 px-3" onClick={() => void player.test()}>
            {t('sound.test')}
          </button>
        </div>
      )}
    </section>
  );
}
