'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Alert } from '@/api/types';
import { AlertActions, type OpenPanel } from './alert-actions';
import { AlertStatus } from './alert-status';
import { useAlertWatch } from './alert-watch';
import { useAnswer } from './use-answer';

/** What was done about one alert and what can be; the page is made anew as soon as the server has confirmed. */
export function AlertAnswers({ alert }: { alert: Alert }) {
  const t = useTranslations('alerts');
  const router = useRouter();
  const { now, changes, connection, refresh } = useAlertWatch();
  const [panel, setPanel] = useState<OpenPanel>(null);
  const [said, setSaid] = useState('');
  const answer = useAnswer(alert.id, (confirmed, kind) => {
    setSaid(t(`confirmed.${kind}`, { name: confirmed.patientDisplayName, rule: t(`rules.${confirmed.rule}`) }));
    refresh();
  });
  const renew = useEffectEvent(() => router.refresh());
  useEffect(() => {
    if (changes > 0) renew();
  }, [changes]);
  return (
    <section className="card grid items-center gap-3 lg:grid-cols-[minmax(0,1fr)_auto]">
      <p role="status" className="sr-only">
        {said}
      </p>
      <AlertStatus alert={alert} gone={false} now={now} />
      <AlertActions
        alert={alert}
        answer={answer}
        panel={panel}
        onPanel={setPanel}
        reachable={connection === 'live'}
        now={now}
      />
    </section>
  );
}
