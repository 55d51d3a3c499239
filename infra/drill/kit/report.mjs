const COLUMNS = [
  { title: 'fault', of: (row) => row.fault },
  { title: 'what happened', of: (row) => row.happened, width: 50 },
  { title: 'back after', of: (row) => seconds(row.recoverySeconds), right: true },
  { title: 'sent', of: (row) => count(row.sent), right: true },
  { title: 'acknowledged', of: (row) => count(row.acknowledged), right: true },
  { title: 'stored', of: (row) => count(row.stored), right: true },
  { title: 'lost', of: (row) => count(row.lost), right: true },
  { title: 'doubled', of: (row) => count(row.doubled), right: true },
  { title: 'verdict', of: (row) => VERDICTS[row.verdict] },
];

const VERDICTS = { holds: 'holds', fails: 'FAILS', 'not run': 'not run' };
const NOTHING = '–';

const seconds = (value) => (value === null || value === undefined ? NOTHING : `${value.toFixed(1)} s`);
const count = (value) => (value === undefined ? NOTHING : value.toLocaleString('en-GB'));

/** Rows as an aligned table; what a fault found wrong, or why it was not run, stands below it. */
export function formatTable(rows) {
  const cells = rows.map((row) => COLUMNS.map(({ of, width }) => wrap(of(row), width)));
  const widths = COLUMNS.map(({ title }, column) =>
    Math.max(title.length, ...cells.flatMap((row) => row[column].map((line) => line.length))),
  );
  const line = (values) =>
    values
      .map((value, column) => (COLUMNS[column].right ? value.padStart(widths[column]) : value.padEnd(widths[column])))
      .join('  ')
      .trimEnd();
  const body = cells.flatMap((row) => {
    const height = Math.max(...row.map((lines) => lines.length));
    return Array.from({ length: height }, (_, index) => line(row.map((lines) => lines[index] ?? '')));
  });
  const notes = rows.flatMap(({ fault, findings }) => findings.map((finding) => `  ${fault}: ${finding}`));
  const head = [line(COLUMNS.map(({ title }) => title)), widths.map((width) => '─'.repeat(width)).join('──')];
  return [...head, ...body, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

/** Lines of at most `width` characters, broken between words. */
function wrap(text, width = Infinity) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
