import type { AlertSeverity, AlertWithTimeline } from '@/api/types';

/** What a person can do about an alert. */
export type Answer =
  | { readonly kind: 'acknowledge'; readonly seen: AlertSeverity }
  | { readonly kind: 'snooze'; readonly minutes: number }
  | { readonly kind: 'end-snooze' }
  | { readonly kind: 'escalate' }
  | { readonly kind: 'mark-false' }
  | { readonly kind: 'unmark-false' };

/** Why the server's OK is missing. `unreachable`: whether it was carried out is not known. */
export type AnswerProblem = 'graver' | 'over' | 'gone' | 'notAllowed' | 'session' | 'unreachable' | 'failed';

export type Outcome = { readonly alert: AlertWithTimeline } | { readonly problem: AnswerProblem };

const PATIENCE_MS = 15_000;

const PROBLEM_OF_CODE: Readonly<Record<string, AnswerProblem>> = { ALERT_GRAVER: 'graver', ALERT_OVER: 'over' };
const PROBLEM_OF_STATUS: Readonly<Record<number, AnswerProblem>> = {
  401: 'session',
  403: 'notAllowed',
  404: 'gone',
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
};

/** Resolves once the server has confirmed or refused. Nothing on the screen may change before that. */
export async function answerAlert(alertId: string, answer: Answer): Promise<Outcome> {
  const { method, path, body } = requestOf(answer);
  try {
    const response = await fetch(`/api/v1/alerts/${encodeURIComponent(alertId)}/${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) return { alert: (await response.json()) as AlertWithTimeline };
    const problem = (await response.json().catch(() => null)) as { code?: string } | null;
    const known = PROBLEM_OF_CODE[problem?.code ?? ''] ?? PROBLEM_OF_STATUS[response.status];
    return { problem: known ?? 'failed' };
  } catch {
    return { problem: 'unreachable' };
  }
}

function requestOf(answer: Answer): { method: 'POST' | 'DELETE'; path: string; body?: object } {
  switch (answer.kind) {
    case 'acknowledge':
      return { method: 'POST', path: 'acknowledge', body: { severity: answer.seen } };
    case 'snooze':
      return { method: 'POST', path: 'snooze', body: { minutes: answer.minutes } };
    case 'end-snooze':
      return { method: 'DELETE', path: 'snooze' };
    case 'escalate':
      return { method: 'POST', path: 'escalate' };
    case 'mark-false':
      return { method: 'POST', path: 'mark-false' };
    case 'unmark-false':
      return { method: 'DELETE', path: 'mark-false' };
  }
}
