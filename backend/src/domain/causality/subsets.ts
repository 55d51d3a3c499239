/** Every choice of `size` of the items, in their order; the empty choice for 0. */
export function* subsetsOfSize<T>(items: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let index = from; index + size <= items.length; index++) {
    for (const rest of subsetsOfSize(items, size - 1, index + 1)) yield [items[index]!, ...rest];
  }
}

/** Every subset of the items, the smallest first. */
export function* allSubsets<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let size = 0; size <= items.length; size++) yield* subsetsOfSize(items, size);
}
