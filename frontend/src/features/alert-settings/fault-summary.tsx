'use client';

import { useTranslations } from 'next-intl';
import { inputInWords } from './fault-in-words';

interface FaultSummaryProps {
  faults: ReadonlyMap<string, string>;
  problem: string | null;
  nameOf: (schedule: number) => string;
}

/** Everything that was refused, each with the way to its field. */
export function FaultSummary({ faults, problem, nameOf }: FaultSummaryProps) {
  const t = useTranslations('alertSettings');
  const rules = useTranslations('alerts');
  const isQuiet = faults.size === 0 && problem === null;
  return (
    <div role="alert" className={isQuiet ? 'sr-only' : 'grid gap-1 rounded border border-low p-3 text-sm text-low'}>
      {problem}
      {faults.size > 0 ? (
        <>
          <p className="font-semibold">{t('faults.title', { count: faults.size })}</p>
          <ul className="grid gap-1">
            {[...faults].map(([path, message]) => (
              <li key={path}>
                <a href={`#${path}`} className="inline-flex min-h-6 items-center underline underline-offset-2">
                  {inputInWords(path, { t, rules, nameOf })}
                </a>
                : {message}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}
