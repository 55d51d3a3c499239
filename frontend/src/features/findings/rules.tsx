import { getTranslations } from 'next-intl/server';
import type { MlRun, RulesResult } from '@/api/types';
import { Answer } from './answer';

export async function Rules({ run, timeZone }: { run: MlRun; timeZone: string }) {
  const t = await getTranslations('findings');
  const result = run.result as RulesResult;
  return (
    <Answer title={t('rules')} run={run} timeZone={timeZone}>
      {result.rules?.length === 0 ? <p>{t('rulesNone', { candidates: result.candidates })}</p> : null}
      {result.rules?.length > 0 ? (
        <ul className="grid gap-4">
          {result.rules.map(({ text }) => (
            <li key={text} className="max-w-prose">
              {text}
            </li>
          ))}
        </ul>
      ) : null}
    </Answer>
  );
}
