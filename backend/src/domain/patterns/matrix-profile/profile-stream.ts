import { distancesTo } from './distance-profile.js';
import type { Comparison } from './pair-distance.js';
import type { Profile } from './profile.js';
import { type SelfJoinOptions, selfJoin } from './self-join.js';
import { windowsOf } from './windows.js';

export interface StreamOptions extends SelfJoinOptions {
  /** Whether the oldest sample leaves when one is appended. */
  readonly egress?: boolean;
}

/** The nearest neighbours of a window, nearest first. */
interface Row {
  readonly distances: number[];
  readonly indices: number[];
}

/**
 * A matrix profile that is kept up to date while samples arrive (STAMPI of Yeh et al., "Matrix Profile I", ICDM 2016):
 * each new window is compared with all before it, and every one of them learns of it. Indices count from the first
 * sample of the stream, also once that has left. A neighbour that has left is still named, as STUMPY does.
 */
export class ProfileStream {
  private readonly samples: number[];
  private readonly zone: number;
  private readonly k: number;
  private readonly comparison: Comparison;
  private readonly egress: boolean;
  private readonly nearestRows: Row[];
  private readonly leftRows: Row[];
  /** Samples that have left. */
  private gone = 0;

  /** @throws ParameterError that names `m`, `k` or `zone`. */
  constructor(
    series: ArrayLike<number>,
    private readonly m: number,
    { egress = false, ...options }: StreamOptions = {},
  ) {
    const { nearest, left, zone, comparison } = selfJoin(series, m, options);
    this.samples = Array.from(series);
    this.zone = zone;
    this.k = nearest.k;
    this.comparison = comparison;
    this.egress = egress;
    this.nearestRows = rowsOf(nearest);
    this.leftRows = rowsOf(left);
  }

  /** Takes in the next sample, NaN where it is missing. As much work as comparing one window with all others. */
  append(sample: number): void {
    this.samples.push(sample);
    if (this.egress) {
      this.gone++;
      for (const oldest of [this.samples, this.nearestRows, this.leftRows]) oldest.shift();
    }
    const windows = windowsOf(this.samples, this.m);
    const last = windows.count - 1;
    const distances = distancesTo(windows, last, windows, this.comparison);
    const own: Row = { distances: Array<number>(this.k).fill(Infinity), indices: Array<number>(this.k).fill(-1) };
    for (let window = 0; window < last - this.zone; window++) {
      insert(this.nearestRows[window]!, distances[window]!, this.gone + last);
      insert(own, distances[window]!, this.gone + window);
    }
    this.nearestRows.push(own);
    this.leftRows.push({ distances: [...own.distances], indices: [...own.indices] });
  }

  /** The profile of the windows that are still there. */
  get nearest(): Profile {
    return this.profileFrom(this.nearestRows);
  }

  /** Among the windows that began before each. */
  get left(): Profile {
    return this.profileFrom(this.leftRows);
  }

  private profileFrom(rows: readonly Row[]): Profile {
    return {
      k: this.k,
      distances: Float64Array.from(rows.flatMap(({ distances }) => distances)),
      indices: Int32Array.from(rows.flatMap(({ indices }) => indices)),
    };
  }
}

const rowsOf = ({ k, distances, indices }: Profile): Row[] =>
  Array.from({ length: distances.length / k }, (_, window) => ({
    distances: [...distances.subarray(window * k, (window + 1) * k)],
    indices: [...indices.subarray(window * k, (window + 1) * k)],
  }));

/** Puts a neighbour at its place if it is nearer than the furthest that is held. */
function insert({ distances, indices }: Row, distance: number, index: number): void {
  let place = distances.length - 1;
  if (!(distance < distances[place]!)) return;
  for (; place > 0 && distances[place - 1]! > distance; place--) {
    distances[place] = distances[place - 1]!;
    indices[place] = indices[place - 1]!;
  }
  distances[place] = distance;
  indices[place] = index;
}
