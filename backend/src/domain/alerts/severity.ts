/** How much an alert asks for: to be known, to be looked at, to be acted on at once. */
export const SEVERITIES = ['info', 'warning', 'urgent'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const isGraver = (one: Severity, other: Severity): boolean =>
  SEVERITIES.indexOf(one) > SEVERITIES.indexOf(other);

export const gravest = (severities: readonly Severity[]): Severity | null =>
  severities.reduce<Severity | null>((worst, one) => (worst === null || isGraver(one, worst) ? one : worst), null);
