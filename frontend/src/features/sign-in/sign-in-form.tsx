'use client';

import { useFormAnswer } from '@/components/form/use-form-answer';
import type { SignInState } from './actions';

interface SignInFormProps {
  action: (previous: SignInState, form: FormData) => Promise<SignInState>;
  next: string;
  labels: {
    email: string;
    password: string;
    submit: string;
    submitting: string;
    offline: string;
    unavailable: string;
  };
}

/** Works before the script has loaded: the form posts to the server action either way. */
export function SignInForm({ action, next, labels }: SignInFormProps) {
  const { state, pending, form } = useFormAnswer<SignInState>(action, null, (sent, before) => ({
    email: String(sent.get('email') ?? '').trim(),
    problem: 'unavailable',
    message: navigator.onLine ? labels.unavailable : labels.offline,
    refusals: before?.refusals ?? 0,
  }));
  const invalid = state?.problem === 'wrong-credentials';
  return (
    <form {...form} className="grid gap-4">
      <input type="hidden" name="next" value={next} />
      <p
        role="alert"
        id="sign-in-problem"
        className={state ? 'rounded border border-low p-3 text-sm text-low' : 'sr-only'}
      >
        {state?.message}
      </p>
      <label className="grid gap-1 text-sm font-medium">
        {labels.email}
        <input
          key={state?.email}
          className="field"
          type="email"
          name="email"
          autoComplete="username"
          required
          defaultValue={state?.email}
          aria-invalid={invalid}
          aria-describedby="sign-in-problem"
        />
      </label>
      <label className="grid gap-1 text-sm font-medium">
        {labels.password}
        {/* Made anew by an answer, which forgets what was refused; without one it stays as it was typed. */}
        <input
          key={state?.refusals ?? 0}
          className="field"
          type="password"
          name="password"
          autoComplete="current-password"
          required
          aria-invalid={invalid}
          aria-describedby="sign-in-problem"
        />
      </label>
      <button type="submit" disabled={pending} className="button button-primary min-h-11">
        {pending ? labels.submitting : labels.submit}
      </button>
    </form>
  );
}
