interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** A go that takes longer keeps nobody else waiting: the next one begins beside it. */
const PATIENCE_MS = 250;

/**
 * Does in one go what is asked for while the go before is under way: one thing at a time where it is quiet, many where it
 * is busy, and never later than the work itself takes.
 */
export class Gathered<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private isUnderWay = false;

  /**
   * @param most how many in one go
   * @param work answers for each item, in their order; where it throws, it throws for all of them
   */
  constructor(
    private readonly most: number,
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
  ) {}

  ask(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.isUnderWay) return;
      this.isUnderWay = true;
      // What else arrived with it comes along.
      setImmediate(() => void this.run());
    });
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) await inTime(this.go(this.waiting.splice(0, this.most)));
    this.isUnderWay = false;
  }

  private async go(taken: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.work(taken.map(({ item }) => item));
      for (const [index, { resolve }] of taken.entries()) resolve(results[index] as Result);
    } catch (error) {
      for (const { reject } of taken) reject(error);
    }
  }
}

/** Resolves when the work has ended, or has taken so long that others are not to wait for it. */
async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
  await Promise.race([work, late]);
  clearTimeout(timer);
}
