'use client';

import { Upload } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';

interface UploadFormProps {
  patientId: string;
  timeZone: string;
  timeZones: readonly string[];
}

type Problem = 'noFile' | 'tooLarge' | 'failed' | 'session' | 'notAllowed';

const PROBLEM_OF_STATUS: Record<number, Problem> = { 401: 'session', 403: 'notAllowed', 413: 'tooLarge' };

/** Sends the file straight through to the API; what it holds is read there. */
export function UploadForm({ patientId, timeZone, timeZones }: UploadFormProps) {
  const t = useTranslations('upload');
  const router = useRouter();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const file = form.get('file');
    if (!(file instanceof File) || file.size === 0) return setProblem('noFile');
    setSending(true);
    setProblem(null);
    try {
      // Fields before the file: a streaming reader has to know the zone before the first row.
      const body = new FormData();
      body.set('timeZone', String(form.get('timeZone')));
      body.set('file', file);
      const response = await fetch(`/api/v1/patients/${patientId}/imports`, { method: 'POST', body });
      if (!response.ok) return setProblem(PROBLEM_OF_STATUS[response.status] ?? 'failed');
      const { id } = (await response.json()) as { id: string };
      router.push(`/patients/${patientId}/upload?import=${id}`);
    } catch {
      setProblem('failed');
    } finally {
      setSending(false);
    }
  };

  return (
    <form onSubmit={send} className="card grid gap-5" noValidate>
      <p role="alert" className={problem ? 'rounded border border-low p-3 text-sm text-low' : 'sr-only'}>
        {problem ? t(`problems.${problem}`) : ''}
      </p>
      <div className="grid gap-1">
        <label htmlFor="upload-file" className="text-sm font-medium">
          {t('file')}
        </label>
        <input
          id="upload-file"
          name="file"
          type="file"
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          aria-describedby="upload-file-help"
          className="w-full rounded border border-control bg-bg p-1.5 text-sm file:mr-3 file:min-h-8 file:cursor-pointer file:rounded file:border-0 file:bg-surface file:px-3 file:font-medium file:text-text"
        />
        <p id="upload-file-help" className="text-sm text-muted">
          {t('choose')}
        </p>
      </div>
      <div className="grid gap-1">
        <label htmlFor="upload-zone" className="text-sm font-medium">
          {t('zone')}
        </label>
        <select
          id="upload-zone"
          name="timeZone"
          defaultValue={timeZone}
          aria-describedby="upload-zone-help"
          className="field text-sm"
        >
          {timeZones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
        <p id="upload-zone-help" className="text-sm text-muted">
          {t('zoneHelp')}
        </p>
      </div>
      <button type="submit" disabled={sending} className="button button-primary min-h-11 justify-self-start">
        <Upload size={16} aria-hidden="true" />
        {sending ? t('sending') : t('submit')}
      </button>
    </form>
  );
}
