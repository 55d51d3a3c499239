'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { AlertWithTimeline, GlucoseUnit } from '@/api/types';
import { AlertRow } from './alert-row';
import { useAlertWatch } from './alert-watch';
import { type InboxAddress, type InboxAnswer, inboxRequest } from './alerts-address';
import type { Answer } from './answer-alert';
import { arranged, rearranged, replaced, tierOf, TIERS } from './arrange';
import { BatchBar } from './batch-bar';
import { EmptyInbox } from './empty-inbox';
import { TierMark } from './tier-mark';

/** From so many on, rows can be chosen and acknowledged together. */
const BATCH_FROM = 10;

interface InboxProps {
  initial: InboxAnswer;
  address: InboxAddress;
  unit: GlucoseUnit | null;
}

/** The list of alerts, kept up to date in place: what somebody has the focus or the pointer on does not move. */
export function Inbox({ initial, address, unit }: InboxProps) {
  const t = useTranslations('alerts');
  const locale = useLocale();
  const { now, changes, connection, refresh } = useAlertWatch();
  const [arrangement, setArrangement] = useState(() => arranged(initial.items));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState('');
  const list = useRef<HTMLDivElement>(null);

  const load = useEffectEvent(async () => {
    const response = await fetch(inboxRequest(address), { cache: 'no-store' }).catch(() => null);
    if (!response?.ok) return;
    const { items } = (await response.json()) as InboxAnswer;
    const held = isHeld(list.current);
    setArrangement((before) => rearranged(before, items, held));
  });
  useEffect(() => {
    if (changes > 0) void load();
  }, [changes]);

  const onConfirmed = useCallback(
    (alert: AlertWithTimeline, kind: Answer['kind']) => {
      setArrangement((before) => replaced(before, alert));
      setChosen((before) => new Set([...before].filter((id) => id !== alert.id)));
      setSaid(t(`confirmed.${kind}`, { name: alert.patientDisplayName, rule: t(`rules.${alert.rule}`) }));
      refresh();
    },
    [t, refresh],
  );

  const { shown, waiting, gone } = arrangement;
  const urgent = waiting.filter(({ severity, state }) => severity === 'urgent' && state === 'open');
  const names = [...new Set(urgent.map(({ patientDisplayName }) => patientDisplayName))];
  const pillRole = urgent.length > 0 ? 'alert' : 'status';
  const reachable = connection === 'live';
  const batch = shown.filter(({ acknowledged, state }) => !acknowledged && state === 'open').length > BATCH_FROM;
  const showWaiting = () => {
    setArrangement(arranged([...waiting, ...shown.filter(({ id }) => !gone.has(id))]));
    requestAnimationFrame(() => document.getElementById(`alert-${waiting[0]?.id}`)?.focus());
  };

  return (
    <div ref={list} className="grid gap-5">
      <p role="status" className="sr-only">
        {said}
      </p>
      {waiting.length > 0 ? (
        <p key={pillRole} role={pillRole} className="alert-pill">
          {urgent.length > 0
            ? t('waitingUrgent', { count: waiting.length, names: new Intl.ListFormat(locale).format(names) })
            : t('waiting', { count: waiting.length })}
          <button type="button" onClick={showWaiting} className="button min-h-8 px-3">
            {t('waitingShow')}
          </button>
        </p>
      ) : null}
      {batch ? (
        <BatchBar
          alerts={shown.filter(({ id }) => chosen.has(id))}
          reachable={reachable}
          onChooseAll={() => setChosen(new Set(shown.filter((one) => !one.acknowledged).map(({ id }) => id)))}
          onConfirmed={onConfirmed}
        />
      ) : null}
      {shown.length === 0 ? <EmptyInbox state={address.state} /> : null}
      {TIERS.map((tier) => {
        const alerts = tierOf(shown, tier);
        if (alerts.length === 0) return null;
        return (
          <section key={tier} aria-labelledby={`tier-${tier}`} className="grid gap-2">
            <h2 id={`tier-${tier}`} className="flex items-center gap-2 text-lg font-semibold">
              {tier === 'over' ? null : <TierMark severity={tier} />}
              {t(`tiers.${tier}`)}
              <span className="text-sm font-normal text-muted tabular-nums">{alerts.length}</span>
            </h2>
            <ul className="alert-list">
              {alerts.map((alert) => (
                <AlertRow
                  key={alert.id}
                  alert={alert}
                  gone={gone.has(alert.id)}
                  unit={unit}
                  now={now}
                  reachable={reachable}
                  selected={batch ? chosen.has(alert.id) : null}
                  onSelect={(selected) => setChosen((before) => toggled(before, alert.id, selected))}
                  onConfirmed={onConfirmed}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function toggled(before: ReadonlySet<string>, id: string, selected: boolean): ReadonlySet<string> {
  const after = new Set(before);
  if (selected) after.add(id);
  else after.delete(id);
  return after;
}

/** Whether somebody is at the list, by keyboard or with a mouse. */
function isHeld(list: HTMLElement | null): boolean {
  if (!list) return false;
  return list.contains(document.activeElement) || (matchMedia('(hover: hover)').matches && list.matches(':hover'));
}
