'use client';

import { useTranslations } from 'next-intl';
import type { Alert } from '@/api/types';
import { SnoozePanel } from './snooze-panel';
import type { AnswerState } from './use-answer';

interface SnoozeAlertProps {
  alert: Alert;
  answer: AnswerState;
  now: number;
  onClose: () => void;
}

/** Asks for how long one alert is to be silent, and stays until the server has confirmed it. */
export function SnoozeAlert({ alert, answer: { pending, give }, now, onClose }: SnoozeAlertProps) {
  const t = useTranslations('alerts');
  return (
    <SnoozePanel
      title={t('snoozing.title', { name: alert.patientDisplayName, rule: t(`rules.${alert.rule}`) })}
      now={now}
      pending={pending === 'snooze'}
      onChoose={(minutes) => void give({ kind: 'snooze', minutes }).then((done) => done && onClose())}
      onCancel={onClose}
    />
  );
}
