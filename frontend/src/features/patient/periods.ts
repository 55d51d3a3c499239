export const PERIODS = [7, 14, 30, 90] as const;
export type Period = (typeof PERIODS)[number];
export const DEFAULT_PERIOD: Period = 14;

export function parsePeriod(value: string | string[] | undefined): Period {
  return PERIODS.find((days) => String(days) === value) ?? DEFAULT_PERIOD;
}
