const { cos, exp, imul, log, sqrt, PI } = Math;

/**
 * sfc32 (Doty-Humphrey, PractRand): small, fast, and made of 32-bit integer operations only, so a seed gives the same
 * numbers on every machine. Streams are addressed, not stored: whoever needs chance at step n of purpose p seeds a generator
 * with (seed, p, n), so a run resumed from a saved state draws what an unbroken run would have drawn.
 */
export class Random {
  private constructor(
    private a: number,
    private b: number,
    private c: number,
    private counter: number,
  ) {}

  /** A generator of its own for every distinct list of integers. */
  static seeded(...parts: number[]): Random {
    let hash = 0x9e3779b9;
    for (const part of parts) hash = mix(imul(hash, 31) + (part | 0));
    const a = (hash = mix(hash + 0x9e3779b9));
    const b = (hash = mix(hash + 0x9e3779b9));
    const c = mix(hash + 0x9e3779b9);
    const random = new Random(a, b, c, 1);
    for (let i = 0; i < 12; i++) random.next();
    return random;
  }

  /** Uniform in [0, 1). */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  }

  uniform(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Box-Muller. */
  normal(mean = 0, sd = 1): number {
    const radius = sqrt(-2 * log(1 - this.next()));
    return mean + sd * radius * cos(2 * PI * this.next());
  }

  /** Normal, held within `limit` standard deviations. */
  truncatedNormal(mean: number, sd: number, limit = 2): number {
    return mean + sd * Math.max(-limit, Math.min(limit, this.normal()));
  }

  /** Log-normal with median 1, the given coefficient of variation, held within two standard deviations. */
  logNormal(cv: number): number {
    return exp(this.truncatedNormal(0, sqrt(log(1 + cv * cv))));
  }

  exponential(mean: number): number {
    return -mean * log(1 - this.next());
  }
}

/** The finaliser of MurmurHash3: every input bit reaches every output bit. */
function mix(value: number): number {
  let x = value | 0;
  x = imul(x ^ (x >>> 16), 0x85ebca6b);
  x = imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
