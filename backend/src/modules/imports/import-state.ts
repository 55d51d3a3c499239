import type { DateOrder } from '../../domain/import/device-time.js';
import type { ExportFormat } from '../../domain/import/vendor-export.js';
import type { ImportReport, ImportSummary } from './imports.schemas.js';

export type ImportStatus = ImportSummary['status'];

/** A row error as it is stored and shown. */
export type RowFinding = ImportReport['errors'][number];

/** What is known of an import beside its counts. */
export interface ImportDetails {
  readonly firstMeasuredAt?: string | null;
  readonly lastMeasuredAt?: string | null;
  readonly questions?: ImportReport['questions'];
  readonly errors?: readonly RowFinding[];
  readonly ignored?: ImportReport['ignored'];
  readonly records?: ImportReport['records'];
  readonly refusal?: { readonly code: string; readonly message: string } | null;
}

export interface ImportState {
  readonly id: string;
  readonly patientId: string;
  readonly status: ImportStatus;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly undoneAt: Date | null;
  readonly timeZone: string | null;
  readonly dateOrder: DateOrder | null;
  /** How often a job was queued for it. */
  readonly runs: number;
  readonly format: ExportFormat | null;
  readonly progress: number;
  readonly newCount: number;
  readonly knownCount: number;
  readonly rejectedCount: number;
  readonly details: ImportDetails;
}

export const FORMAT_LABELS: Readonly<Record<ExportFormat, string>> = {
  'dexcom-clarity': 'Dexcom Clarity',
  libreview: 'LibreView',
};

export function toSummary(state: ImportState): ImportSummary {
  const { details } = state;
  return {
    id: state.id,
    patientId: state.patientId,
    status: state.status,
    format: state.format,
    label: state.format ? FORMAT_LABELS[state.format] : 'Export file',
    createdAt: state.createdAt.toISOString(),
    finishedAt: state.finishedAt?.toISOString() ?? null,
    undoneAt: state.undoneAt?.toISOString() ?? null,
    progress: state.progress,
    counts: { new: state.newCount, known: state.knownCount, rejected: state.rejectedCount },
    firstMeasuredAt: details.firstMeasuredAt ?? null,
    lastMeasuredAt: details.lastMeasuredAt ?? null,
    refusal: details.refusal ?? null,
  };
}

/** The reason for a refusal stands among the errors too, at the first line: whoever reads them alone finds it. */
const refusalFinding = ({ refusal }: ImportDetails): RowFinding[] =>
  refusal ? [{ line: 1, column: '', value: '', ...refusal }] : [];

export const toReport = (state: ImportState): ImportReport => ({
  ...toSummary(state),
  timeZone: state.timeZone,
  dateOrder: state.dateOrder,
  questions: state.details.questions ?? [],
  errors: [...refusalFinding(state.details), ...(state.details.errors ?? [])],
  ignored: state.details.ignored ?? [],
  records: state.details.records ?? { new: 0, known: 0 },
});
