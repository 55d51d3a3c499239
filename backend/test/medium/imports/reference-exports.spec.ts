import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openImports } from './setup.js';

jest.setTimeout(120_000);

const FIXTURES = resolve(process.env['REFERENCE_DATA'] ?? join(__dirname, '../../../../../shared'), 'fixtures');
const present = existsSync(FIXTURES);

/** File, field separator, and what makes a line of it a reading. Counted by awk and by PostgreSQL, not by the parser. */
const CASES: readonly (readonly [file: string, separator: string, isReading: string])[] = [
  ['dexcom-clarity/cgm_format_G6_android_mgdl_brokenBOM.csv', ',', '$3=="EGV"||$3=="Calibration"'],
  ['dexcom-clarity/cgm_format_bigideas_synthetic_Dexcom_001.csv', ',', '$3=="EGV"||$3=="Calibration"'],
  ['dexcom-clarity/cgm_format_bigideas_synthetic_Dexcom_003.csv', ',', '$3=="EGV"||$3=="Calibration"'],
  ['dexcom-clarity/cgmanalysis_G5_2018_tabdelim_deid.txt', '\t', '$3=="EGV"||$3=="Calibration"'],
  ['libreview/cgm_format_libre3_5min_mgdl_UK.csv', ',', 'NR>2&&$5!=""'],
  ['libreview/cgmanalysis_clinic_2018_mgdl_3headerrows_deid.csv', ',', 'NR>3&&$3!=""'],
];

let on: Awaited<ReturnType<typeof openImports>>;
beforeAll(async () => {
  on = await openImports();
});
afterAll(() => on.close());

if (!present) console.warn(`${CASES.length} imports of real exports were not run: REFERENCE_DATA is absent`);

const suite = present ? describe : describe.skip;
suite(`real exports${present ? '' : ` (${CASES.length} not run: REFERENCE_DATA is absent)`}`, () => {
  it.each(CASES)('%s is stored reading by reading, and known the second time', async (file, separator, isReading) => {
    const path = join(FIXTURES, file);
    const program = `${isReading}{n++} END{print n}`;
    const lines = Number(execFileSync('awk', [`-F${separator}`, program, path], { encoding: 'utf8' }));
    const patient = await on.newPatient('Europe/London');
    const first = await on.importFile(patient, path);
    const stored = (await on.stored(patient)).length;
    process.stdout.write(`${file}: awk '${program}' ${lines}, stored ${stored}\n`);
    expect(lines).toBeGreaterThan(0);
    expect(stored).toBe(lines);
    expect(first).toMatchObject({ status: 'done', counts: { new: lines, known: 0, rejected: 0 } });
    expect((await on.importFile(patient, path)).counts).toEqual({ new: 0, known: lines, rejected: 0 });
  });
});
