/**
 * Just enough of an assembler for one WebAssembly module: https://webassembly.github.io/spec/core/binary. The kernel is
 * assembled from TypeScript when it is first needed, so that there is no binary to trust and no compiler to install.
 */
export type Code = readonly number[];

/** `\0asm`, version 1. */
const PREAMBLE: Code = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const I32 = 0x7f;
const F64 = 0x7c;
const V128 = 0x7b;
const EMPTY = 0x40;
const DOUBLE_ALIGN = 3;
const VECTOR_ALIGN = 4;

export const TYPES = { i32: I32, f64: F64, v128: V128 } as const;

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

const vector = (items: readonly Code[]): number[] => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: Code): number[] => [id, ...unsigned(content.length), ...content];
const text = (name: string): number[] => vector([...name].map((letter) => [letter.charCodeAt(0)]));
const simd = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];

/** Instructions. Those that take operands take the code that leaves them on the stack. */
const binary =
  (...opcode: number[]) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode];
const unary =
  (...opcode: number[]) =>
  (a: Code): Code => [...a, ...opcode];
const load =
  (opcode: readonly number[], align: number) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, align, ...unsigned(offset)];
const store =
  (opcode: readonly number[], align: number) =>
  (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...opcode, align, ...unsigned(offset)];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
export const call = (index: number, ...args: readonly Code[]): Code => [...args.flat(), 0x10, ...unsigned(index)];
export const when = (condition: Code, then: Code): Code => [...condition, 0x04, EMPTY, ...then, 0x0b];
/** Repeats until the body jumps out with `leaveLoopWhen`, which belongs directly into the body. */
export const repeat = (body: Code): Code => [0x02, EMPTY, 0x03, EMPTY, ...body, 0x0c, 0, 0x0b, 0x0b];
export const leaveLoopWhen = (condition: Code): Code => [...condition, 0x0d, 1];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  add: binary(0x6a),
  sub: binary(0x6b),
  or: binary(0x72),
  and: binary(0x71),
  shl: binary(0x74),
  shiftRight: binary(0x75),
  lessThan: binary(0x48),
  greaterOrEqual: binary(0x4e),
  /** The first where the condition holds, else the second. */
  select: (a: Code, b: Code, condition: Code): Code => [...a, ...b, ...condition, 0x1b],
};

export const f64 = {
  const: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  load: load([0x2b], DOUBLE_ALIGN),
  store: store([0x39], DOUBLE_ALIGN),
  fromI32: unary(0xb7),
  equal: binary(0x61),
  lessThan: binary(0x63),
  greater: binary(0x64),
};

/** Vectors of two doubles. */
export const f64x2 = {
  load: load(simd(0x00), VECTOR_ALIGN - 1),
  loadSplat: load(simd(0x0a), DOUBLE_ALIGN),
  store: store(simd(0x0b), VECTOR_ALIGN - 1),
  splat: unary(...simd(0x14)),
  add: binary(...simd(0xf0)),
  sub: binary(...simd(0xf1)),
  mul: binary(...simd(0xf2)),
  greaterOrEqual: binary(...simd(0x4c)),
  /** `a < b ? b : a`, so `a` where `b` is NaN. */
  pseudoMax: binary(...simd(0xf7)),
  or: binary(...simd(0x50)),
  anyTrue: unary(...simd(0x53)),
};

export interface FunctionCode {
  readonly parameters: readonly number[];
  /** Of locals beside the parameters, which come first. */
  readonly locals: readonly number[];
  readonly body: Code;
  /** Under which name the outside sees it; `null` for nobody. */
  readonly exported: string | null;
}

/** A function of the outside, `env.NAME`. Calls count these first. */
export interface ImportedFunction {
  readonly name: string;
  readonly parameters: readonly number[];
}

/** A module with one imported memory, `env.memory`, and functions without results. */
export function assemble(
  functions: readonly FunctionCode[],
  imported: readonly ImportedFunction[] = [],
): Uint8Array<ArrayBuffer> {
  const signatures = [...imported, ...functions].map(({ parameters }) => [
    0x60,
    ...vector(parameters.map((type) => [type])),
    0,
  ]);
  const imports = [
    ...imported.map(({ name }, index) => [...text('env'), ...text(name), 0x00, ...unsigned(index)]),
    [...text('env'), ...text('memory'), 0x02, 0x00, 0],
  ];
  const exports = functions.flatMap(({ exported }, index) =>
    exported === null ? [] : [[...text(exported), 0x00, ...unsigned(imported.length + index)]],
  );
  const bodies = functions.map(({ locals, body }) => {
    const content = [...vector(locals.map((type) => [1, type])), ...body, 0x0b];
    return [...unsigned(content.length), ...content];
  });
  return Uint8Array.from([
    ...PREAMBLE,
    ...section(1, vector(signatures)),
    ...section(2, vector(imports)),
    ...section(3, vector(functions.map((_, index) => unsigned(imported.length + index)))),
    ...section(7, vector(exports)),
    ...section(10, vector(bodies)),
  ]);
}
