'use server';

import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { getAlertSettings, replayAlertSettings, saveAlertSettings, type SettingsOwner } from '@/api/alert-settings';
import type { GlucoseUnit, WhatIfReport } from '@/api/types';
import { savedAddress } from '@/components/form/saved';
import { ApiProblem } from '@/session/api-problem';
import { type FormValues, formValuesOf } from './form-values';
import { type Fault, inputOf, readForm, valuesOf } from './read-form';

/** What was typed comes back with what is wrong with it, or with what it would have meant. */
export type SettingsState = {
  values: FormValues;
  faults: readonly Fault[];
  problem: string | null;
  preview: WhatIfReport | null;
} | null;

interface Target {
  readonly owner: SettingsOwner;
  readonly unit: GlucoseUnit;
  readonly address: string;
}

/**
 * The form's buttons say `save`, `preview`, `reset` (everything) or `reset:RULE`. To reset fills in what holds without
 * the choice; it counts once it is saved.
 */
export async function submitSettings(target: Target, _previous: SettingsState, form: FormData): Promise<SettingsState> {
  const { owner, unit, address } = target;
  const values = valuesOf(form);
  const [intent, rule] = (values['intent'] ?? 'save').split(':');
  let places: readonly number[] = [];
  try {
    const report = await getAlertSettings(owner, unit);
    if (intent === 'reset') {
      const below = formValuesOf(
        { ...report, ownSchedules: null, settings: report.inherited.settings },
        await getLocale(),
      );
      const filled = Object.entries(below).filter(
        ([name]) => rule === undefined || name.startsWith(`override.${rule}.`),
      );
      return { values: { ...values, ...Object.fromEntries(filled) }, faults: [], problem: null, preview: null };
    }
    const exact = unit === 'mg/dL' ? report : await getAlertSettings(owner, 'mg/dL');
    const read = readForm(values, { shown: report, exact });
    places = read.places;
    if (read.faults.length > 0) return { values, faults: read.faults, problem: null, preview: null };
    if (intent === 'preview') {
      return { values, faults: [], problem: null, preview: await replayAlertSettings(owner.id, read.change) };
    }
    await saveAlertSettings(owner, read.change);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const faults = (error.document.errors ?? []).map(({ path, message }) => ({ path: inputOf(path, places), message }));
    const t = await getTranslations('alertSettings.problems');
    const key = error.status === 403 ? 'notAllowed' : error.status === 422 ? 'refused' : 'unavailable';
    return { values, faults, problem: faults.length > 0 ? null : t(key), preview: null };
  }
  redirect(savedAddress(address, Date.now()));
}
