import { getLocale, getTranslations } from 'next-intl/server';
import type { InfluencesResult, MlRun } from '@/api/types';
import { formatShare } from '@/format/percent';
import { Answer } from './answer';

export async function Influences({ run, timeZone }: { run: MlRun; timeZone: string }) {
  const [t, locale] = await Promise.all([getTranslations('findings'), getLocale()]);
  const result = run.result as InfluencesResult;
  return (
    <Answer title={t('influences')} run={run} timeZone={timeZone}>
      {result.findings?.length === 0 ? <p>{t('influencesNone', { tested: result.tested })}</p> : null}
      {result.findings?.length > 0 ? (
        <>
          <ul className="grid gap-4">
            {result.findings.map(({ exposure, outcome, lag, text, trial }) => (
              <li key={`${exposure} ${outcome} ${lag}`} className="grid gap-2">
                <p className="max-w-prose">{text}</p>
                {trial ? (
                  <details>
                    <summary className="cursor-pointer text-sm text-accent">{t('trial')}</summary>
                    <p className="mt-1 max-w-prose text-sm text-muted">{trial.text}</p>
                  </details>
                ) : null}
              </li>
            ))}
          </ul>
          <p className="text-sm text-muted">
            {t('influencesRate', { percent: formatShare(100 * result.falseDiscoveryRate, locale) })}
          </p>
        </>
      ) : null}
    </Answer>
  );
}
