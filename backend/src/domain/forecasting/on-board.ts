/** Insulin, carbohydrate and activity that somebody noted. Instants in seconds since the epoch; each list ascends. */
export interface NotedIntake {
  /** Rapid insulin: boluses and corrections, U. */
  readonly doses: ReadonlyArray<{ readonly instant: number; readonly units: number }>;
  readonly meals: ReadonlyArray<{ readonly instant: number; readonly carbsGrams: number }>;
  readonly activities: ReadonlyArray<{ readonly from: number; readonly until: number }>;
}

export const NOTHING_NOTED: NotedIntake = { doses: [], meals: [], activities: [] };

/** What a person noted, as it is kept. */
interface KeptRecords {
  readonly doses: ReadonlyArray<{
    readonly instant: number;
    readonly type: string | null;
    readonly units: number | null;
  }>;
  readonly meals: ReadonlyArray<{ readonly instant: number; readonly carbsGrams: number | null }>;
  readonly activities: ReadonlyArray<{ readonly from: number; readonly until: number | null }>;
}

/**
 * What of it counts. Long-acting insulin is in what glucose does every day; what was noted without its amount, or its
 * end, says nothing of how much.
 */
export const intakeOf = ({ doses, meals, activities }: KeptRecords): NotedIntake => ({
  doses: doses.flatMap(({ instant, type, units }) => (type === 'basal' || units === null ? [] : [{ instant, units }])),
  meals: meals.flatMap(({ instant, carbsGrams }) => (carbsGrams === null ? [] : [{ instant, carbsGrams }])),
  activities: activities.flatMap(({ from, until }) => (until === null ? [] : [{ from, until }])),
});

const INSULIN_MINUTES = 360;
const INSULIN_PEAK_MINUTES = 75;
const CARBS_PEAK_MINUTES = 40;
const LATELY_MINUTES = 30;
const FRESH_MINUTES = 15;
const ACTIVE_MINUTES = 60;
/** Further back nothing counts. */
export const INTAKE_SECONDS = INSULIN_MINUTES * 60;

const TAU =
  (INSULIN_PEAK_MINUTES * (1 - INSULIN_PEAK_MINUTES / INSULIN_MINUTES)) /
  (1 - (2 * INSULIN_PEAK_MINUTES) / INSULIN_MINUTES);
const RISE = (2 * TAU) / INSULIN_MINUTES;
const SCALE = 1 / (1 - RISE + (1 + RISE) * Math.exp(-INSULIN_MINUTES / TAU));

/**
 * The share of a dose of rapid insulin that has acted after so many minutes: the exponential curve of open-source pump
 * controllers, strongest after 75 minutes, over after six hours.
 */
export function insulinActed(minutes: number): number {
  if (minutes <= 0) return 0;
  if (minutes >= INSULIN_MINUTES) return 1;
  const curve = minutes ** 2 / (TAU * INSULIN_MINUTES * (1 - RISE)) - minutes / TAU - 1;
  return SCALE * (1 - RISE) * (curve * Math.exp(-minutes / TAU) + 1);
}

/** The share of carbohydrate that was absorbed: two compartments, fastest after 40 minutes (Hovorka et al. 2004). */
export const carbsAbsorbed = (minutes: number): number =>
  minutes <= 0 ? 0 : 1 - Math.exp(-minutes / CARBS_PEAK_MINUTES) * (1 + minutes / CARBS_PEAK_MINUTES);

/** What is to act until a step, what acted lately, and what was just taken: units, or tens of grams. */
interface OnBoard {
  readonly toCome: number;
  readonly lately: number;
  readonly fresh: number;
}

function onBoard(
  taken: readonly { readonly instant: number; readonly amount: number }[],
  acted: (minutes: number) => number,
  instant: number,
  minutes: number,
): OnBoard {
  let [toCome, lately, fresh] = [0, 0, 0];
  for (const one of taken) {
    const age = (instant - one.instant) / 60;
    if (age < 0 || age > INSULIN_MINUTES) continue;
    toCome += one.amount * (acted(age + minutes) - acted(age));
    lately += one.amount * (acted(age) - acted(age - LATELY_MINUTES));
    if (age <= FRESH_MINUTES) fresh += one.amount;
  }
  return { toCome, lately, fresh };
}

export const INTAKE_INPUTS = 10;

/**
 * What a correction so many minutes ahead sees of what was noted until an instant, and how that goes with where glucose is
 * and where it was going. All zero where nothing was noted.
 * @param slope mg/dL in the last quarter of an hour
 */
export function intakeInputs(
  { doses, meals, activities }: NotedIntake,
  { instant, lastMgdl, slope }: { readonly instant: number; readonly lastMgdl: number; readonly slope: number },
  minutes: number,
): number[] {
  const units = doses.map((dose) => ({ instant: dose.instant, amount: dose.units }));
  const tens = meals.map((meal) => ({ instant: meal.instant, amount: meal.carbsGrams / 10 }));
  const insulin = onBoard(units, insulinActed, instant, minutes);
  const carbs = onBoard(tens, carbsAbsorbed, instant, minutes);
  const active = activities.reduce((sum, { from, until }) => {
    const [begun, ended] = [(instant - from) / 60, (instant - until) / 60];
    return sum + Math.max(0, Math.min(ACTIVE_MINUTES, begun) - Math.max(0, ended));
  }, 0);
  return [
    insulin.toCome,
    carbs.toCome,
    insulin.lately,
    carbs.lately,
    insulin.fresh,
    carbs.fresh,
    active / ACTIVE_MINUTES,
    carbs.toCome * (slope / 20),
    insulin.toCome * (slope / 20),
    insulin.toCome * ((lastMgdl - 120) / 100),
  ];
}

/** The part of it that counts at an instant: the last six hours. Of what is later nothing. */
export function notedAt({ doses, meals, activities }: NotedIntake, instant: number): NotedIntake {
  const since = instant - INTAKE_SECONDS;
  return {
    doses: between(doses, since, instant),
    meals: between(meals, since, instant),
    activities: activities.filter(({ from, until }) => from <= instant && until >= since),
  };
}

/** By bisection: a person notes thousands in six weeks, and each moment asks. */
function between<T extends { readonly instant: number }>(list: readonly T[], since: number, until: number): T[] {
  const firstAfter = (instant: number): number => {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (list[middle]!.instant < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return list.slice(firstAfter(since), firstAfter(until + 1));
}
