'use client';

import { useTranslations } from 'next-intl';
import type { Escalation, EscalationStep } from '@/api/types';
import { useFormAnswer } from '@/components/form/use-form-answer';
import type { ReachState } from './actions';

interface ChainFormProps {
  action: (previous: ReachState, form: FormData) => Promise<ReachState>;
  chain: Escalation;
  mayChange: boolean;
}

const RECIPIENTS: readonly EscalationStep['to'][] = ['patient', 'followers', 'on-call'];
const SEVERITIES: readonly EscalationStep['least'][] = ['info', 'warning', 'urgent'];
const MOST_STEPS = 10;

/** Who is told when nobody has answered, step by step, and whose choice that is. */
export function ChainForm({ action, chain, mayChange }: ChainFormProps) {
  const t = useTranslations('reach');
  const { state, pending, form } = useFormAnswer<ReachState>(action, null, (sent) => ({
    values: Object.fromEntries([...sent].filter((one): one is [string, string] => typeof one[1] === 'string')),
    faults: {},
    problem: t('problems.unavailable'),
    done: false,
  }));
  const stored = Object.fromEntries(
    chain.steps.flatMap(({ afterMinutes, to, least }, row) => [
      [`steps.${row}.afterMinutes`, String(afterMinutes)],
      [`steps.${row}.to`, to],
      [`steps.${row}.least`, least],
    ]),
  );
  const values: Readonly<Record<string, string>> = state?.values ?? stored;
  const rows = Math.min(MOST_STEPS, chain.steps.length + 1);
  const fault = (path: string) => state?.faults[path];
  return (
    <form {...form} className="grid gap-3">
      <fieldset disabled={!mayChange} className="contents">
        <p className="text-sm text-muted">{t(`chain.source.${chain.source}`)}</p>
        <ol key={JSON.stringify(values)} className="grid gap-3">
          {Array.from({ length: rows }, (_, row) => (
            <li key={row}>
              <fieldset className="flex flex-wrap items-start gap-3 text-sm">
                <legend className="sr-only">{t('chain.step', { number: row + 1 })}</legend>
                <label className="grid gap-1 font-medium">
                  {t('chain.after')}
                  <input
                    name={`steps.${row}.afterMinutes`}
                    defaultValue={values[`steps.${row}.afterMinutes`] ?? ''}
                    placeholder={t('chain.noStep')}
                    inputMode="numeric"
                    autoComplete="off"
                    aria-invalid={fault(`steps.${row}.afterMinutes`) !== undefined}
                    aria-describedby={`chain-${row}`}
                    className="field min-h-9 w-32 tabular-nums"
                  />
                </label>
                <label className="grid gap-1 font-medium">
                  {t('chain.to')}
                  <select
                    name={`steps.${row}.to`}
                    defaultValue={values[`steps.${row}.to`] ?? 'followers'}
                    aria-describedby={`chain-${row}`}
                    className="field min-h-9 w-48"
                  >
                    {RECIPIENTS.map((to) => (
                      <option key={to} value={to}>
                        {t(`chain.recipients.${to}`)}
                      </option>
                    ))}
                  </select>
                </label>
                <label className="grid gap-1 font-medium">
                  {t('chain.least')}
                  <select
                    name={`steps.${row}.least`}
                    defaultValue={values[`steps.${row}.least`] ?? 'warning'}
                    className="field min-h-9 w-44"
                  >
                    {SEVERITIES.map((severity) => (
                      <option key={severity} value={severity}>
                        {t(`chain.severities.${severity}`)}
                      </option>
                    ))}
                  </select>
                </label>
                <p id={`chain-${row}`} className="basis-full text-low empty:hidden">
                  {fault(`steps.${row}.afterMinutes`) ?? fault(`steps.${row}.to`) ?? fault(`steps.${row}`)}
                </p>
              </fieldset>
            </li>
          ))}
        </ol>
        {mayChange ? (
          <div className="flex flex-wrap items-center gap-2">
            <button type="submit" name="intent" value="save" aria-disabled={pending} className="button button-primary">
              {t(pending ? 'working' : 'chain.save')}
            </button>
            {chain.source === 'own' ? (
              <button type="submit" name="intent" value="inherit" aria-disabled={pending} className="button">
                {t(`chain.inherit.${chain.inherited.source}`)}
              </button>
            ) : null}
          </div>
        ) : null}
        <p
          role={state?.problem ? 'alert' : 'status'}
          className={`text-sm ${state?.problem ? 'text-low' : 'text-in-range'}`}
        >
          {state?.problem ? `${state.problem} ${state.faults['steps'] ?? ''}` : state?.done ? t('saved') : null}
        </p>
      </fieldset>
    </form>
  );
}
