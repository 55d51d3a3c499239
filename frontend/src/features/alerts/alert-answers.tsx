'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Alert, GlucoseUnit } from '@/api/types';
import { AlertActions, type OpenPanel } from './alert-actions';
import { AlertStatus } from './alert-status';
import { AlertValue } from './alert-value';
import { useAlertWatch } from './alert-watch';
import { useAnswer } from './use-answer';

/** What glucose is now, what was done about one alert and what can be; the page is made anew as soon as the server has confirmed. */
export function AlertAnswers({ alert, unit }: { alert: Alert; unit: GlucoseUnit }) {
  const t = useTranslations('alerts');
  const router = useRouter();
  const { now, changes, connection, refresh } = useAlertWatch();
  const [panel, setPanel] = useState<OpenPanel>(null);
  const [said, setSaid] = useState('');
  const answer = useAnswer(alert.id, (confirmed, kind) => {
    setSaid(t(`confirmed.${kind}`, { name: confirmed.patientDisplayName, rule: t(`rules.${confirmed.rule}`) }));
    refresh();
  });
  // Where nothing answers, a refresh would lead away from the page, and from what it still shows.
  const renew = useEffectEvent(() => {
    if (connection === 'live' && navigator.onLine) router.refresh();
  });
  useEffect(() => {
    if (changes > 0) renew();
  }, [changes]);
  return (
    <section className="card grid items-center gap-3 sm:grid-cols-2 lg:grid-cols-[13rem_minmax(0,1fr)_auto]">
      <p role="status" className="sr-only">
        {said}
      </p>
      <AlertValue alert={alert} unit={unit} now={now} />
      <AlertStatus alert={alert} gone={false} now={now} />
      <div className="contents sm:max-lg:col-span-full sm:max-lg:grid">
        <AlertActions
          alert={alert}
          answer={answer}
          panel={panel}
          onPanel={setPanel}
          reachable={connection === 'live'}
          now={now}
        />
      </div>
    </section>
  );
}
