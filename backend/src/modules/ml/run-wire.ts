import type { MlRun } from './ml.schemas.js';
import type { Run } from './run.js';

const instant = (date: Date | null): string | null => date && date.toISOString();
const parsed = (json: string | null) => (json === null ? null : JSON.parse(json));

export const toMlRun = (run: Run): MlRun => ({
  id: run.id,
  patientId: run.patientId,
  algorithm: run.algorithm,
  status: run.status,
  progress: run.progress,
  supersededBy: run.supersededBy,
  result: parsed(run.result),
  meta: parsed(run.meta),
  timing: {
    createdAt: run.createdAt.toISOString(),
    startedAt: instant(run.startedAt),
    finishedAt: instant(run.finishedAt),
  },
});
