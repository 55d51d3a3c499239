import { Injectable } from '@nestjs/common';
import { LiveEvents } from './live-events.js';

/** Work about a patient that somebody may be waiting for: an analysis, an upload. */
export interface PatientJob {
  readonly patientId: string;
  readonly id: string;
}

/** Tells open pages how such work stands. The work does not depend on it: a page that is not told asks by itself. */
@Injectable()
export class JobNews {
  constructor(private readonly live: LiveEvents) {}

  async tell({ patientId, id }: PatientJob, state: string): Promise<void> {
    await this.live.tell([{ kind: 'job', patientId, jobId: id, state }]).catch(() => undefined);
  }
}
