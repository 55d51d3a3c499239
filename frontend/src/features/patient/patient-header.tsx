import { BellRing, Upload } from 'lucide-react';
import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import type { GlucoseUnit, Overview } from '@/api/types';
import { Chip, type ChipTone } from '@/components/ui/chip';
import { formatShare } from '@/format/percent';
import { formatDay } from '@/format/time';
import { diabetesTypeName } from './diabetes-type';
import { LiveValue } from './live-value';
import { UploaderContact } from './uploader-contact';

const TONE: Record<Overview['sufficiency']['level'], ChipTone> = {
  sufficient: 'good',
  partial: 'caution',
  insufficient: 'neutral',
};

export async function PatientHeader({ overview, unit }: { overview: Overview; unit: GlucoseUnit }) {
  const [t, types, presets, locale] = await Promise.all([
    getTranslations('patient'),
    getTranslations('diabetesTypes'),
    getTranslations('presets'),
    getLocale(),
  ]);
  const { patient, period, sufficiency } = overview;
  const facts = [
    patient.dateOfBirth ? t('born', { date: formatDay(patient.dateOfBirth, locale) }) : null,
    diabetesTypeName(patient.diabetesType, types),
    presets(patient.targetPreset),
    t('timeZone', { zone: patient.timeZone.replaceAll('_', ' ') }),
  ].filter((fact) => fact !== null);
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-2xl leading-tight font-semibold text-balance">{patient.displayName}</h1>
        <p className="mt-1 text-sm text-muted">{facts.join(' · ')}</p>
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <Chip tone={TONE[sufficiency.level]}>
          {t(`sufficiency.${sufficiency.level}`, {
            days: sufficiency.days,
            wanted: Math.max(period.days, sufficiency.daysWanted),
            active: formatShare(sufficiency.activePercent, locale),
          })}
        </Chip>
        <div>
          <LiveValue reading={overview.lastReading} unit={unit} timeZone={patient.timeZone} />
          <UploaderContact overview={overview} />
        </div>
        <div className="no-print flex flex-wrap gap-2">
          <Link href={`/patients/${patient.id}/alert-settings`} prefetch={false} className="button">
            <BellRing size={16} aria-hidden="true" />
            {t('alertSettings')}
          </Link>
          <Link href={`/patients/${patient.id}/upload`} className="button">
            <Upload size={16} aria-hidden="true" />
            {t('upload')}
          </Link>
        </div>
      </div>
    </header>
  );
}
