const COLUMNS = [
  { title: 'fault', of: (row) => row.fault },
  { title: 'what happened', of: (row) => row.happened, text: true },
  { title: 'back after', short: 'back', of: (row) => seconds(row.recoverySeconds), right: true },
  { title: 'sent', of: (row) => count(row.sent), right: true },
  { title: 'acknowledged', short: 'acked', of: (row) => count(row.acknowledged), right: true },
  { title: 'stored', of: (row) => count(row.stored), right: true },
  { title: 'lost', of: (row) => count(row.lost), right: true },
  { title: 'doubled', short: 'twice', of: (row) => count(row.doubled), right: true },
  { title: 'verdict', of: (row) => VERDICTS[row.verdict] },
];

const VERDICTS = { holds: 'holds', fails: 'FAILS', 'not run': 'not run' };
const NOTHING = '–';
const GAP = '  ';
/** What happened stands in a column of its own where it gets at least this much, else below its row. */
const TEXT_WIDTH = { least: 28, most: 50 };

const seconds = (value) => (value === null || value === undefined ? NOTHING : `${value.toFixed(1)} s`);
const count = (value) => (value === undefined ? NOTHING : value.toLocaleString('en-GB'));

/** Rows as an aligned table; what a fault found wrong, or why it was not run, stands below it. */
export function formatTable(rows, width = 120) {
  const table = wideTable(rows, width) ?? narrowTable(rows, width);
  const notes = rows.flatMap(({ fault, findings }) =>
    findings.flatMap((finding) => indented(`${fault}: ${finding}`, width, ['  ', '    '])),
  );
  return [...table, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

/** Null where it would be wider than the screen. */
function wideTable(rows, width) {
  const others = COLUMNS.filter(({ text }) => !text);
  const taken = widthsOf(others, rows).reduce((sum, one) => sum + one + GAP.length, 0);
  const room = Math.min(TEXT_WIDTH.most, width - taken);
  if (room < TEXT_WIDTH.least) return null;
  return aligned(COLUMNS, rows, room);
}

/** Short titles, and what happened in lines of its own. */
function narrowTable(rows, width) {
  const columns = COLUMNS.filter(({ text }) => !text).map(({ short, title, ...rest }) => ({
    ...rest,
    title: short ?? title,
  }));
  const [head, rule, ...lines] = aligned(columns, rows);
  return [
    head,
    rule,
    ...lines.flatMap((line, index) => [line, ...indented(rows[index].happened, width, ['  ', '  '])]),
  ];
}

function aligned(columns, rows, room) {
  const cells = rows.map((row) => columns.map(({ of, text }) => wrap(of(row), text ? room : Infinity)));
  const widths = columns.map(({ title }, column) =>
    Math.max(title.length, ...cells.flatMap((row) => row[column].map((line) => line.length))),
  );
  const line = (values) =>
    values
      .map((value, column) => (columns[column].right ? value.padStart(widths[column]) : value.padEnd(widths[column])))
      .join(GAP)
      .trimEnd();
  const body = cells.flatMap((row) => {
    const height = Math.max(...row.map((lines) => lines.length));
    return Array.from({ length: height }, (_, index) => line(row.map((lines) => lines[index] ?? '')));
  });
  return [line(columns.map(({ title }) => title)), widths.map((one) => '─'.repeat(one)).join('──'), ...body];
}

const widthsOf = (columns, rows) =>
  columns.map(({ title, of }) => Math.max(title.length, ...rows.map((row) => of(row).length)));

const indented = (text, width, [first, rest]) =>
  wrap(text, width - rest.length).map((line, index) => (index === 0 ? first : rest) + line);

/** Lines of at most `width` characters, broken between words. */
function wrap(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
