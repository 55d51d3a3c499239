'use client';

import { createContext, useContext } from 'react';
import type { AlertSettingsReport } from '@/api/types';
import type { FormValues } from './form-values';

export interface FormContext {
  readonly values: FormValues;
  /** What is wrong, in words, by the name of the input. */
  readonly faults: ReadonlyMap<string, string>;
  readonly report: AlertSettingsReport;
  /** What holds where nothing is chosen. */
  readonly below: 'clinic' | 'default';
}

export const SettingsContext = createContext<FormContext | null>(null);

export function useForm(): FormContext {
  const form = useContext(SettingsContext);
  if (!form) throw new Error('a field of the alert settings stands outside of their form');
  return form;
}
