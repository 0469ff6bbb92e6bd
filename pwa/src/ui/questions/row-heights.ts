/**
 * Where the rows of a long list stand, when only those in sight are drawn: a row counts as `estimate` pixels high until it was drawn
 * and measured. Pure.
 */

export interface Window {
  readonly first: number;
  /** Not drawn any more. */
  readonly end: number;
}

/** Rows from the top that are looked through first. */
const FIRST_STRIDE = 16;

export class RowHeights {
  readonly #heights: Float64Array;
  /** Top edge of each row, and of what follows the last. */
  readonly #tops: Float64Array;
  /** Tops up to this row are right: those far down a long list are reckoned only when somebody goes there. */
  #rightUpTo = 0;
  #total: number;

  constructor(count: number, estimate: number) {
    this.#total = count * estimate;
    this.#heights = new Float64Array(count).fill(estimate);
    this.#tops = new Float64Array(count + 1);
  }

  get total(): number {
    return this.#total;
  }

  top(row: number): number {
    for (; this.#rightUpTo < row; this.#rightUpTo += 1) {
      const at = this.#rightUpTo;
      this.#tops[at + 1] = (this.#tops[at] ?? 0) + (this.#heights[at] ?? 0);
    }
    return this.#tops[row] ?? 0;
  }

  /** Tell how high a row turned out to be; true when that is news. */
  measure(row: number, height: number): boolean {
    const known = this.#heights[row];
    if (known === undefined || height <= 0 || known === height) return false;
    this.#total += height - known;
    this.#heights[row] = height;
    this.#rightUpTo = Math.min(this.#rightUpTo, row);
    return true;
  }

  /** The row that covers this many pixels from the top. */
  rowAt(pixels: number): number {
    const last = Math.max(0, this.#heights.length - 1);
    let low = 0;
    let high = Math.min(FIRST_STRIDE, last);
    while (high < last && this.top(high) <= pixels) {
      low = high;
      high = Math.min(2 * high, last);
    }
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.top(middle) <= pixels) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Rows in sight, and `spare` more on both sides. */
  window(scrolled: number, height: number, spare: number): Window {
    const first = Math.max(0, this.rowAt(scrolled) - spare);
    return { first, end: Math.min(this.#heights.length, this.rowAt(scrolled + height) + 1 + spare) };
  }
}

/** How far to scroll so that a row is in sight, by as little as can be. */
export function scrolledTo(heights: RowHeights, row: number, scrolled: number, height: number): number {
  const [top, bottom] = [heights.top(row), heights.top(row + 1)];
  if (top < scrolled) return top;
  return bottom > scrolled + height ? bottom - height : scrolled;
}
