/**
 * `out[r, c] = Σ a[r, k] b[c, k]`, all row-major. Both are read along their rows, two by four sums at a time: sums that
 * stay in registers are most of the speed there is in plain JavaScript.
 */
export function multiplyByTransposed(
  a: Float32Array,
  b: Float32Array,
  out: Float32Array,
  rows: number,
  columns: number,
  inner: number,
): void {
  const evenRows = rows - (rows % 2);
  const evenColumns = columns - (columns % 4);
  for (let r = 0; r < evenRows; r += 2) {
    const a0 = r * inner;
    const a1 = a0 + inner;
    for (let c = 0; c < evenColumns; c += 4) {
      const b0 = c * inner;
      const b1 = b0 + inner;
      const b2 = b1 + inner;
      const b3 = b2 + inner;
      let s00 = 0;
      let s01 = 0;
      let s02 = 0;
      let s03 = 0;
      let s10 = 0;
      let s11 = 0;
      let s12 = 0;
      let s13 = 0;
      for (let k = 0; k < inner; k++) {
        const x = a[a0 + k]!;
        const y = a[a1 + k]!;
        const w0 = b[b0 + k]!;
        const w1 = b[b1 + k]!;
        const w2 = b[b2 + k]!;
        const w3 = b[b3 + k]!;
        s00 += x * w0;
        s01 += x * w1;
        s02 += x * w2;
        s03 += x * w3;
        s10 += y * w0;
        s11 += y * w1;
        s12 += y * w2;
        s13 += y * w3;
      }
      const o0 = r * columns + c;
      const o1 = o0 + columns;
      out[o0] = s00;
      out[o0 + 1] = s01;
      out[o0 + 2] = s02;
      out[o0 + 3] = s03;
      out[o1] = s10;
      out[o1 + 1] = s11;
      out[o1 + 2] = s12;
      out[o1 + 3] = s13;
    }
    for (let c = evenColumns; c < columns; c++) {
      out[r * columns + c] = dot(a, a0, b, c * inner, inner);
      out[(r + 1) * columns + c] = dot(a, a1, b, c * inner, inner);
    }
  }
  for (let r = evenRows; r < rows; r++) {
    for (let c = 0; c < columns; c++) out[r * columns + c] = dot(a, r * inner, b, c * inner, inner);
  }
}

function dot(a: Float32Array, from: number, b: Float32Array, at: number, inner: number): number {
  let sum = 0;
  for (let k = 0; k < inner; k++) sum += a[from + k]! * b[at + k]!;
  return sum;
}

/** The transpose of a row-major matrix. */
export function transpose(matrix: Float32Array, rows: number, columns: number, into: Float32Array): Float32Array {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) into[c * rows + r] = matrix[r * columns + c]!;
  }
  return into;
}

/** Sums of the columns of a row-major matrix. */
export function columnSums(matrix: Float32Array, rows: number, columns: number, into: Float32Array): void {
  for (let c = 0; c < columns; c++) {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += matrix[r * columns + c]!;
    into[c] = sum;
  }
}
