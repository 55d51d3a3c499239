import { SERVING_NAMES, type ServingName } from './model.js';

/** One forecast that has met its value, with the absolute error in mg/dL that each model would have made. */
export interface ScoredForecast {
  /** Seconds since the epoch at which it was made. */
  readonly at: number;
  readonly errorsMgdl: Readonly<Partial<Record<ServingName, number>>>;
}

/** From which model to which, and when: seconds since the epoch. */
export interface ModelSwitch {
  readonly from: ServingName;
  readonly to: ServingName;
  readonly at: number;
}

export interface ModelChoice {
  readonly model: ServingName;
  readonly reason: 'too-few-scored' | 'best' | 'not-better-enough';
  /** Forecasts of the last 14 days on which all models were scored. */
  readonly scored: number;
  readonly maeMgdl: Readonly<Partial<Record<ServingName, number>>>;
  /** Set where the choice differs from what served before: to be kept and shown. */
  readonly switched: ModelSwitch | null;
}

export const CHOICE_DAYS = 14;
export const CHOICE_NEEDED = 500;
/** A larger model comes back only where it is better by this share, so that two equals do not take turns. */
const MARGIN = 0.01;

/**
 * Which model serves a person from now on: the one with the least mean absolute error over their last 14 days, judged on
 * the same forecasts. Below 500 of those nothing changes. A simpler model takes over as soon as the larger is not better.
 * @param current what serves now
 * @param now seconds since the epoch; what was made later is not looked at
 */
export function chooseModel(current: ServingName, scored: readonly ScoredForecast[], now: number): ModelChoice {
  const recent = scored.filter(({ at }) => at <= now && at > now - CHOICE_DAYS * 86_400);
  // What has spoken for a day or two alone does not keep the others from being compared.
  const names = SERVING_NAMES.filter(
    (name) => recent.filter(({ errorsMgdl }) => errorsMgdl[name] !== undefined).length >= CHOICE_NEEDED,
  );
  const shared = recent.filter(({ errorsMgdl }) => names.every((name) => errorsMgdl[name] !== undefined));
  if (shared.length < CHOICE_NEEDED || !names.includes(current)) {
    return { model: current, reason: 'too-few-scored', scored: shared.length, maeMgdl: {}, switched: null };
  }
  const errors = names.map((name) => ({
    name,
    mae: shared.reduce((sum, { errorsMgdl }) => sum + errorsMgdl[name]!, 0) / shared.length,
  }));
  // The first of equals is the simplest.
  const best = errors.reduce((least, one) => (one.mae < least.mae ? one : least));
  const serving = errors.find(({ name }) => name === current)!;
  const isLarger = SERVING_NAMES.indexOf(best.name) > SERVING_NAMES.indexOf(current);
  const stays = isLarger && best.mae > serving.mae * (1 - MARGIN);
  const model = stays ? current : best.name;
  return {
    model,
    reason: stays ? 'not-better-enough' : 'best',
    scored: shared.length,
    maeMgdl: Object.fromEntries(errors.map(({ name, mae }) => [name, mae])),
    switched: model === current ? null : { from: current, to: model, at: now },
  };
}
