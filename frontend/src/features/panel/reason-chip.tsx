import { getTranslations } from 'next-intl/server';
import type { PanelFlag } from '@/api/types';
import { Chip, type ChipTone } from '@/components/ui/chip';

const TONES: Record<string, ChipTone> = {
  'very-low': 'veryLow',
  low: 'low',
  'very-high': 'veryHigh',
  high: 'high',
};

/** The most urgent reason in words; how many more there are stands beside it and opens on demand. */
export async function ReasonChip({ flags }: { flags: readonly PanelFlag[] }) {
  const t = await getTranslations('panel');
  const [first, ...more] = flags;
  if (!first) return <Chip tone="good">{t('onTarget')}</Chip>;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 xl:flex-nowrap">
      <Chip tone={TONES[first.code] ?? 'neutral'}>{first.text}</Chip>
      {more.length > 0 ? (
        <details className="relative z-10 text-xs">
          <summary className="inline-flex min-h-6 min-w-6 items-center justify-center rounded text-muted underline underline-offset-2">
            <span aria-hidden="true">{t('more', { count: more.length })}</span>
            <span className="sr-only">{t('moreLabel', { count: more.length })}</span>
          </summary>
          <ul className="mt-1 grid gap-1">
            {more.map((flag) => (
              <li key={flag.code}>
                <Chip tone={TONES[flag.code] ?? 'neutral'}>{flag.text}</Chip>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
