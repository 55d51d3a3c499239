import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { undoDoubleEncoding } from '../../../src/domain/import/header-text.js';
import { readVendorFile } from '../../../src/modules/imports/vendor-file.js';
import { listed } from './samples.js';

const folder = mkdtempSync(join(tmpdir(), 'glucolens-damaged-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER =
  'Index;Zeitstempel (JJJJ-MM-TTThh:mm:ss);Ereignistyp;Ereignisuntertyp;Quellgeräte-ID;Glukosewert (mg/dL);Dauer (hh:mm:ss)';
const TEXT = [HEADER, '1;2024-01-01T00:00:00;EGW;;Gerät;100;', '2;2024-01-01T00:05:00;EGW;;Gerät;Hoch;', ''].join(
  '\r\n',
);
const READ = ['2024-01-01T00:00:00Z 100 mg/dL cgm', '2024-01-01T00:05:00Z high mg/dL cgm'];

async function read(content: Buffer) {
  const path = join(folder, 'upload');
  writeFileSync(path, content);
  const file = await readVendorFile(path, { zone: 'UTC' });
  if (file.status !== 'read') throw new Error(JSON.stringify(file));
  return file;
}

const utf8 = (text: string) => Buffer.from(text, 'utf8');

describe('encodings and damage', () => {
  it.each([
    ['UTF-8', utf8(TEXT)],
    ['UTF-8 with a byte order mark', utf8(`\ufeff${TEXT}`)],
    ['UTF-8 encoded twice, byte order mark and all', utf8(utf8(`\ufeff${TEXT}`).toString('latin1'))],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['UTF-16 without one', Buffer.from(TEXT, 'utf16le')],
    ['big-endian UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
    ['Latin-1', Buffer.from(TEXT, 'latin1')],
    ['text whose umlauts were replaced', utf8(TEXT.replaceAll('ä', '\ufffd'))],
    ['line feeds alone', utf8(TEXT.replaceAll('\r\n', '\n'))],
    ['carriage returns alone', utf8(TEXT.replaceAll('\r\n', '\r'))],
    ['tabs instead of semicolons', utf8(TEXT.replaceAll(';', '\t'))],
    ['every field in quotes', utf8(TEXT.replaceAll(/[^;\r\n]+/g, '"$&"'))],
    ['text above the header', utf8(`Exported by hand\r\n\r\n${TEXT}`)],
    [
      'cells missing at the end of rows and one too many',
      utf8(TEXT.replace('100;', '100').replace('Hoch;', 'Hoch;;;')),
    ],
    ['a stray quotation mark', utf8(TEXT.replace(';Gerät;100', ';Ger"ät;100'))],
  ])('reads %s', async (_name, content) => expect(listed(await read(content))).toEqual(READ));

  it('counts lines as an editor does, through blank lines and either line ending', async () => {
    const broken = TEXT.replace('2;2024', '\r\n\r\n2;2024').replace('Hoch', '???');
    for (const text of [broken, broken.replaceAll('\r\n', '\n')]) {
      expect((await read(utf8(text))).errors).toMatchObject([{ line: 5, value: '???', code: 'GLUCOSE_UNREADABLE' }]);
    }
  });

  it('leaves text alone that was encoded once', () => {
    for (const text of ['Gerät', 'Numéro de série', 'Glucose Value (mg/dL)', 'Ã'])
      expect(undoDoubleEncoding(text)).toBe(text);
    expect(undoDoubleEncoding('NumÃ©ro')).toBe('Numéro');
  });
});
