const { exp, sin, PI } = Math;

const gaussian = (hour: number, centre: number, width: number): number => {
  // The clock is a circle: 23:30 is one hour before 00:30.
  const distance = ((hour - centre + 36) % 24) - 12;
  return exp((-distance * distance) / (2 * width * width));
};

/** Insulin sensitivity over the local day (1 = usual): lowest in the morning, slightly low at dusk, best after midnight. */
export const dailySensitivity = (hour: number): number =>
  1 - 0.18 * gaussian(hour, 7, 2.4) - 0.06 * gaussian(hour, 18.5, 2) + 0.06 * gaussian(hour, 1, 2.5);

/** Endogenous production over the local day: the dawn rise of `dawn` (0.15-0.30) around 06:20. */
export const dawnProduction = (hour: number, dawn: number): number => 1 + dawn * gaussian(hour, 6.3, 1.7);

/** The +-5 % oscillations of three hours that Wilinska et al. 2010 lay over the parameters; phase in turns. */
export const oscillation = (minutes: number, phase: number): number => 1 + 0.05 * sin(2 * PI * (minutes / 180 + phase));
