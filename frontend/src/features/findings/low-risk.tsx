import { getTranslations } from 'next-intl/server';
import type { LowRisksResult, MlRun } from '@/api/types';
import { Answer } from './answer';

/** How likely the next fortnight brings more lows than goals allow, why, and how far to trust it. */
export async function LowRisk({ run, timeZone }: { run: MlRun; timeZone: string }) {
  const t = await getTranslations('patterns');
  const { risks = [], isNot } = run.result as Partial<LowRisksResult>;
  return (
    <Answer title={t('riskTitle')} run={run} timeZone={timeZone}>
      <ul className="grid gap-4">
        {risks.map(({ name, text, trust }) => (
          <li key={name} className="grid gap-1">
            <p className="max-w-prose">{text}</p>
            <p className="max-w-prose text-sm text-muted">{trust}</p>
          </li>
        ))}
      </ul>
      <p className="max-w-prose text-sm text-muted">{isNot}</p>
    </Answer>
  );
}
