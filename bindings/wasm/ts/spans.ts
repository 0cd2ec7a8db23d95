/** Answers over a range: spans that cover it, created on access. */

/** Spans that cover a range without gap or overlap. */
export class Spans<T> implements Iterable<T> {
  /** The start and the value of each span, and the end of the range, as numbers for charts. */
  readonly numbers: Float64Array;
  readonly #make: (start: number, end: number, value: number) => T;

  constructor(numbers: Float64Array, make: (start: number, end: number, value: number) => T) {
    this.numbers = numbers;
    this.#make = make;
  }

  /** The number of spans. */
  get length(): number {
    return (this.numbers.length - 1) / 2;
  }

  /** Returns a span; a negative index counts from the end. */
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

  /** Returns all spans. */
  toArray(): T[] {
    return [...this];
  }

  /** Returns the spans for `JSON.stringify`. */
  toJSON(): T[] {
    return this.toArray();
  }
}
