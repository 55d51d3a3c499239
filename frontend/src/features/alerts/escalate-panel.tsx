'use client';

import { useTranslations } from 'next-intl';

interface EscalatePanelProps {
  pending: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asked once more: it wakes people. */
export function EscalatePanel({ pending, onConfirm, onCancel }: EscalatePanelProps) {
  const t = useTranslations('alerts');
  return (
    <fieldset className="grid gap-2 rounded border border-border bg-surface p-3">
      <legend className="sr-only">{t('escalating.title')}</legend>
      <p className="text-sm font-semibold" aria-hidden="true">
        {t('escalating.title')}
      </p>
      <p className="text-sm text-muted">{t('escalating.body')}</p>
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          autoFocus
          aria-disabled={pending}
          onClick={() => (pending ? undefined : onConfirm())}
          className="button button-primary"
        >
          {pending ? t('actions.acknowledging') : t('escalating.confirm')}
        </button>
        <button type="button" onClick={onCancel} className="button border-transparent bg-transparent">
          {t('actions.cancel')}
        </button>
      </div>
    </fieldset>
  );
}
