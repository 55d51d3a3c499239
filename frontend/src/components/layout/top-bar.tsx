import { LogOut } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { AlertsLink } from '@/features/alerts/alerts-link';
import { SoundButton } from '@/features/alerts/sound/sound-button';
import { LiveDot } from '@/features/live/live-dot';
import { Brand } from './brand';
import { ThemeToggle } from './theme-toggle';

export async function TopBar({ userName }: { userName: string }) {
  const t = await getTranslations('nav');
  return (
    <header className="border-b border-border bg-bg">
      <div className="mx-auto flex min-h-14 max-w-[90rem] flex-wrap items-center gap-x-1 gap-y-1 px-4 sm:gap-x-4 py-1.5">
        <Brand compact />
        <nav aria-label={t('label')} className="flex items-center">
          <Link
            href="/patients"
            className="flex min-h-9 items-center rounded px-1.5 text-sm font-medium hover:underline sm:px-2"
          >
            {t('patients')}
          </Link>
          <AlertsLink />
        </nav>
        <div className="ml-auto flex items-center gap-1 sm:gap-3">
          <LiveDot />
          <SoundButton />
          <ThemeToggle />
          <span className="hidden max-w-48 truncate text-sm text-muted md:block">{userName}</span>
          <form method="post" action="/sign-out">
            <button
              type="submit"
              className="flex min-h-9 cursor-pointer items-center gap-1.5 rounded px-1 text-sm hover:bg-surface sm:px-2"
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
