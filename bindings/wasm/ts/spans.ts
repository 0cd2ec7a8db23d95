/** Answers over a range: pieces that tile it, made when they are looked at. */

/** Pieces that tile a range without gap or overlap. */
export class Spans<T> implements Iterable<T> {
  /** Start and value of each piece, and the end of the range; for charts, which want numbers. */
  readonly numbers: Float64Array;
  readonly #make: (start: number, end: number, value: number) => T;

  constructor(numbers: Float64Array, make: (start: number, end: number, value: number) => T) {
    this.numbers = numbers;
    this.#make = make;
  }

  /** How many pieces there are. */
  get length(): number {
    return (this.numbers.length - 1) / 2;
  }

  /** A piece; from the end where the index is negative. */
  at(index: number): T | undefined {
    const whole = Math.trunc(index) || 0;
    const place = whole < 0 ? whole + this.length : whole;
    if (place < 0 || place >= this.length) return undefined;
    const numbers = this.numbers;
    return this.#make(numbers[2 * place]!, numbers[2 * place + 2]!, numbers[2 * place + 1]!);
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (let place = 0; place < this.length; place += 1) yield this.at(place)!;
  }

  /** All pieces. */
  toArray(): T[] {
    return [...this];
  }

  /** What goes into JSON. */
  toJSON(): T[] {
    return this.toArray();
  }
}
