'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useLayoutEffect, useRef, useState } from 'react';
import type { Alert, GlucoseUnit } from '@/api/types';
import { useAlertWatch } from '../alert-watch';
import { AnswerProblemNote } from '../answer-problem-note';
import { LatestValue } from '../latest-value';
import { useRuleInWords } from '../rule-in-words';
import { SilentPart } from '../silent-part';
import { SnoozeAlert } from '../snooze-alert';
import { TierMark } from '../tier-mark';
import { useAnswer } from '../use-answer';
import { useRuleSentence } from './rule-sentence';

/** Whoever presses sooner than this after a swap meant the alert that stood there before. */
const TOO_SOON_MS = 700;

interface BannerItemProps {
  alert: Alert;
  unit: GlucoseUnit | null;
  /** Whether it came in the place of another alert: a finger may be on its way to that one. */
  swapped: boolean;
  /** Once the server has confirmed it. */
  onAnswered: () => void;
  /** `null` where it cannot be put off. */
  onLater: (() => void) | null;
}

/** One alert that asks for somebody. It goes when the server has confirmed an answer, and not before. */
export function BannerItem({ alert, unit, swapped, onAnswered, onLater }: BannerItemProps) {
  const t = useTranslations('alerts');
  const { now, connection } = useAlertWatch();
  const [isSnoozing, setSnoozing] = useState(false);
  const answer = useAnswer(alert.id, onAnswered);
  const { pending, problem, give } = answer;
  const name = alert.patientDisplayName;
  const rule = useRuleInWords(alert);
  const sentence = useRuleSentence(alert, unit);
  const blocked = pending !== null || connection !== 'live';
  const label = (action: Parameters<typeof t>[0]) => t('actions.of', { action: t(action), name, rule });
  const { latestReading } = alert;
  const readyAt = useRef(0);
  // Before the next press can come.
  useLayoutEffect(() => {
    if (swapped) readyAt.current = performance.now() + TOO_SOON_MS;
  }, [swapped]);
  const pressed = (act: () => void) => () => {
    if (performance.now() >= readyAt.current) act();
  };
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <p
          role={alert.severity === 'urgent' ? 'alert' : 'status'}
          className="flex min-w-0 items-start gap-2 text-base leading-snug"
        >
          <TierMark severity={alert.severity} size={22} />
          <span>
            <span className="font-semibold">{name}:</span> {sentence}
          </span>
        </p>
        <SilentPart alert={alert} className="text-sm" />
        {latestReading ? (
          <LatestValue reading={latestReading} unit={unit ?? latestReading.unit} now={now} />
        ) : (
          <p className="text-sm text-muted">{t('latest.none')}</p>
        )}
        <div className="flex flex-wrap gap-2 sm:ml-auto">
          <button
            type="button"
            data-acknowledge
            className="button button-primary px-3"
            aria-disabled={blocked}
            aria-label={label(pending === 'acknowledge' ? 'actions.acknowledging' : 'actions.acknowledge')}
            onClick={pressed(() => (blocked ? undefined : void give({ kind: 'acknowledge', seen: alert.severity })))}
          >
            {t(pending === 'acknowledge' ? 'actions.acknowledging' : 'actions.acknowledge')}
          </button>
          <button
            type="button"
            className="button px-3"
            aria-disabled={blocked}
            aria-expanded={isSnoozing}
            aria-label={label('actions.snooze')}
            onClick={pressed(() => (blocked ? undefined : setSnoozing(!isSnoozing)))}
          >
            {t('actions.snooze')}
          </button>
          <Link href={`/alerts/${alert.id}`} prefetch={false} className="button px-3" aria-label={label('banner.open')}>
            {t('banner.open')}
          </Link>
          {onLater ? (
            <button
              type="button"
              className="button border-transparent bg-transparent px-3"
              onClick={pressed(onLater)}
              aria-label={label('banner.hide')}
            >
              {t('banner.hide')}
            </button>
          ) : null}
        </div>
      </div>
      {isSnoozing ? <SnoozeAlert alert={alert} answer={answer} now={now} onClose={() => setSnoozing(false)} /> : null}
      <AnswerProblemNote problem={problem} />
    </div>
  );
}
