'use client';

import { useId } from 'react';
import { useFormAnswer } from '@/components/form/use-form-answer';
import type { InvitationState } from './actions';

interface InvitationFormProps {
  action: (previous: InvitationState, form: FormData) => Promise<InvitationState>;
  labels: { code: string; accept: string; decline: string; offline: string; unavailable: string };
}

/** Works before the script has loaded: the form posts to the server action either way. */
export function InvitationForm({ action, labels }: InvitationFormProps) {
  const { state, pending, form } = useFormAnswer<InvitationState>(action, null, (sent) => ({
    code: String(sent.get('code') ?? '').trim(),
    message: navigator.onLine ? labels.unavailable : labels.offline,
  }));
  const problemId = useId();
  return (
    <form {...form} className="flex flex-wrap items-end gap-2">
      <label className="grid gap-1 text-sm font-medium">
        {labels.code}
        <input
          key={state?.code}
          className="field font-mono"
          name="code"
          autoComplete="off"
          required
          pattern="[0-9A-Za-z \-]{12,40}"
          defaultValue={state?.code}
          aria-describedby={problemId}
        />
      </label>
      <button type="submit" name="answer" value="accept" disabled={pending} className="button button-primary min-h-11">
        {labels.accept}
      </button>
      <button type="submit" name="answer" value="decline" formNoValidate disabled={pending} className="button min-h-11">
        {labels.decline}
      </button>
      <p role="alert" id={problemId} className={state ? 'basis-full text-sm text-low' : 'sr-only'}>
        {state?.message}
      </p>
    </form>
  );
}
