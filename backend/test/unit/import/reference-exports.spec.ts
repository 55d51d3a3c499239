import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readVendorFile } from '../../../src/modules/imports/vendor-file.js';
import { at } from './samples.js';

jest.setTimeout(60_000);

const FIXTURES = resolve(process.env['REFERENCE_DATA'] ?? join(__dirname, '../../../../../shared'), 'fixtures');

interface Case {
  readonly file: string;
  /** Prints the number of sensor readings, and of those outside the sensor's range, without any of our code. */
  readonly count: readonly [command: string, ...args: string[]];
  readonly firstReading: string;
  readonly lastReading: string;
}

const CASES: readonly Case[] = [
  {
    file: 'dexcom-clarity/cgm_format_G6_android_mgdl_brokenBOM.csv',
    count: ['awk', '-F,', '$3=="EGV"{n++; if($8=="Low"||$8=="High")c++} END{print n, c+0}'],
    firstReading: '1961-04-12T00:56:47Z',
    lastReading: '1961-04-25T18:52:23Z',
  },
  {
    file: 'dexcom-clarity/cgm_format_bigideas_synthetic_Dexcom_001.csv',
    count: ['awk', '-F,', '$3=="EGV"{n++; if($8=="Low"||$8=="High")c++} END{print n, c+0}'],
    firstReading: '2020-02-13T17:50:00Z',
    lastReading: '2020-02-13T18:10:00Z',
  },
  {
    file: 'dexcom-clarity/cgm_format_bigideas_synthetic_Dexcom_003.csv',
    count: ['awk', '-F,', '$3=="EGV"{n++; if($8=="Low"||$8=="High")c++} END{print n, c+0}'],
    firstReading: '2020-02-22T10:50:00Z',
    lastReading: '2020-02-22T11:00:00Z',
  },
  {
    file: 'dexcom-clarity/cgmanalysis_G5_2018_tabdelim_deid.txt',
    count: ['awk', '-F\t', '$3=="EGV"{n++; if($4=="Low"||$4=="High")c++} END{print n, c+0}'],
    firstReading: '2018-11-01T00:02:05Z',
    lastReading: '2018-11-06T01:31:50Z',
  },
  {
    file: 'libreview/cgm_format_libre3_5min_mgdl_UK.csv',
    count: ['awk', '-F,', 'NR>2 && $4=="0" && $5!=""{n++} END{print n, 0}'],
    firstReading: '1961-04-12T22:30:00Z',
    lastReading: '1961-04-27T21:10:00Z',
  },
  {
    file: 'libreview/cgmanalysis_clinic_2018_mgdl_3headerrows_deid.csv',
    count: ['awk', '-F,', 'NR>3 && $3!=""{n++} END{print n, 0}'],
    firstReading: '2018-08-01T12:00:00Z',
    lastReading: '2018-08-15T09:59:00Z',
  },
];

const AMBIGUOUS = [
  'libreview/glyco_tiny_sample_mmol_pseudonymised.csv',
  'libreview/glyco_tiny_sample_delimiter_mmol_pseudonymised.csv',
];
const REFUSED = ['carelink', 'glooko', 'nightscout', 'tidepool'];

const present = existsSync(FIXTURES);
const cases = CASES.length + AMBIGUOUS.length + REFUSED.length;
if (!present) console.warn(`${cases} cases with real exports were not run: REFERENCE_DATA is absent`);
const suite = present ? describe : describe.skip;

suite(`real exports${present ? '' : ` (${cases} not run: REFERENCE_DATA is absent)`}`, () => {
  it.each(CASES)('$file imports every sensor reading', async ({ file, count, firstReading, lastReading }) => {
    const [command, ...args] = count;
    const path = join(FIXTURES, file);
    const output = execFileSync(command, [...args, path], { encoding: 'utf8' }).trim();
    const [readings, censored] = output.split(' ').map(Number);
    const read = await readVendorFile(path, { zone: 'UTC' });
    if (read.status !== 'read') throw new Error(JSON.stringify(read));
    const sensor = read.readings.filter((reading) => reading.kind === 'cgm');
    process.stdout.write(`${file}\n  ${command} ${args.join(' ')}\n  text: ${output}   parser: ${sensor.length}\n`);
    expect(readings).toBeGreaterThan(0);
    expect(sensor).toHaveLength(readings ?? 0);
    expect(sensor.filter((reading) => reading.censored !== null)).toHaveLength(censored ?? 0);
    expect(read.errors).toEqual([]);
    expect(new Set(sensor.map((reading) => reading.instant)).size).toBe(sensor.length);
    const instants = sensor.map((reading) => reading.instant);
    expect([at(Math.min(...instants)), at(Math.max(...instants))]).toEqual([firstReading, lastReading]);
  });

  it.each(AMBIGUOUS)('%s asks for the order of day and month', async (file) => {
    const path = join(FIXTURES, file);
    expect(await readVendorFile(path, { zone: 'UTC' })).toMatchObject({
      status: 'needs-date-order',
      format: 'libreview',
    });
    const lines = Number(execFileSync('grep', ['-c', 'FreeStyle', path], { encoding: 'utf8' }));
    const read = await readVendorFile(path, { zone: 'UTC', dateOrder: 'DMY' });
    expect(read.status === 'read' ? read.readings.length : null).toBe(lines);
  });

  it.each(REFUSED)('refuses every file of %s', async (folder) => {
    for (const name of readdirSync(join(FIXTURES, folder))) {
      expect(await readVendorFile(join(FIXTURES, folder, name), { zone: 'UTC' })).toMatchObject({ status: 'refused' });
    }
  });
});
