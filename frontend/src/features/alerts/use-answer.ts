'use client';

import { useState } from 'react';
import type { AlertWithTimeline } from '@/api/types';
import { type Answer, answerAlert, type AnswerProblem } from './answer-alert';

export interface AnswerState {
  /** What the server has not confirmed yet. */
  readonly pending: Answer['kind'] | null;
  readonly problem: AnswerProblem | null;
  readonly give: (answer: Answer) => Promise<boolean>;
}

/** Gives one answer at a time; nothing counts as done before the server's OK, which arrives at `onConfirmed`. */
export function useAnswer(
  alertId: string,
  onConfirmed: (alert: AlertWithTimeline, kind: Answer['kind']) => void,
): AnswerState {
  const [pending, setPending] = useState<Answer['kind'] | null>(null);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);

  const give = async (answer: Answer): Promise<boolean> => {
    if (pending) return false;
    setPending(answer.kind);
    setProblem(null);
    const outcome = await answerAlert(alertId, answer);
    setPending(null);
    if ('problem' in outcome) {
      setProblem(outcome.problem);
      return false;
    }
    onConfirmed(outcome.alert, answer.kind);
    return true;
  };
  return { pending, problem, give };
}
