import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getLocale, getMessages, getTranslations } from 'next-intl/server';
import { getCurrentUser } from '@/api/client';
import { getRota } from '@/api/on-call';
import { dayKey, hoursAfter, weekOf, weeksAfter } from '@/features/on-call/local-time';
import { Rota } from '@/features/on-call/rota';
import { formatDay } from '@/format/time';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('onCall'))('title') };
}

/** Who is called when an alert of the clinic's patients reaches nobody else, week by week. */
export default async function OnCallPage({ params, searchParams }: PageProps<'/clinics/[id]/on-call'>) {
  const [{ id }, query, user, t, locale, messages] = await Promise.all([
    params,
    searchParams,
    getCurrentUser(),
    getTranslations('onCall'),
    getLocale(),
    getMessages(),
  ]);
  const membership = user.memberships.find(({ organisationId }) => organisationId === id);
  if (!membership) notFound();
  const now = Date.now();
  const week = weekOf(query['week'], now);
  const next = weeksAfter(week, 1);
  // A week of whoever looks begins up to 14 hours sooner, or ends up to 12 hours later, than one of UTC.
  const rota = await getRota(id, hoursAfter(week, -14), hoursAfter(next, 12));
  const address = (count: number) => `/clinics/${id}/on-call?week=${dayKey(weeksAfter(week, count))}`;
  const suggested = new Date(Math.max(now, week.getTime()));
  suggested.setUTCMinutes(0, 0, 0);
  return (
    <main id="main" className="mx-auto grid max-w-4xl gap-4 px-4 py-6">
      <div>
        <h1 className="text-2xl font-semibold">{t('title')}</h1>
        <p className="mt-1 max-w-prose text-muted">{t('intro', { clinic: membership.organisationName })}</p>
      </div>
      <nav aria-label={t('weeks')} className="no-print flex flex-wrap items-center gap-2">
        <Link href={address(-1)} prefetch={false} className="button px-3">
          <ChevronLeft size={16} aria-hidden="true" />
          {t('previousWeek')}
        </Link>
        <span className="text-sm font-medium tabular-nums">
          {t('week', {
            from: formatDay(dayKey(week), locale),
            to: formatDay(dayKey(new Date(next.getTime() - 1)), locale),
          })}
        </span>
        <Link href={address(1)} prefetch={false} className="button px-3">
          {t('nextWeek')}
          <ChevronRight size={16} aria-hidden="true" />
        </Link>
      </nav>
      <NextIntlClientProvider messages={{ onCall: messages.onCall }}>
        <Rota key={dayKey(week)} clinicId={id} rota={rota} suggested={suggested.toISOString()} />
      </NextIntlClientProvider>
    </main>
  );
}
