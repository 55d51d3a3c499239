import { LogOut } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { AlertsLink } from '@/features/alerts/alerts-link';
import { LiveDot } from '@/features/live/live-dot';
import { Brand } from './brand';
import { ThemeToggle } from './theme-toggle';

export async function TopBar({ userName }: { userName: string }) {
  const t = await getTranslations('nav');
  return (
    <header className="no-print sticky top-0 z-20 border-b border-border bg-bg">
      <div className="mx-auto flex min-h-14 max-w-[90rem] flex-wrap items-center gap-x-2 gap-y-1 sm:gap-x-4 px-4 py-1.5">
        <Brand compact />
        <nav aria-label={t('label')} className="flex items-center">
          <Link href="/patients" className="flex min-h-9 items-center rounded px-2 text-sm font-medium hover:underline">
            {t('patients')}
          </Link>
          <AlertsLink />
        </nav>
        <div className="ml-auto flex items-center gap-2 sm:gap-3">
          <LiveDot />
          <ThemeToggle />
          <span className="hidden max-w-48 truncate text-sm text-muted md:block">{userName}</span>
          <form method="post" action="/sign-out">
            <button
              type="submit"
              className="flex min-h-9 cursor-pointer items-center gap-1.5 rounded px-2 text-sm hover:bg-surface"
            >
              <LogOut size={16} aria-hidden="true" />
              <span className="sr-only sm:not-sr-only">{t('signOut')}</span>
            </button>
          </form>
        </div>
      </div>
    </header>
  );
}
