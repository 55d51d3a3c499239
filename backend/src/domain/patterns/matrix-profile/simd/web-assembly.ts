/** `block` of `kernel.ts`. */
export type BlockFunction = (
  columns: number,
  rowFrom: number,
  rowTo: number,
  diagonalFrom: number,
  diagonalTo: number,
) => void;

const PAGE_BYTES = 65_536;

/** The little of the standard global that is used; neither the ES library nor Node's types declare it. */
declare const WebAssembly: {
  Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  Instance: new (module: object, imports: object) => { readonly exports: { readonly block: BlockFunction } };
};

/** A kernel with zeroed memory of its own. `settle` is for a kernel that settles outside. */
export function instantiate(
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
  settle: (row: number, column: number) => void,
): { buffer: ArrayBuffer; block: BlockFunction } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(size / PAGE_BYTES) });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory, settle } });
  return { buffer: memory.buffer, block: instance.exports.block };
}
