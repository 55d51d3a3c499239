import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Metrics } from '../../../src/common/metrics/metrics.js';
import { ImportPartsRepository } from '../../../src/modules/imports/import-parts.repository.js';
import { ImportRunner } from '../../../src/modules/imports/import-runner.js';
import { toReport } from '../../../src/modules/imports/import-state.js';
import { ImportsRepository } from '../../../src/modules/imports/imports.repository.js';
import type { UploadFields } from '../../../src/modules/imports/imports.schemas.js';
import { JobNews } from '../../../src/modules/live/job-news.js';
import { LiveEvents } from '../../../src/modules/live/live-events.js';
import { RecordsRepository } from '../../../src/modules/records/records.repository.js';
import { RecordsService } from '../../../src/modules/records/records.service.js';
import { openReadings } from '../readings/setup.js';

export const SAMPLES = join(__dirname, '../../samples');

/** Imports on a real database, run by hand. */
export async function openImports(options: Parameters<typeof openReadings>[0] = {}) {
  const on = await openReadings(options);
  const { dataSource, clock, readings, days } = on;
  const imports = new ImportsRepository(dataSource);
  const parts = new ImportPartsRepository(dataSource);
  const records = new RecordsService(new RecordsRepository(dataSource), clock);
  const metrics = new Metrics();
  const news = new JobNews(new LiveEvents(dataSource, clock));
  const runner = new ImportRunner(clock, imports, parts, readings, days, records, news, metrics);
  const folder = mkdtempSync(join(tmpdir(), 'glucolens-imports-'));

  const store = async (patientId: string, path: string, fields: UploadFields = {}) => {
    const key = { id: randomUUID(), patientId };
    await dataSource.transaction(async (manager) => {
      await imports.insert(manager, {
        ...key,
        createdBy: null,
        createdAt: clock.now(),
        sha256: createHash('sha256').update(readFileSync(path)).digest(),
        byteSize: statSync(path).size,
        timeZone: fields.timeZone ?? null,
        dateOrder: fields.dateOrder ?? null,
      });
      await parts.store(manager, key, path);
    });
    return key.id;
  };
  const report = async (id: string) => {
    const state = await imports.find(id);
    if (!state) throw new Error('the import is gone');
    return toReport(state);
  };
  return {
    ...on,
    imports,
    parts,
    runner,
    metrics,
    news,
    records,
    store,
    report,
    /** Stores a file, imports it and answers the report. */
    async importFile(patientId: string, path: string, fields: UploadFields = {}) {
      const id = await store(patientId, path, fields);
      await runner.run(id);
      return report(id);
    },
    writeFile(text: string): string {
      const path = join(folder, randomUUID());
      writeFileSync(path, text);
      return path;
    },
    /** `time tenths flags source` of everything stored, ascending. */
    async stored(patientId: string): Promise<string[]> {
      const rows = await dataSource.query<{ text: string }[]>(
        `SELECT concat_ws(' ', to_char(measured_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'), tenths, flags, s.name) AS text
         FROM glucose_readings r JOIN sources s ON s.patient_id = r.patient_id AND s.id = r.source_id
         WHERE r.patient_id = $1 ORDER BY measured_at, source_id`,
        [patientId],
      );
      return rows.map((row) => row.text);
    },
    async bytesKept(id: string): Promise<number> {
      const [row] = await dataSource.query<{ count: number }[]>(
        'SELECT count(*)::int AS count FROM import_parts WHERE import_id = $1',
        [id],
      );
      return row?.count ?? 0;
    },
    async close() {
      rmSync(folder, { recursive: true });
      await dataSource.destroy();
    },
  };
}

export const CLARITY_HEADER =
  'Index,Timestamp (YYYY-MM-DDThh:mm:ss),Event Type,Event Subtype,Source Device ID,Glucose Value (mg/dL)';

/** A Clarity export of `rows` readings, five minutes apart from 2025-01-01 on, and whatever lines follow. */
export function clarityExport(rows: number, more: readonly string[] = []): string {
  const start = Date.UTC(2025, 0, 1);
  const lines = Array.from({ length: rows }, (_, row) => {
    const time = new Date(start + row * 300_000).toISOString().slice(0, 19);
    return `${row},${time},EGV,,phone A,${80 + (row % 120)}`;
  });
  return [CLARITY_HEADER, ...lines, ...more, ''].join('\n');
}
