/** From no effect on what is done about glucose to dangerous. */
export const PARKES_ZONES = ['A', 'B', 'C', 'D', 'E'] as const;
export type ParkesZone = (typeof PARKES_ZONES)[number];

type Point = readonly [referenceMgdl: number, estimateMgdl: number];

/**
 * The borders of the Parkes (consensus) error grid for type 1 diabetes, mg/dL: the corners of Pfützner, Klonoff, Pardo and
 * Parkes 2013 (10.1177/193229681300700517), which the last two of each border lead on to any height. Above `over` an
 * estimate is too high, below `under` too low; zone E has no lower part.
 */
const BORDERS: readonly { beyond: ParkesZone; over: readonly Point[]; under: readonly Point[] | null }[] = [
  {
    beyond: 'E',
    over: [
      [0, 150],
      [35, 155],
      [50, 550],
    ],
    under: null,
  },
  {
    beyond: 'D',
    over: [
      [0, 100],
      [25, 100],
      [50, 125],
      [80, 215],
      [125, 550],
    ],
    under: [
      [250, 0],
      [250, 40],
      [550, 150],
    ],
  },
  {
    beyond: 'C',
    over: [
      [0, 60],
      [30, 60],
      [50, 80],
      [70, 110],
      [260, 550],
    ],
    under: [
      [120, 0],
      [120, 30],
      [260, 130],
      [550, 250],
    ],
  },
  {
    beyond: 'B',
    over: [
      [0, 50],
      [30, 50],
      [140, 170],
      [280, 380],
      [430, 550],
    ],
    under: [
      [50, 0],
      [50, 30],
      [170, 145],
      [385, 300],
      [550, 450],
    ],
  },
];

/** The zone of an estimate against its reference, mg/dL. A point on a border belongs to the safer side. */
export function parkesZone(referenceMgdl: number, estimateMgdl: number): ParkesZone {
  for (const { beyond, over, under } of BORDERS) {
    if (estimateMgdl > heightAt(over, referenceMgdl)) return beyond;
    if (under && referenceMgdl > under[0]![0] && estimateMgdl < heightAt(under, referenceMgdl)) return beyond;
  }
  return 'A';
}

/** The height of a border; its last piece goes on without end. */
function heightAt(border: readonly Point[], reference: number): number {
  let piece = 1;
  while (piece < border.length - 1 && reference > border[piece]![0]) piece++;
  const [fromX, fromY] = border[piece - 1]!;
  const [toX, toY] = border[piece]!;
  return fromY + ((reference - fromX) / (toX - fromX)) * (toY - fromY);
}
