'use client';

import { useTranslations } from 'next-intl';
import { useFormAnswer } from '@/components/form/use-form-answer';
import type { UndoState } from './actions';

interface UndoImportProps {
  /** What is taken back, for those who do not see the row. */
  label: string;
  action: (previous: UndoState) => Promise<UndoState>;
}

/** Says first what taking back means. Works before the script has loaded. */
export function UndoImport({ label, action }: UndoImportProps) {
  const t = useTranslations('upload');
  const { state: problem, pending, form } = useFormAnswer<UndoState>(action, null, () => t('undoProblem'));
  return (
    <details className="max-w-prose text-left">
      <summary className="button inline-flex text-sm" aria-label={`${t('undo')} ${label}`}>
        {t('undo')}
      </summary>
      <form {...form} className="mt-2 grid gap-2">
        <p className="text-sm text-muted">{t('undoBody')}</p>
        <button
          type="submit"
          aria-disabled={pending}
          className="button min-h-11 justify-self-start border-low text-low"
        >
          {pending ? t('undoing') : t('undoConfirm')}
        </button>
        <p role="alert" className={problem ? 'text-sm text-low' : 'sr-only'}>
          {problem}
        </p>
      </form>
    </details>
  );
}
