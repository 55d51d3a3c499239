import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { settleDateOrder } from '../../domain/import/date-order.js';
import type { DateOrder } from '../../domain/import/device-time.js';
import { ExportImporter } from '../../domain/import/importer.js';
import { alwaysIn } from '../../domain/time/zone-history.js';
import { JobNews } from '../live/job-news.js';
import { DaysRepository } from '../readings/days.repository.js';
import { ReadingsService } from '../readings/readings.service.js';
import { RecordsService } from '../records/records.service.js';
import { type ExportFile, openExportFile } from './export-file.js';
import { ImportPartsRepository } from './import-parts.repository.js';
import { ImportSink } from './import-sink.js';
import type { ImportState } from './import-state.js';
import { ImportTally } from './import-tally.js';
import { ImportsRepository } from './imports.repository.js';

/** Reads an uploaded file into the readings. May be killed at any point and run again: nothing is lost or doubled. */
@Injectable()
export class ImportRunner {
  constructor(
    private readonly clock: Clock,
    private readonly imports: ImportsRepository,
    private readonly parts: ImportPartsRepository,
    private readonly readings: ReadingsService,
    private readonly days: DaysRepository,
    private readonly records: RecordsService,
    private readonly news: JobNews,
    private readonly metrics: Metrics,
  ) {}

  async run(importId: string): Promise<void> {
    const state = await this.imports.find(importId);
    if (!state || (state.status !== 'queued' && state.status !== 'running')) return;
    await this.imports.start(state);
    await this.news.tell(state, 'running');

    const file = await openExportFile(this.parts.bytesOf(state));
    if ('refusal' in file) {
      await this.imports.refuse(state, this.clock.now(), { refusal: file.refusal });
      await this.tell(state, 'refused');
      return this.parts.remove(state);
    }
    const dateOrder = settleDateOrder(file.dates, state.dateOrder);
    if (dateOrder === null) {
      const samples = file.dates.status === 'ambiguous' ? [...file.dates.samples] : [];
      const questions = [{ code: 'date-order' as const, samples }];
      await this.imports.ask(state, file.vendorExport.format, { questions });
      return this.tell(state, 'needs-input');
    }
    const tally = await this.readAll(state, file, dateOrder);
    const own = await this.imports.countOwnReadings(state, tally.first, tally.last);
    await this.imports.finish(state, this.clock.now(), tally.counts(own), tally.details());
    await this.tell(state, 'done');
    // The readings are stored and the report says what else there was: no reason to keep the person's file.
    await this.parts.remove(state);
  }

  /** Ends an import whose job has failed for good. What it stored until then stays. */
  async giveUp(importId: string): Promise<void> {
    const state = await this.imports.find(importId);
    if (!state || (state.status !== 'queued' && state.status !== 'running')) return;
    const message = 'Something went wrong here while the file was read. Upload it again: nothing is stored twice.';
    await this.imports.refuse(state, this.clock.now(), { refusal: { code: 'IMPORT_FAILED', message } });
    await this.tell(state, 'failed');
    await this.parts.remove(state);
  }

  private async tell(state: ImportState, outcome: 'done' | 'refused' | 'needs-input' | 'failed'): Promise<void> {
    this.metrics.count('glucolens_imports_total', { outcome });
    // What has failed is refused to whoever uploaded it.
    await this.news.tell(state, outcome === 'failed' ? 'refused' : outcome);
  }

  private async readAll(state: ImportState, file: ExportFile, dateOrder: DateOrder): Promise<ImportTally> {
    const { vendorExport, rowCount, dates } = file;
    const zones = state.timeZone ? alwaysIn(state.timeZone) : await this.days.zonesOf(state.patientId);
    const importer = new ExportImporter(vendorExport, { zones, dateOrder, descending: dates.descending[dateOrder] });
    const tally = new ImportTally();
    const services = { readings: this.readings, records: this.records };
    const sink = new ImportSink(services, state, vendorExport, tally);
    const advance = () =>
      this.imports.advance(state, vendorExport.format, tally.rows / Math.max(1, rowCount), tally.counts());
    await advance();
    // One batch is being stored while the next is read.
    let storing: Promise<void> = Promise.resolve();
    const store = async () => {
      await sink.flush();
      await advance();
    };
    for await (const row of file.rows()) {
      if (row.line > vendorExport.headerLine) tally.rows++;
      if (!sink.take(importer.push(row))) continue;
      await storing;
      storing = store();
      // Whether it failed is asked where it is awaited.
      storing.catch(() => undefined);
    }
    await storing;
    await sink.flush();
    // Also where the file held no reading that could be stored.
    await this.readings.noteContact(state.patientId, state.createdAt);
    return tally;
  }
}
