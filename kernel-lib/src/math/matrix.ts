import { multiply, multiplyByTranspose, multiplyTransposed } from "./matmul";
import { matrixBundle, matrixText } from "./matrix-display";
import { assertLength, assertMultiple, assertShape } from "./shape";

const jupyterDisplay = Symbol.for("Jupyter.display");
const nodeInspect = Symbol.for("nodejs.util.inspect.custom");

/**
 * A dense row-major matrix of doubles. Every operation returns a new matrix and checks its operands' shapes;
 * only optimizers and gradient checks write to `data`.
 */
export class Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;

  /** @throws RangeError unless `data` holds rows × cols values */
  constructor(rows: number, cols: number, data: Float64Array) {
    assertLength("Matrix: data", data, "rows × cols", rows * cols);
    this.rows = rows;
    this.cols = cols;
    this.data = data;
  }

  static zeros(rows: number, cols: number): Matrix {
    return new Matrix(rows, cols, new Float64Array(rows * cols));
  }
  static full(rows: number, cols: number, value: number): Matrix {
    return new Matrix(rows, cols, new Float64Array(rows * cols).fill(value));
  }
  static ones(rows: number, cols: number): Matrix {
    return Matrix.full(rows, cols, 1);
  }
  static identity(size: number): Matrix {
    const out = Matrix.zeros(size, size);
    for (let r = 0; r < size; r++) out.data[r * size + r] = 1;
    return out;
  }
  /** The square matrix with the given values on its diagonal. */
  static diagonal(values: ArrayLike<number>): Matrix {
    const out = Matrix.zeros(values.length, values.length);
    for (let r = 0; r < values.length; r++) out.data[r * values.length + r] = values[r];
    return out;
  }
  /** A matrix from its rows. @throws RangeError if the rows differ in length */
  static from(rows: ReadonlyArray<ArrayLike<number>>): Matrix {
    const cols = rows.length === 0 ? 0 : rows[0].length;
    const out = Matrix.zeros(rows.length, cols);
    rows.forEach((row, r) => {
      assertLength(`Matrix.from: row ${r}`, row, "cols", cols);
      out.data.set(row, r * cols);
    });
    return out;
  }
  /** The blocks side by side. @throws RangeError if they differ in rows */
  static concatColumns(blocks: readonly Matrix[]): Matrix {
    const rows = blocks[0].rows;
    const cols = blocks.reduce((n, b) => n + b.cols, 0);
    const out = Matrix.zeros(rows, cols);
    let offset = 0;
    for (const b of blocks) {
      assertShape("Matrix.concatColumns: block", b, { rows, cols: b.cols });
      for (let r = 0; r < rows; r++)
        out.data.set(b.data.subarray(r * b.cols, (r + 1) * b.cols), r * cols + offset);
      offset += b.cols;
    }
    return out;
  }
  /** The blocks one below the other. @throws RangeError if they differ in columns */
  static concatRows(blocks: readonly Matrix[]): Matrix {
    const cols = blocks[0].cols;
    const rows = blocks.reduce((n, b) => n + b.rows, 0);
    const out = Matrix.zeros(rows, cols);
    let offset = 0;
    for (const b of blocks) {
      assertShape("Matrix.concatRows: block", b, { rows: b.rows, cols });
      out.data.set(b.data, offset);
      offset += b.data.length;
    }
    return out;
  }

  at(row: number, col: number): number {
    return this.data[row * this.cols + col];
  }
  row(r: number): Matrix {
    return this.sliceRows(r, r + 1);
  }
  sliceRows(from: number, to: number): Matrix {
    return new Matrix(to - from, this.cols, this.data.slice(from * this.cols, to * this.cols));
  }
  sliceColumns(from: number, to: number): Matrix {
    const out = Matrix.zeros(this.rows, to - from);
    for (let r = 0; r < this.rows; r++)
      out.data.set(this.data.subarray(r * this.cols + from, r * this.cols + to), r * out.cols);
    return out;
  }
  /** `n` blocks of equal width, from left to right. @throws RangeError if `cols` is no multiple of `n` */
  splitColumns(n: number): Matrix[] {
    assertMultiple("Matrix.splitColumns: cols", this.cols, n);
    const width = this.cols / n;
    return Array.from({ length: n }, (_, k) => this.sliceColumns(k * width, (k + 1) * width));
  }
  /** `n` blocks of equal height, from top to bottom. @throws RangeError if `rows` is no multiple of `n` */
  splitRows(n: number): Matrix[] {
    assertMultiple("Matrix.splitRows: rows", this.rows, n);
    const height = this.rows / n;
    return Array.from({ length: n }, (_, k) => this.sliceRows(k * height, (k + 1) * height));
  }
  clone(): Matrix {
    return new Matrix(this.rows, this.cols, this.data.slice());
  }
  toArray(): number[][] {
    return Array.from({ length: this.rows }, (_, r) =>
      Array.from(this.data.subarray(r * this.cols, (r + 1) * this.cols)),
    );
  }

  /** The transpose. For a product with a transpose, `matmulTranspose` and `transposeMatmul` copy nothing. */
  get T(): Matrix {
    const out = Matrix.zeros(this.cols, this.rows);
    for (let r = 0; r < this.rows; r++)
      for (let c = 0; c < this.cols; c++) out.data[c * this.rows + r] = this.data[r * this.cols + c];
    return out;
  }
  /** this · b */
  matmul(b: Matrix): Matrix {
    assertShape("Matrix.matmul: b", b, { rows: this.cols, cols: b.cols });
    const out = Matrix.zeros(this.rows, b.cols);
    multiply(this.data, b.data, out.data, this.rows, this.cols, b.cols);
    return out;
  }
  /** this · bᵀ */
  matmulTranspose(b: Matrix): Matrix {
    assertShape("Matrix.matmulTranspose: b", b, { rows: b.rows, cols: this.cols });
    const out = Matrix.zeros(this.rows, b.rows);
    multiplyByTranspose(this.data, b.data, out.data, this.rows, this.cols, b.rows);
    return out;
  }
  /** thisᵀ · b */
  transposeMatmul(b: Matrix): Matrix {
    assertShape("Matrix.transposeMatmul: b", b, { rows: this.rows, cols: b.cols });
    const out = Matrix.zeros(this.cols, b.cols);
    multiplyTransposed(this.data, b.data, out.data, this.cols, this.rows, b.cols);
    return out;
  }

  map(f: (value: number, index: number) => number): Matrix {
    const out = Matrix.zeros(this.rows, this.cols);
    for (let i = 0; i < out.data.length; i++) out.data[i] = f(this.data[i], i);
    return out;
  }
  add(b: Matrix): Matrix {
    const out = this.sameShape("add", b);
    for (let i = 0; i < out.data.length; i++) out.data[i] = this.data[i] + b.data[i];
    return out;
  }
  sub(b: Matrix): Matrix {
    const out = this.sameShape("sub", b);
    for (let i = 0; i < out.data.length; i++) out.data[i] = this.data[i] - b.data[i];
    return out;
  }
  /** The elementwise (Hadamard) product, ⊙. */
  mul(b: Matrix): Matrix {
    const out = this.sameShape("mul", b);
    for (let i = 0; i < out.data.length; i++) out.data[i] = this.data[i] * b.data[i];
    return out;
  }
  scale(factor: number): Matrix {
    const out = Matrix.zeros(this.rows, this.cols);
    for (let i = 0; i < out.data.length; i++) out.data[i] = this.data[i] * factor;
    return out;
  }
  /** Adds the row `b` [1, cols] to every row. */
  addRow(b: Matrix): Matrix {
    const out = this.oneRow("addRow", b);
    for (let r = 0, i = 0; r < this.rows; r++)
      for (let c = 0; c < this.cols; c++, i++) out.data[i] = this.data[i] + b.data[c];
    return out;
  }
  /** Multiplies every row elementwise by the row `b` [1, cols]. */
  mulRow(b: Matrix): Matrix {
    const out = this.oneRow("mulRow", b);
    for (let r = 0, i = 0; r < this.rows; r++)
      for (let c = 0; c < this.cols; c++, i++) out.data[i] = this.data[i] * b.data[c];
    return out;
  }

  /** The sum of all rows, [1, cols]: the gradient of a bias that was added to every row. */
  sumRows(): Matrix {
    const out = Matrix.zeros(1, this.cols);
    for (let r = 0, i = 0; r < this.rows; r++)
      for (let c = 0; c < this.cols; c++, i++) out.data[c] += this.data[i];
    return out;
  }
  sum(): number {
    let sum = 0;
    for (let i = 0; i < this.data.length; i++) sum += this.data[i];
    return sum;
  }
  /** The inner product Σ aᵢⱼ·bᵢⱼ. */
  dot(b: Matrix): number {
    assertShape("Matrix.dot: b", b, { rows: this.rows, cols: this.cols });
    let sum = 0;
    for (let i = 0; i < this.data.length; i++) sum += this.data[i] * b.data[i];
    return sum;
  }
  /** The Frobenius norm √Σ aᵢⱼ². */
  get norm(): number {
    return Math.sqrt(this.dot(this));
  }
  /** The largest |aᵢⱼ − bᵢⱼ|; NaN where one of them is. */
  maxAbsDifference(b: Matrix): number {
    assertShape("Matrix.maxAbsDifference: b", b, { rows: this.rows, cols: this.cols });
    let worst = 0;
    for (let i = 0; i < this.data.length; i++) worst = Math.max(worst, Math.abs(this.data[i] - b.data[i]));
    return worst;
  }
  /** True if the shapes are the same and no element differs by more than `tolerance`. */
  equals(b: Matrix, tolerance = 0): boolean {
    return this.rows === b.rows && this.cols === b.cols && this.maxAbsDifference(b) <= tolerance;
  }

  toString(): string {
    return matrixText(this);
  }
  [nodeInspect](): string {
    return matrixText(this);
  }
  [jupyterDisplay](): Record<string, unknown> {
    return matrixBundle(this);
  }

  private sameShape(method: string, b: Matrix): Matrix {
    assertShape(`Matrix.${method}: b`, b, { rows: this.rows, cols: this.cols });
    return Matrix.zeros(this.rows, this.cols);
  }
  private oneRow(method: string, b: Matrix): Matrix {
    assertShape(`Matrix.${method}: b`, b, { rows: 1, cols: this.cols });
    return Matrix.zeros(this.rows, this.cols);
  }
}
