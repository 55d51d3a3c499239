'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useState } from 'react';
import type { Alert, AlertWithTimeline, GlucoseUnit } from '@/api/types';
import { AlertActions, type OpenPanel } from './alert-actions';
import { AlertStatus } from './alert-status';
import { AlertValue } from './alert-value';
import type { Answer } from './answer-alert';
import { durationInWords } from './duration';
import { useRuleInWords } from './rule-in-words';
import { SilentPart } from './silent-part';
import { useAnswer } from './use-answer';

interface AlertRowProps {
  alert: Alert;
  gone: boolean;
  unit: GlucoseUnit | null;
  now: number;
  reachable: boolean;
  /** `null` where rows are not chosen one by one. */
  selected: boolean | null;
  onSelect: (selected: boolean) => void;
  onConfirmed: (alert: AlertWithTimeline, kind: Answer['kind']) => void;
}

/** One episode. While the focus is in the row, single letters do what its buttons do. */
export function AlertRow(props: AlertRowProps) {
  const { alert, gone, unit, now, reachable, selected, onSelect, onConfirmed } = props;
  const t = useTranslations('alerts');
  const [panel, setPanel] = useState<OpenPanel>(null);
  const answer = useAnswer(alert.id, (confirmed, kind) => {
    onConfirmed(confirmed, kind);
    document.getElementById(`alert-${alert.id}`)?.focus();
  });
  const rule = useRuleInWords(alert);
  const isOpen = alert.state === 'open';
  const endedAt = Date.parse(alert.closedAt ?? alert.voidedAt ?? '');
  const lasted = durationInWords((isOpen ? now : endedAt) - Date.parse(alert.openedAt), t);

  const onKeyDown = (event: KeyboardEvent<HTMLLIElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && panel) return setPanel(null);
    if (event.key === 'j' || event.key === 'k') return moveFocus(event.currentTarget, event.key === 'j' ? 1 : -1);
    if (!reachable || answer.pending || alert.state === 'voided') return;
    if (event.key === 'a' && !alert.acknowledged) void answer.give({ kind: 'acknowledge', seen: alert.severity });
    if (event.key === 's' && isOpen && !alert.snoozedUntil) setPanel('snooze');
    if (event.key === 'e' && isOpen) setPanel('escalate');
  };

  return (
    <li onKeyDown={onKeyDown} className="alert-row" data-severity={alert.severity} data-open={isOpen && !gone}>
      <div className="flex items-start gap-3">
        {selected === null ? null : (
          <input
            type="checkbox"
            className="mt-0.5 size-6 shrink-0"
            checked={selected}
            disabled={alert.acknowledged || gone}
            onChange={(event) => onSelect(event.target.checked)}
            aria-label={t('batch.select', { name: alert.patientDisplayName, rule })}
          />
        )}
        <div className="min-w-0">
          <Link
            id={`alert-${alert.id}`}
            href={`/alerts/${alert.id}`}
            prefetch={false}
            className="inline-flex min-h-6 items-center text-base font-semibold hover:underline"
          >
            {alert.patientDisplayName}
          </Link>
          <p className="text-sm">{rule}</p>
          <SilentPart alert={alert} />
          {alert.suspectedCompression ? <p className="text-xs text-muted">{t('compression')}</p> : null}
        </div>
      </div>
      <AlertValue alert={alert} unit={unit} now={now} />
      <p className="text-sm tabular-nums">{t(isOpen ? 'since' : 'lasted', { duration: lasted })}</p>
      <AlertStatus alert={alert} gone={gone} now={now} />
      <AlertActions
        alert={alert}
        answer={answer}
        panel={panel}
        onPanel={setPanel}
        reachable={reachable && !gone}
        now={now}
      />
    </li>
  );
}

function moveFocus(row: HTMLElement, step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.alert-row')];
  rows[rows.indexOf(row) + step]?.querySelector<HTMLElement>('a')?.focus();
}
