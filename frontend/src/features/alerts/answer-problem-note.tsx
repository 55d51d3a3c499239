'use client';

import { useTranslations } from 'next-intl';
import type { AnswerProblem } from './answer-alert';

/** Why an answer did not count. */
export function AnswerProblemNote({ problem }: { problem: AnswerProblem | null }) {
  const t = useTranslations('alerts');
  return problem ? (
    <p role="alert" className="rounded border border-low p-2 text-sm text-low">
      {t(`problems.${problem}`)}
    </p>
  ) : null;
}
