import { type Evaluation, evaluate } from '../src/domain/alerts/evaluate.js';
import type { AlertEpisode } from '../src/domain/alerts/episode.js';
import { DEFAULT_ALERT_SETTINGS, RULE_CODES, type RuleCode } from '../src/domain/alerts/settings.js';
import { SEVERITIES } from '../src/domain/alerts/severity.js';
import { alertForecaster } from '../src/domain/forecasting/alert-forecaster.js';
import { belongsTo, eventsOf, isFalse, isPlain, type RuleTruth, type Span, TRUTHS } from './support/alert-truth.js';
import { evaluationCosts } from './support/evaluation-cost.js';
import { quantile } from './support/measure.js';
import { predictionScores } from './support/prediction-scores.js';
import { wasSeen, wearer, type Wearer } from './support/simulated-wearers.js';

const PATIENTS = 30;
const DAYS = 14;
/** What is chosen by its scores is chosen on other people: `BENCH_FIRST_SEED=5000`. */
const FIRST_SEED = Number(process.env['BENCH_FIRST_SEED'] ?? 4_000);
/** 2024-03-04, a Monday; the fortnight holds a change to daylight saving time in America. */
const FROM = Date.UTC(2024, 2, 4) / 1000;

interface Watched {
  readonly wearer: Wearer;
  readonly evaluation: Evaluation;
}

function watch(one: Wearer): Watched {
  const evaluation = evaluate({
    series: one.series,
    quietAt: null,
    settings: [{ from: Number.NEGATIVE_INFINITY, settings: DEFAULT_ALERT_SETTINGS, schedules: [] }],
    zones: one.zones,
    outages: [],
    forecaster: alertForecaster(one.zones),
    now: FROM + DAYS * 86_400,
  });
  return { wearer: one, evaluation };
}

const spanOf = ({ openedAt, lastAt }: AlertEpisode): Span => ({ from: openedAt, to: lastAt });
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const LOWS: readonly RuleCode[] = ['urgent-low', 'low', 'predicted-low', 'rapid-fall'];
const HIGHS: readonly RuleCode[] = ['very-high', 'high'];

/** Rules about the same: whoever hears one of them knows. */
const situationOf = (code: RuleCode): readonly RuleCode[] =>
  [LOWS, HIGHS].find((some) => some.includes(code)) ?? [code];

function scoreOf(code: RuleCode, watched: readonly Watched[], patientDays: number): object {
  const truth: RuleTruth | undefined = TRUTHS[code];
  const situation = situationOf(code);
  const delays: number[] = [];
  let episodes = 0;
  let events = 0;
  let heard = 0;
  let plain = 0;
  let plainFound = 0;
  let falsely = 0;
  let underPressure = 0;
  for (const { wearer: one, evaluation } of watched) {
    const own = evaluation.episodes.filter(({ rule }) => rule === code).map(spanOf);
    const related = evaluation.episodes.filter(({ rule }) => situation.includes(rule)).map(spanOf);
    episodes += own.length;
    if (!truth) continue;
    for (const event of eventsOf(one.truth, truth).filter((span) => wasSeen(one, span))) {
      events++;
      const first = own.find((alert) => belongsTo(event, alert, truth));
      if (first) delays.push((first.from - event.from) / 60);
      heard += Number(related.some((alert) => belongsTo(event, alert, truth)));
      if (!isPlain(one.truth, event, truth)) continue;
      plain++;
      plainFound += Number(first !== undefined);
    }
    const wrong = own.filter((alert) => isFalse(one.truth, alert, truth));
    falsely += wrong.length;
    underPressure += wrong.filter((alert) => isUnderPressure(one, alert)).length;
  }
  return {
    rule: code,
    episodesADay: episodes / patientDays,
    ...(truth && {
      events,
      sensitivity: share(delays.length, events),
      sensitivityPlain: share(plainFound, plain),
      foundByAnyRule: share(heard, events),
      medianDelayMinutes: quantile(delays, 0.5),
      falseADay: falsely / patientDays,
      falseUnderPressureADay: underPressure / patientDays,
    }),
  };
}

const isUnderPressure = ({ artefacts }: Wearer, { from }: Span): boolean =>
  artefacts.some(({ kind, from: begins, until }) => kind === 'compression-low' && from >= begins && from <= until);

/** Lows that opened under pressure against those that carry the mark. */
function compressionScore(watched: readonly Watched[]): object {
  let pressed = 0;
  let marked = 0;
  let both = 0;
  for (const { wearer: one, evaluation } of watched) {
    for (const episode of evaluation.episodes) {
      if (episode.rule !== 'low' && episode.rule !== 'urgent-low') continue;
      const really = isUnderPressure(one, spanOf(episode));
      pressed += Number(really);
      marked += Number(episode.suspectedCompression);
      both += Number(really && episode.suspectedCompression);
    }
  }
  return { rule: 'mark of compression on lows', pressed, precision: share(both, marked), recall: share(both, pressed) };
}

function soundingScores(watched: readonly Watched[], patientDays: number): object[] {
  const all = watched.flatMap(({ evaluation }) => evaluation.soundings);
  return SEVERITIES.map((severity) => ({
    rule: `soundings, ${severity}`,
    soundingsADay: all.filter((sounding) => sounding.severity === severity).length / patientDays,
  }));
}

/** Alerts of people whose true glucose is known, with the settings nobody has chosen. */
export function run(): Promise<object[]> {
  const seeds = Array.from({ length: PATIENTS }, (_, index) => FIRST_SEED + index);
  const wearers = seeds.map((seed, place) => wearer(place, seed, FROM, DAYS));
  const watched = wearers.map(watch);
  const patientDays = PATIENTS * DAYS;
  return Promise.resolve([
    ...RULE_CODES.filter((code) => DEFAULT_ALERT_SETTINGS[code].enabled && code !== 'finding').map((code) =>
      scoreOf(code, watched, patientDays),
    ),
    ...soundingScores(watched, patientDays),
    compressionScore(watched),
    ...predictionScores(wearers, FROM + DAYS * 86_400),
    ...evaluationCosts(wearers),
    { rule: 'patient-days', patientDays, seeds: `${seeds[0]} to ${seeds.at(-1)}` },
  ]);
}
