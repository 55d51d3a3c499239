import type { ImportedReading, ImportedRecord, RowOutcome } from '../../domain/import/rows.js';
import type { VendorExport } from '../../domain/import/vendor-export.js';
import type { ReadingsService } from '../readings/readings.service.js';
import type { RecordsService } from '../records/records.service.js';
import { ImportSources, toDose, toMeal, toNewReading } from './import-batch.js';
import { FORMAT_LABELS, type ImportState } from './import-state.js';
import type { ImportTally } from './import-tally.js';

const BATCH_ROWS = 5_000;

/** Gathers what the rows of one file hold and stores it in batches. */
export class ImportSink {
  private readonly sources: ImportSources;
  private readings: ImportedReading[] = [];
  private records: ImportedRecord[] = [];

  constructor(
    private readonly services: { readonly readings: ReadingsService; readonly records: RecordsService },
    private readonly state: ImportState,
    private readonly vendorExport: VendorExport,
    private readonly tally: ImportTally,
  ) {
    this.sources = new ImportSources(vendorExport.format);
  }

  /** Takes what one row holds; true when a batch is full. */
  take(outcome: RowOutcome): boolean {
    if (outcome.reading) this.readings.push(outcome.reading);
    if (outcome.records.length > 0) this.records.push(...outcome.records);
    if (outcome.error) this.tally.reject(outcome.error);
    if (outcome.ignored) this.tally.ignore(outcome.ignored);
    return this.readings.length >= BATCH_ROWS || this.records.length >= BATCH_ROWS;
  }

  async flush(): Promise<void> {
    const { readings, records } = this;
    this.readings = [];
    this.records = [];
    if (readings.length > 0) await this.storeReadings(readings);
    if (records.length > 0) await this.storeRecords(records);
  }

  private async storeReadings(batch: readonly ImportedReading[]): Promise<void> {
    const { patientId, createdAt } = this.state;
    const rows = batch.map((reading) => toNewReading(reading, this.sources.nameFor(reading)));
    const label = FORMAT_LABELS[this.vendorExport.format];
    this.tally.stored(batch, await this.services.readings.ingest(patientId, label, rows, { receivedAt: createdAt }));
  }

  private async storeRecords(batch: readonly ImportedRecord[]): Promise<void> {
    const { format } = this.vendorExport;
    const { patientId, createdAt } = this.state;
    const doses = batch.filter((record) => record.kind === 'insulin-dose');
    const meals = batch.filter((record) => record.kind === 'meal');
    const doseRows = doses.map((record) => toDose(format, record)).filter((row) => row !== null);
    const mealRows = meals.map((record) => toMeal(format, record)).filter((row) => row !== null);
    if (doses.length > 0) {
      this.tally.recorded(
        doses,
        await this.services.records.store(patientId, 'insulin-doses', doseRows, { createdAt }),
      );
    }
    if (meals.length > 0) {
      this.tally.recorded(meals, await this.services.records.store(patientId, 'meals', mealRows, { createdAt }));
    }
  }
}
