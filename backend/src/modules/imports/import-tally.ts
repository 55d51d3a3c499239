import type { IgnoredCode, ImportedReading, ImportedRecord } from '../../domain/import/rows.js';
import type { IngestResult } from '../readings/readings.service.js';
import type { RecordsResult } from '../records/records.service.js';
import { toFinding } from './import-batch.js';
import type { ImportDetails, RowFinding } from './import-state.js';
import type { Counts } from './imports.repository.js';

const ERRORS_KEPT = 1_000;

const AMOUNT_REFUSED = { code: 'AMOUNT_OUT_OF_RANGE', message: 'The amount is beyond what one dose or meal can be.' };

const iso = (instant: number): string => new Date(instant * 1000).toISOString();

/** What an import has found so far. Errors are kept up to a number and counted beyond. */
export class ImportTally {
  rows = 0;
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  private accepted = 0;
  private known = 0;
  private rejected = 0;
  private readonly records = { new: 0, known: 0 };
  private readonly errors: RowFinding[] = [];
  private readonly ignored = new Map<IgnoredCode, number>();

  reject(finding: RowFinding): void {
    this.rejected++;
    if (this.errors.length < ERRORS_KEPT) this.errors.push(finding);
  }

  ignore(code: IgnoredCode): void {
    this.ignored.set(code, (this.ignored.get(code) ?? 0) + 1);
  }

  stored(batch: readonly ImportedReading[], result: IngestResult): void {
    this.accepted += result.accepted;
    this.known += result.known;
    const rejected = new Set<number>();
    for (const fault of result.rejected) {
      const reading = batch[fault.index];
      rejected.add(fault.index);
      if (reading) this.reject(toFinding(reading, fault));
    }
    for (const [index, { instant }] of batch.entries()) {
      if (rejected.has(index)) continue;
      this.first = Math.min(this.first, instant);
      this.last = Math.max(this.last, instant);
    }
  }

  recorded(batch: readonly ImportedRecord[], result: RecordsResult): void {
    this.records.new += result.accepted;
    this.records.known += result.known;
    for (const { index } of result.rejected) {
      const record = batch[index];
      if (record) this.reject({ line: record.line, ...record.amountCell, ...AMOUNT_REFUSED });
    }
  }

  /** Counts; `own` is how many readings this import brought in all its attempts, where that is known. */
  counts(own = this.accepted): Counts {
    return { new: own, known: this.accepted + this.known - own, rejected: this.rejected };
  }

  details(): ImportDetails {
    const found = Number.isFinite(this.first);
    return {
      firstMeasuredAt: found ? iso(this.first) : null,
      lastMeasuredAt: found ? iso(this.last) : null,
      errors: this.errors.sort((a, b) => a.line - b.line),
      records: this.records,
      ignored: Array.from(this.ignored, ([code, count]) => ({ code, count })),
    };
  }
}
