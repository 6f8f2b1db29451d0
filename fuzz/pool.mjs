const PER_NAME = 40;
const LONGEST = 300;
const WORDS = /^[\w.@:+=-]+$/;

/** `id` alone says nothing: it is known by the collection that it stands in. */
const keyOf = (name, collection) => (name === 'id' ? `${collection}.id` : name);

/** The collection of a path: `branches` for /v1/branches and for /v1/branches/{id}/status. */
export function collectionOf(path) {
  const parts = path.split('/').filter((part) => part !== '');
  const parameter = parts.findIndex((part) => part.startsWith('{'));
  return (parameter > 0 ? parts[parameter - 1] : parts.at(-1)) ?? '';
}

/**
 * Values that the API itself has told, by the name of their field, so that later requests name things that are there.
 * What this run has made is kept apart: only that may be disabled or revoked, or the callers would lose their accounts.
 */
export class Pool {
  #told = new Map();
  #made = new Map();

  /** Remembers every short text of an answer. */
  harvest(operation, status, value) {
    const stores = status === 201 ? [this.#told, this.#made] : [this.#told];
    this.#walk(value, collectionOf(operation.path), stores);
  }

  remember(name, value) {
    this.#keep(this.#told, name, value);
    this.#keep(this.#made, name, value);
  }

  /** The values of a field or parameter, the oldest first. */
  valuesOf(name, path, { madeOnly = false } = {}) {
    return (madeOnly ? this.#made : this.#told).get(keyOf(name, collectionOf(path))) ?? [];
  }

  #walk(value, collection, stores) {
    if (Array.isArray(value)) {
      for (const item of value.slice(0, 10)) this.#walk(item, collection, stores);
      return;
    }
    if (value === null || typeof value !== 'object') return;
    for (const [name, member] of Object.entries(value)) {
      if (typeof member !== 'string') this.#walk(member, collection, stores);
      else if (member.length <= LONGEST && WORDS.test(member)) {
        for (const store of stores) this.#keep(store, keyOf(name, collection), member);
      }
    }
  }

  #keep(store, name, value) {
    const values = store.get(name) ?? [];
    if (values.includes(value)) return;
    values.push(value);
    if (values.length > PER_NAME) values.shift();
    store.set(name, values);
  }
}
