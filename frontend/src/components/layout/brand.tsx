import Link from 'next/link';
import { getTranslations } from 'next-intl/server';

/** In the bar of a phone the picture stands alone; the name stays for those who hear it. */
export async function Brand({ compact = false }: { compact?: boolean }) {
  const t = await getTranslations('app');
  return (
    <Link href="/patients" className="flex min-h-9 items-center gap-2 rounded font-semibold">
      <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" className="fill-[#123b66]" />
        <rect x="5" y="12" width="22" height="8" rx="1" className="fill-[#46a579]/60" />
        <path
          d="M5 21c3 0 4-12 8-12s4 12 7 12 4-5 7-6"
          className="fill-none stroke-white"
          strokeWidth="2.6"
          strokeLinecap="round"
        />
      </svg>
      <span className={compact ? 'sr-only sm:not-sr-only' : ''}>{t('name')}</span>
    </Link>
  );
}
