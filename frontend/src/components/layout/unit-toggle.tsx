import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { GlucoseUnit } from '@/api/types';
import { UNIT_KEYS, type UnitKey } from '@/preferences/preferences';

const KEYS: readonly UnitKey[] = ['mgdl', 'mmoll'];

/** Never prefetched: following the link is what keeps the choice. */
export async function UnitToggle({
  current,
  address,
}: {
  current: GlucoseUnit | null;
  address: (unit: UnitKey) => string;
}) {
  const t = await getTranslations('units');
  return (
    <nav aria-label={t('label')} className="no-print flex rounded border border-border">
      {KEYS.map((unit) => (
        <Link
          key={unit}
          href={address(unit)}
          prefetch={false}
          scroll={false}
          aria-current={UNIT_KEYS[unit] === current ? 'true' : undefined}
          className="toggle first:rounded-l last:rounded-r"
        >
          {t(unit)}
        </Link>
      ))}
    </nav>
  );
}
