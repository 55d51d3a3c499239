import { chunksOf } from '../../../common/chunks.js';
import { PATIENTS_PER_EVALUATION } from './jobs.js';
import type { JobsService } from './jobs.service.js';

/** Asks for a look at the alerts of patients who are marked as due. Where the queue is away, a sweep finds them. */
export async function askToEvaluate(jobs: JobsService, patientIds: readonly string[]): Promise<void> {
  for (const some of chunksOf(patientIds, PATIENTS_PER_EVALUATION)) {
    await jobs.enqueue('alerts.evaluate', { patientIds: some }).catch(() => undefined);
  }
}
