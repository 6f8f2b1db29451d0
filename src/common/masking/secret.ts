import { inspect } from 'node:util';

/**
 * A value that must not be shown. Printing, logging or serialising it gives its type only; `expose()` is the one way
 * out, and easy to search for.
 */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  expose(): T {
    return this.#value;
  }

  toString(): string {
    return '[Secret]';
  }

  toJSON(): string {
    return '[Secret]';
  }

  [inspect.custom](): string {
    return '[Secret]';
  }
}
