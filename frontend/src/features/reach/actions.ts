'use server';

import { refresh } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { type ChainOwner, inheritEscalation, saveEscalation, setFollower } from '@/api/reach';
import type { EscalationStep } from '@/api/types';
import { ApiProblem } from '@/session/api-problem';

/** What was typed comes back with what is wrong with it, by the name of the input. */
export type ReachState = {
  values: Readonly<Record<string, string>> | null;
  faults: Readonly<Record<string, string>>;
  problem: string | null;
  done: boolean;
} | null;

const DONE: ReachState = { values: null, faults: {}, problem: null, done: true };
/** One row more than a chain may have would be refused by the API. */
const MOST_STEPS = 10;

/** The form of a chain: `save` keeps its rows, `inherit` gives the own choice up. A row without a number is none. */
export async function submitChain(owner: ChainOwner, _previous: ReachState, form: FormData): Promise<ReachState> {
  const values: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === 'string' && !name.startsWith('$')) values[name] = value;
  const steps: EscalationStep[] = [];
  const rows: number[] = [];
  for (let row = 0; row <= MOST_STEPS; row += 1) {
    const minutes = values[`steps.${row}.afterMinutes`]?.trim();
    if (!minutes) continue;
    rows.push(row);
    steps.push({
      afterMinutes: Number(minutes.replace(',', '.')),
      to: values[`steps.${row}.to`] as EscalationStep['to'],
      least: values[`steps.${row}.least`] as EscalationStep['least'],
    });
  }
  return confirmed(
    () => (form.get('intent') === 'inherit' ? inheritEscalation(owner) : saveEscalation(owner, steps)),
    values,
    rows,
  );
}

/** Has somebody told of a patient's alerts, or not any more. */
export async function submitFollower(
  patientId: string,
  userId: string,
  follows: boolean,
  _previous: ReachState,
): Promise<ReachState> {
  return confirmed(() => setFollower(patientId, userId, follows), {}, []);
}

async function confirmed(
  act: () => Promise<void>,
  values: Record<string, string>,
  rows: readonly number[],
): Promise<ReachState> {
  const t = await getTranslations('reach.problems');
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const faults = Object.fromEntries(
      (error.document.errors ?? []).map(({ path, message }) => [
        path.replace(/^steps\.(\d+)/, (_, index: string) => `steps.${rows[Number(index)] ?? index}`),
        message,
      ]),
    );
    const key = error.status === 403 ? 'notAllowed' : error.status === 422 ? 'refused' : 'unavailable';
    return { values, faults, problem: t(key), done: false };
  }
  refresh();
  return DONE;
}
