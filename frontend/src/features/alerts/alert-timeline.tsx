import { getLocale, getTranslations } from 'next-intl/server';
import type { AlertWithTimeline } from '@/api/types';
import { formatInstant } from '@/format/time';

/** Everything that happened to an alert, and whether it was made to sound: what it takes to prove who knew when. */
export async function AlertTimeline({ alert, timeZone }: { alert: AlertWithTimeline; timeZone: string }) {
  const [t, silence, locale] = await Promise.all([getTranslations('alerts'), getTranslations('silence'), getLocale()]);
  const at = (instant: string) => formatInstant(instant, timeZone, locale);
  return (
    <section className="card grid gap-4" aria-labelledby="timeline-title">
      <div>
        <h2 id="timeline-title" className="text-base font-semibold">
          {t('detail.timeline')}
        </h2>
        <p className="text-sm text-muted">{t('detail.zone', { zone: timeZone.replaceAll('_', ' ') })}</p>
      </div>
      <ol className="grid gap-2 text-sm">
        {alert.timeline.map(({ at: instant, kind, by, details }, index) => (
          <li key={index} className="grid gap-x-3 sm:grid-cols-[11rem_minmax(0,1fr)]">
            <time dateTime={instant} className="text-muted tabular-nums">
              {at(instant)}
            </time>
            <span>
              {[eventName(kind), by && t('detail.by', { name: by.displayName }), detail(details)]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ol>
      <div className="grid gap-1 text-sm">
        <h3 className="font-semibold">{t('detail.soundings')}</h3>
        {alert.soundings.length === 0 ? <p className="text-muted">{t('detail.noSoundings')}</p> : null}
        <ul className="grid gap-1">
          {alert.soundings.map(({ severity, at: instant, decidedAt, decision }) => (
            <li key={severity}>
              {t('detail.sounding', { severity: t(`tiers.${severity}`), at: at(instant), decidedAt: at(decidedAt) })}
              {` – ${t(`detail.decisions.${decision}`)}`}
            </li>
          ))}
        </ul>
        <h3 className="mt-2 font-semibold">{t('detail.deliveries')}</h3>
        {alert.deliveries.length === 0 ? <p className="text-muted">{t('detail.noDeliveries')}</p> : null}
        <ul className="grid gap-1">
          {alert.deliveries.map(({ at: instant, channel, state }, index) => (
            <li key={index} className="tabular-nums">
              {at(instant)} · {t('detail.delivery', { channel, state })}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );

  function eventName(kind: string): string {
    const key = `detail.events.${kind}` as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key as 'detail.events.opened') : kind;
  }

  function silencePart(silent: 'sensor' | 'uploader', heardAt: unknown): string {
    return typeof heardAt === 'string' ? silence(`then.${silent}`, { time: at(heardAt) }) : silence('never');
  }

  function detail({ severity, until, decision, silent, heardAt }: Record<string, unknown>): string | null {
    if (typeof until === 'string') return t('detail.until', { time: at(until) });
    const tier = severity === 'urgent' || severity === 'warning' || severity === 'info' ? t(`tiers.${severity}`) : null;
    const decided = decision === 'sound' || decision === 'over' || decision === 'stale';
    const part = silent === 'sensor' || silent === 'uploader' ? silencePart(silent, heardAt) : null;
    return [tier, part, decided && t(`detail.decisions.${decision}`)].filter(Boolean).join(', ') || null;
  }
}
