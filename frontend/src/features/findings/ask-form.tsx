'use client';

import { useTranslations } from 'next-intl';
import { useFormAnswer } from '@/components/form/use-form-answer';
import type { LookState } from './actions';

interface AskFormProps {
  action: (previous: LookState) => Promise<LookState>;
  children: string;
  /** In words that stand for themselves, where the button's are short. */
  label?: string;
  className?: string;
  buttonClassName?: string;
}

/** Asks a record something. Works before the script has loaded. */
export function AskForm({ action, children, label, className = '', buttonClassName = '' }: AskFormProps) {
  const t = useTranslations('findings');
  const { state: problem, pending, form } = useFormAnswer<LookState>(action, null, () => t('problem'));
  return (
    <form {...form} className={`no-print grid justify-items-start gap-2 ${className}`}>
      <button type="submit" aria-disabled={pending} aria-label={label} className={`button min-h-11 ${buttonClassName}`}>
        {pending ? t('asking') : children}
      </button>
      <p role="alert" className={problem ? 'text-sm text-low' : 'sr-only'}>
        {problem}
      </p>
    </form>
  );
}
