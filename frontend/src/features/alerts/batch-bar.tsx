'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Alert, AlertWithTimeline } from '@/api/types';
import { type Answer, answerAlert } from './answer-alert';

interface BatchBarProps {
  /** Those chosen. */
  alerts: readonly Alert[];
  reachable: boolean;
  onChooseAll: () => void;
  onConfirmed: (alert: AlertWithTimeline, kind: Answer['kind']) => void;
}

/** Acknowledges several alerts, one after the other: each counts once the server has confirmed it. */
export function BatchBar({ alerts, reachable, onChooseAll, onConfirmed }: BatchBarProps) {
  const t = useTranslations('alerts');
  const [progress, setProgress] = useState<{ done: number; failed: number; count: number; ended: boolean } | null>(
    null,
  );
  const working = progress !== null && !progress.ended;
  const blocked = working || !reachable || alerts.length === 0;

  const acknowledge = async () => {
    const count = alerts.length;
    let [done, failed] = [0, 0];
    setProgress({ done, failed, count, ended: false });
    for (const alert of alerts) {
      const outcome = await answerAlert(alert.id, { kind: 'acknowledge', seen: alert.severity });
      if ('alert' in outcome) {
        done += 1;
        onConfirmed(outcome.alert, 'acknowledge');
      } else failed += 1;
      setProgress({ done, failed, count, ended: false });
    }
    setProgress({ done, failed, count, ended: true });
  };

  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded border border-border bg-surface px-3 py-2 text-sm">
      <button type="button" className="button" onClick={onChooseAll}>
        {t('batch.selectTier')}
      </button>
      <button
        type="button"
        className="button button-primary"
        aria-disabled={blocked}
        onClick={() => (blocked ? undefined : void acknowledge())}
      >
        {t('batch.acknowledge')}
      </button>
      <p role="status" className="tabular-nums">
        {progress === null || (progress.ended && alerts.length > 0 && progress.failed === 0)
          ? t('batch.selected', { count: alerts.length })
          : working
            ? t('batch.working', { done: progress.done, count: progress.count })
            : `${t('batch.done', { done: progress.done })} ${progress.failed > 0 ? t('batch.failed', { failed: progress.failed }) : ''}`}
      </p>
    </div>
  );
}
