import fc from 'fast-check';
import { nameOf } from './document.mjs';

const DEPTH_MAX = 6;
/** Against 3 for anything else that is allowed: of twenty fields all have to be good for one request to be done. */
const EXAMPLE_WEIGHT = 24;
const WORDS_MAX = 40;
const FIRST_DAY = Date.UTC(2025, 0, 1);
const DAYS = 1_000;
const DAY_MS = 86_400_000;
const BIG = 2 ** 31;

const weighted = (weight, arbitrary) => ({ weight, arbitrary });
const days = fc.integer({ min: 0, max: DAYS }).map((day) => new Date(FIRST_DAY + day * DAY_MS).toISOString());

const FORMATS = {
  date: () => days.map((text) => text.slice(0, 10)),
  'date-time': () => days.map((text) => text.replace('Z', '+09:00')),
  email: () => fc.stringMatching(/^[a-z][a-z0-9]{3,12}$/).map((name) => `${name}@example.com`),
};

/** The same twice is another case: what was made with it is there already. */
const UNIQUE = /^(orderNo|loginId|email|phone|name|merchantUid)$/;

/** Values that fit a schema: its examples, what the API has told under that name, and anything else that is allowed. */
export class Arbitraries {
  constructor(document, pool) {
    this.schemas = document.components.schemas;
    this.pool = pool;
  }

  /** `at`: name and path, by which the pool knows what there is; `madeOnly`: nothing but what this run has made;
   * `exact`: what the examples say, wherever there is one. */
  value(schema, at, depth = 0) {
    const known = this.pool.valuesOf(at.name, at.path, at);
    if (at.madeOnly && at.isId && known.length > 0) return fc.constantFrom(...known);
    const example = schema.example ?? schema.default;
    if (at.exact) {
      if (at.isId && known.length > 0) return fc.constantFrom(...known);
      if (example !== undefined && !UNIQUE.test(at.name)) return fc.constant(example);
      if (schema.oneOf !== undefined) return this.value(schema.oneOf[0], at, depth + 1);
      return this.#generated(schema, at, depth);
    }
    const choices = [weighted(3, this.#generated(schema, at, depth))];
    if (example !== undefined && !at.madeOnly) choices.push(weighted(EXAMPLE_WEIGHT, fc.constant(example)));
    if (known.length > 0) choices.push(weighted(at.isId ? 12 : 2, fc.constantFrom(...known)));
    if (schema.nullable === true) choices.push(weighted(1, fc.constant(null)));
    return fc.oneof(...choices);
  }

  #generated(schema, at, depth) {
    if (schema.$ref !== undefined) return this.value(this.schemas[nameOf(schema.$ref)], at, depth + 1);
    const alternatives = schema.allOf ?? schema.oneOf ?? schema.anyOf;
    if (alternatives !== undefined)
      return fc.oneof(...alternatives.map((one) => this.value(one, at, depth + 1)));
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    switch (schema.type) {
      case 'boolean':
        return fc.boolean();
      case 'integer':
      case 'number':
        return numbers(schema);
      case 'array':
        return this.#list(schema, at, depth);
      case 'object':
        return this.#object(schema, at, depth);
      default:
        return texts(schema);
    }
  }

  #list({ items = {}, minItems = 0, maxItems = 4 }, at, depth) {
    const most = Math.max(minItems, Math.min(maxItems, depth >= DEPTH_MAX ? 0 : 4));
    return fc.array(this.value(items, at, depth + 1), { minLength: minItems, maxLength: most });
  }

  /** An optional id that nobody has told would only be found missing. */
  #mayBeLeftIn(name, { exact, path }, depth) {
    if (exact && /Id$/.test(name) && this.pool.valuesOf(name, path).length === 0) return false;
    return depth < DEPTH_MAX;
  }

  #object({ properties = {}, required = [], additionalProperties }, at, depth) {
    if (Object.keys(properties).length === 0) {
      const inner =
        typeof additionalProperties === 'object' ? this.value(additionalProperties, at, depth + 1) : words();
      return fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,12}$/), inner, { maxKeys: 4 });
    }
    const members = Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => required.includes(name) || this.#mayBeLeftIn(name, at, depth))
        .map(([name, schema]) => [
          name,
          this.value(schema, { ...at, name, isId: /Id$|Key$|^token$/.test(name) }, depth + 1),
        ]),
    );
    return fc.record(members, { requiredKeys: required.filter((name) => name in members) });
  }
}

const words = (minLength = 0, maxLength = WORDS_MAX) =>
  fc.oneof(
    fc.string({ minLength, maxLength }),
    fc.string({ unit: 'grapheme', minLength, maxLength }),
    fc.string({ unit: fc.constantFrom(...'가나다힣 a1'), minLength, maxLength }),
  );

function texts({ format, pattern, minLength = 0, maxLength }) {
  if (Object.hasOwn(FORMATS, format ?? '')) return FORMATS[format]();
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const most = Math.max(minLength, Math.min(maxLength ?? WORDS_MAX, 400));
  const edges = [...new Set([minLength, maxLength ?? most])].filter((length) => length <= 1_000);
  return fc.oneof(words(minLength, most), ...edges.map((length) => fc.constant('가'.repeat(length))));
}

function numbers({ type, minimum, maximum }) {
  const min = minimum ?? 0;
  const max = maximum ?? BIG;
  const whole = fc.oneof(
    fc.constantFrom(min, max),
    fc.integer({ min: Math.ceil(min), max: Math.floor(max) }),
  );
  return type === 'integer'
    ? whole
    : fc.oneof(weighted(4, whole), weighted(1, fc.double({ min, max, noNaN: true })));
}
