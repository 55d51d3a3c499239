import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { getImport, getImports, getPatient } from '@/api/client';
import type { ImportReport, PatientSummary } from '@/api/types';
import { PersonPage } from '@/components/layout/person-page';
import { ImportProgress } from '@/features/upload/import-progress';
import { ImportQuestions } from '@/features/upload/import-questions';
import { ImportResult } from '@/features/upload/import-result';
import { timeZonesWith } from '@/features/upload/time-zones';
import { UploadHistory } from '@/features/upload/upload-history';
import { UploadForm } from '@/features/upload/upload-form';
import { VendorHelp } from '@/features/upload/vendor-help';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('upload'))('title') };
}

/** The import's id stands in the address, so that leaving and coming back finds it where it is. */
export default async function UploadPage({ params, searchParams }: PageProps<'/patients/[id]/upload'>) {
  const [{ id }, query, t] = await Promise.all([params, searchParams, getTranslations('upload')]);
  const importId = typeof query['import'] === 'string' ? query['import'] : null;
  const [patient, report, imports] = await Promise.all([
    getPatient(id),
    importId ? getImport(importId) : null,
    importId ? [] : getImports(id),
  ]);
  return (
    <PersonPage patient={patient} title={t('title')} intro={t('intro', { name: patient.displayName })}>
      {report ? (
        <ImportState patient={patient} report={report} />
      ) : (
        <UploadForm patientId={id} timeZone={patient.timeZone} timeZones={timeZonesWith(patient.timeZone)} />
      )}
      <VendorHelp open={report === null && imports.length === 0} />
      {report ? null : <UploadHistory patientId={id} timeZone={patient.timeZone} imports={imports} />}
    </PersonPage>
  );
}

function ImportState({ patient, report }: { patient: PatientSummary; report: ImportReport }) {
  const { status, progress } = report;
  switch (status) {
    case 'queued':
    case 'running':
      return <ImportProgress importId={report.id} initial={{ status, progress }} />;
    case 'needs-input':
      return <ImportQuestions patientId={patient.id} report={report} />;
    case 'done':
    case 'refused':
      return <ImportResult patientId={patient.id} timeZone={patient.timeZone} report={report} />;
  }
}
