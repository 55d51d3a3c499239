'use client';

import { useTranslations } from 'next-intl';
import type { Alert } from '@/api/types';
import { AnswerProblemNote } from './answer-problem-note';
import { EscalatePanel } from './escalate-panel';
import { useRuleInWords } from './rule-in-words';
import { SnoozeAlert } from './snooze-alert';
import type { AnswerState } from './use-answer';

export type OpenPanel = 'snooze' | 'escalate' | null;

interface AlertActionsProps {
  alert: Alert;
  answer: AnswerState;
  panel: OpenPanel;
  onPanel: (panel: OpenPanel) => void;
  /** False while the server cannot be reached: an answer that nobody gets must not look possible. */
  reachable: boolean;
  now: number;
}

/** What can be done about one alert. Buttons stay where they are and keep the focus while the server is asked. */
export function AlertActions({ alert, answer, panel, onPanel, reachable, now }: AlertActionsProps) {
  const t = useTranslations('alerts');
  const { pending, problem, give } = answer;
  const isOpen = alert.state === 'open';
  const rule = useRuleInWords(alert);
  const name = alert.patientDisplayName;
  const blocked = pending !== null || !reachable;
  const acknowledging = pending === 'acknowledge';
  if (alert.state === 'voided') return null;

  const button = (action: Parameters<typeof t>[0], onPress: () => void, extra: object = {}, tone = '') => (
    <button
      type="button"
      aria-disabled={blocked}
      aria-label={t('actions.of', { action: t(action), name, rule })}
      onClick={() => (blocked ? undefined : onPress())}
      className={`button px-3 ${tone}`}
      {...extra}
    >
      {t(action)}
    </button>
  );

  return (
    <>
      <div className="flex flex-wrap items-center gap-2 lg:justify-end">
        {alert.acknowledged
          ? null
          : button(
              acknowledging ? 'actions.acknowledging' : 'actions.acknowledge',
              () => void give({ kind: 'acknowledge', seen: alert.severity }),
              {},
              isOpen ? 'button-primary' : '',
            )}
        {isOpen && !alert.snoozedUntil
          ? button('actions.snooze', () => onPanel(panel === 'snooze' ? null : 'snooze'), {
              'aria-expanded': panel === 'snooze',
            })
          : null}
        {isOpen && alert.snoozedUntil ? button('actions.endSnooze', () => void give({ kind: 'end-snooze' })) : null}
        {isOpen
          ? button('actions.escalate', () => onPanel(panel === 'escalate' ? null : 'escalate'), {
              'aria-expanded': panel === 'escalate',
            })
          : null}
        {alert.markedFalse
          ? button('actions.unmarkFalse', () => void give({ kind: 'unmark-false' }))
          : button('actions.markFalse', () => void give({ kind: 'mark-false' }))}
      </div>
      <div className="col-span-full grid gap-2 empty:hidden">
        {panel === 'snooze' ? (
          <SnoozeAlert alert={alert} answer={answer} now={now} onClose={() => onPanel(null)} />
        ) : null}
        {panel === 'escalate' ? (
          <EscalatePanel
            pending={pending === 'escalate'}
            onConfirm={() => void give({ kind: 'escalate' }).then((done) => done && onPanel(null))}
            onCancel={() => onPanel(null)}
          />
        ) : null}
        <AnswerProblemNote problem={problem} />
      </div>
    </>
  );
}
