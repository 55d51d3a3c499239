import { Injectable } from '@nestjs/common';
import { censoringOf, unitOf } from '../../domain/glycemia/units.js';
import type { Output, SimulatedReading } from '../../domain/simulator/events.js';
import type { Subject } from '../../domain/simulator/subject.js';
import type { NewReading } from '../readings/reading.js';
import { ReadingsService } from '../readings/readings.service.js';
import type { RecordInput, RecordKind } from '../records/record-kinds.js';
import { RecordsService } from '../records/records.service.js';
import { activityRecords, doseRecords, mealRecords, sleepRecords } from './demo-records.js';
import { DemoSimulationsRepository } from './demo-simulations.repository.js';

const ROWS_PER_BATCH = 5_000;

/** Puts what a simulation brought where real data goes, by the same services. A repeat changes nothing. */
@Injectable()
export class DemoUploadService {
  constructor(
    private readonly readings: ReadingsService,
    private readonly records: RecordsService,
    private readonly simulations: DemoSimulationsRepository,
  ) {}

  async upload(patientId: string, subject: Subject, output: Output): Promise<void> {
    const source = subject.wear.model.name;
    for (const rows of batches(output.readings.map(toReading))) {
      requireStored((await this.readings.ingest(patientId, source, rows)).rejected);
    }
    await this.store(patientId, 'insulin-doses', doseRecords(output.doses));
    await this.store(patientId, 'meals', mealRecords(output.meals));
    await this.store(patientId, 'activities', activityRecords(output.activities));
    await this.store(patientId, 'sleep', sleepRecords(output.sleep));
    await this.simulations.insertArtefacts(patientId, output.artefacts);
  }

  private async store<K extends RecordKind>(
    patientId: string,
    kind: K,
    rows: readonly RecordInput<K>[],
  ): Promise<void> {
    for (const batch of batches(rows)) requireStored((await this.records.store(patientId, kind, batch)).rejected);
  }
}

function* batches<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_BATCH) yield rows.slice(start, start + ROWS_PER_BATCH);
}

/** What the simulator makes is valid; anything refused is a mistake of ours and must not pass in silence. */
function requireStored(rejected: readonly { readonly code: string }[]): void {
  const [first] = rejected;
  if (first) throw new Error(`${rejected.length} simulated rows were refused, the first with ${first.code}`);
}

const toReading = ({ instant, tenths, flags }: SimulatedReading): NewReading => ({
  at: instant * 1000,
  tenths,
  unit: unitOf(flags),
  kind: 'cgm',
  censored: censoringOf(flags),
});
