/** Items that occur together, as places in `items`, ascending; `count` transactions hold all of them. */
export interface Itemset {
  readonly places: readonly number[];
  readonly count: number;
}

export interface FrequentItemsets {
  /** Every item that occurs, sorted by its code units. */
  readonly items: readonly string[];
  readonly transactions: number;
  /** By size, then in the order of their items. */
  readonly itemsets: readonly Itemset[];
}

/**
 * Every set of items whose share of the transactions is at least `minSupport` (0..1): Eclat (Zaki 2000, 10.1109/69.846291),
 * depth first, each set carrying the transactions that hold it as bits. Exact: nothing is sampled or cut short.
 */
export function frequentItemsets(transactions: ReadonlyArray<readonly string[]>, minSupport: number): FrequentItemsets {
  const total = transactions.length;
  const { items, bits } = bitsByItem(transactions);
  const isFrequent = (count: number) => count > 0 && count / total >= minSupport;
  const itemsets: Itemset[] = [];
  const singles = items
    .map((_, place) => ({ places: [place], bits: bits[place]!, count: countOfBits(bits[place]!) }))
    .filter(({ count }) => isFrequent(count));
  // Sets that share all items but the last: any two of them join to one of the next size.
  const explore = (siblings: readonly Candidate[]): void => {
    for (const [index, left] of siblings.entries()) {
      itemsets.push({ places: left.places, count: left.count });
      const children: Candidate[] = [];
      for (let next = index + 1; next < siblings.length; next++) {
        const right = siblings[next]!;
        const count = countOfShared(left.bits, right.bits);
        if (!isFrequent(count)) continue;
        const places = [...left.places, right.places[right.places.length - 1]!];
        children.push({ places, bits: shared(left.bits, right.bits), count });
      }
      if (children.length > 0) explore(children);
    }
  };
  explore(singles);
  return { items, transactions: total, itemsets: itemsets.sort((a, b) => comparePlaces(a.places, b.places)) };
}

/** The itemsets that no larger frequent one contains, in the same order. */
export function maximalItemsets({ itemsets }: FrequentItemsets): Itemset[] {
  const contained = new Set<string>();
  for (const { places } of itemsets) {
    for (let left = 0; left < places.length; left++) contained.add(places.filter((_, at) => at !== left).join());
  }
  return itemsets.filter(({ places }) => !contained.has(places.join()));
}

/** Fewer items first, then the order of the items. */
export function comparePlaces(a: readonly number[], b: readonly number[]): number {
  return a.length - b.length || compareInOrder(a, b);
}

/** The order of the items alone: the beginning of a list stands before the list. */
export function compareInOrder(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    if (a[at] !== b[at]) return a[at]! - b[at]!;
  }
  return a.length - b.length;
}

interface Candidate extends Itemset {
  readonly bits: Int32Array;
}

function bitsByItem(transactions: ReadonlyArray<readonly string[]>): { items: string[]; bits: Int32Array[] } {
  const words = (transactions.length + 31) >>> 5;
  const bitsOf = new Map<string, Int32Array>();
  for (const [index, transaction] of transactions.entries()) {
    for (const item of transaction) {
      let bits = bitsOf.get(item);
      if (!bits) bitsOf.set(item, (bits = new Int32Array(words)));
      bits[index >>> 5]! |= 1 << (index & 31);
    }
  }
  const items = [...bitsOf.keys()].sort();
  return { items, bits: items.map((item) => bitsOf.get(item)!) };
}

/** Set bits of one word, counted in parallel. */
function onesIn(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  x = (x + (x >>> 4)) & 0x0f0f0f0f;
  return Math.imul(x, 0x01010101) >>> 24;
}

function countOfBits(bits: Int32Array): number {
  let count = 0;
  for (let word = 0; word < bits.length; word++) count += onesIn(bits[word]!);
  return count;
}

function countOfShared(a: Int32Array, b: Int32Array): number {
  let count = 0;
  for (let word = 0; word < a.length; word++) count += onesIn(a[word]! & b[word]!);
  return count;
}

function shared(a: Int32Array, b: Int32Array): Int32Array {
  const both = new Int32Array(a.length);
  for (let word = 0; word < a.length; word++) both[word] = a[word]! & b[word]!;
  return both;
}
