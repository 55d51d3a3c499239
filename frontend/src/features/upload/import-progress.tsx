'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useImportProgress } from './use-import-progress';

interface ImportProgressProps {
  importId: string;
  initial: { status: 'queued' | 'running'; progress: number };
}

export function ImportProgress({ importId, initial }: ImportProgressProps) {
  const t = useTranslations('upload');
  const router = useRouter();
  const { status, progress, lost } = useImportProgress(importId, initial, () => router.refresh());
  return (
    <section className="card grid gap-3" aria-labelledby="import-progress">
      <h2 id="import-progress" className="text-lg font-semibold">
        {t('progress')}
      </h2>
      <progress className="import-progress" max={1} value={progress} aria-labelledby="import-progress" />
      <p role="status" className="text-sm text-muted tabular-nums">
        {lost ? t('lost') : status === 'queued' ? t('waiting') : t('progressDone', { percent: progress })}
      </p>
    </section>
  );
}
