import type { AlertEvidence } from '../../domain/alerts/evidence.js';
import type { RuleCode } from '../../domain/alerts/settings.js';
import type { SilentPart } from '../../domain/alerts/uploader-silence.js';
import type { Severity } from '../../domain/alerts/severity.js';
import { censoringOf, unitOf } from '../../domain/glycemia/units.js';
import { isTimeZone } from '../../domain/time/zone.js';

/** Every word that leaves GlucoLens about an alert, by key, so that another language is another such object. */
const ENGLISH = {
  private: 'GlucoLens: an alert needs you',
  privateText: 'Open GlucoLens to see it.',
  test: 'GlucoLens: this is a test',
  testText: 'Alerts will reach you here.',
  code: (code: string) => ({
    title: `${code} is your GlucoLens code`,
    text: `Enter ${code} in GlucoLens to receive alerts at this address. It is good for 15 minutes.\n\nIf you asked for no code, somebody mistyped an address: ignore this message.`,
  }),
  severity: { urgent: 'Urgent', warning: 'Warning', info: 'Note' } satisfies Record<Severity, string>,
  rule: {
    'urgent-low': 'glucose is urgently low',
    low: 'glucose is low',
    high: 'glucose is high',
    'very-high': 'glucose is very high',
    'rapid-fall': 'glucose is falling fast',
    'rapid-rise': 'glucose is rising fast',
    'predicted-low': 'a low is expected soon',
    'predicted-high': 'a high is expected soon',
    'no-data': 'no readings are coming in',
    'sensor-error': 'the sensor reports an error',
    finding: 'there is a new finding',
  } satisfies Record<RuleCode, string>,
  value: (value: string, unit: string, time: string) => `${value} ${unit} at ${time}`,
  silent: {
    sensor: 'The sensor is silent; the uploader still reports.',
    uploader: 'The uploader is silent.',
  } satisfies Record<SilentPart, string>,
  lastValue: (value: string, unit: string, time: string) => `Last reading ${value} ${unit} at ${time}`,
} as const;

export interface AlertFacts {
  readonly patientDisplayName: string;
  readonly rule: RuleCode;
  readonly severity: Severity;
  readonly evidence: AlertEvidence;
}

export interface Words {
  readonly title: string;
  readonly text: string;
}

/** What is said where the person chose nothing else: a locked phone on a table tells nobody anything. */
export const privateWords = (): Words => ({ title: ENGLISH.private, text: ENGLISH.privateText });

export const testWords = (): Words => ({ title: ENGLISH.test, text: ENGLISH.testText });

export const codeWords = (code: string): Words => ENGLISH.code(code);

/** Who, what, and the reading that opened the alert, in its own unit and at the time of the recipient's clock. */
export function fullWords({ patientDisplayName, rule, severity, evidence }: AlertFacts, timeZone: string): Words {
  const title = `${ENGLISH.severity[severity]}: ${patientDisplayName}, ${ENGLISH.rule[rule]}`;
  const last = evidence.samples.at(-1);
  if (!last) return { title, text: ENGLISH.privateText };
  const [at, tenths, flags] = last;
  const unit = unitOf(flags);
  const bound = { low: '≤ ', high: '≥ ', none: '' }[censoringOf(flags) ?? 'none'];
  const value = `${bound}${(tenths / 10).toFixed(unit === 'mg/dL' && tenths % 10 === 0 ? 0 : 1)}`;
  const say = rule === 'no-data' ? ENGLISH.lastValue : ENGLISH.value;
  const said = say(value, unit, timeOf(at, timeZone));
  return { title, text: evidence.uploader ? `${ENGLISH.silent[evidence.uploader.silent]} ${said}` : said };
}

/** Says its zone. */
const timeOf = (seconds: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(seconds * 1000);
