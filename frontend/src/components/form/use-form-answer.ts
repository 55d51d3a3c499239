'use client';

import { unstable_rethrow } from 'next/navigation';
import { type FormEvent, startTransition, useActionState, useState, useTransition } from 'react';

interface FormAnswer<State> {
  readonly state: State;
  readonly pending: boolean;
  /** What the form takes: an action for before the script has loaded, and what the script does in its place. */
  readonly form: {
    readonly action: (form: FormData) => void;
    readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  };
}

/**
 * `useActionState` for a form that stays as it was filled in, also where its request is lost: without a network the
 * action of a form would end in the error page, and all that was typed with it. `lost` says what is told then, in the
 * place of what was told before.
 */
export function useFormAnswer<State>(
  action: (previous: State, form: FormData) => Promise<State>,
  initial: Awaited<State>,
  lost: (form: FormData, before: Awaited<State>) => State,
): FormAnswer<State> {
  const [posted, submit] = useActionState(action, initial);
  const [answer, setAnswer] = useState<{ readonly state: State } | null>(null);
  const [pending, start] = useTransition();
  const state = answer ? answer.state : posted;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const { submitter } = event.nativeEvent as SubmitEvent;
    const form = new FormData(event.currentTarget, submitter);
    start(async () => {
      const next = await action(state, form).catch((error: unknown) => {
        unstable_rethrow(error);
        return lost(form, state as Awaited<State>);
      });
      startTransition(() => setAnswer({ state: next }));
    });
  };
  return { state, pending, form: { action: submit, onSubmit } };
}
