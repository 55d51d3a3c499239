import { getTranslations } from 'next-intl/server';
import type { Overview } from '@/api/types';
import { ageInWords } from './age';

/** Where readings have stopped: whether whatever uploads them still reports, so that people look at the right device. */
export async function UploaderContact({ overview: { uploader, lastReading } }: { overview: Overview }) {
  const [t, ages] = await Promise.all([getTranslations('silence'), getTranslations('patient')]);
  const isFresh = lastReading?.freshness === 'current' || lastReading?.freshness === 'delayed';
  if (!uploader || isFresh) return null;
  const heard = ageInWords(uploader.ageMinutes, ages);
  return (
    <p className="text-right text-sm text-muted tabular-nums">
      {lastReading
        ? t('heard', { heard, reading: ageInWords(lastReading.ageMinutes, ages) })
        : t('heardOnly', { heard })}
    </p>
  );
}
