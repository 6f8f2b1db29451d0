/**
 * What a change of one schema breaks. A request may be loosened and an answer tightened; the other way round a client
 * that was right yesterday is wrong today. Unknown fields of a request are refused, so a field that goes breaks both ways.
 */
export class SchemaChanges {
  #released;
  #current;
  /** By schema and direction, what it was compared with: schemas refer to themselves. */
  #seen = { request: new Map(), response: new Map() };
  #found = [];

  constructor(released, current) {
    this.#released = released;
    this.#current = current;
  }

  /** Lines that say what breaks, each once. */
  get found() {
    return [...new Set(this.#found)];
  }

  /** `direction`: 'request' for what clients send, 'response' for what they get. */
  compare(before, after, at, direction) {
    const seen = this.#seen[direction].get(before) ?? new Set();
    if (seen.has(after)) return;
    this.#seen[direction].set(before, seen.add(after));
    const place = before?.$ref && before.$ref === after?.$ref ? `${direction} ${nameOf(before.$ref)}` : at;
    if (isReference(before) && isReference(after)) {
      const [old, now] = [target(before, this.#released), target(after, this.#current)];
      this.compare(old, now, place, direction);
      return;
    }
    const old = flat(before, this.#released);
    const now = flat(after, this.#current);
    const say = (what) => this.#found.push(`${place}: ${what}`);
    if (typeChanged(old, now, direction)) {
      say(`type ${old.type ?? 'any'} became ${now.type ?? 'any'}`);
      return;
    }
    (direction === 'request' ? narrowed : widened)(old, now, say);
    this.#compareFields(old, now, { place, direction, say });
    if (old.items && now.items) this.compare(old.items, now.items, `${place}[]`, direction);
    if (isSchema(old.additionalProperties) && isSchema(now.additionalProperties)) {
      this.compare(old.additionalProperties, now.additionalProperties, `${place}{}`, direction);
    }
    this.#compareAlternatives(old, now, { place, direction, say });
  }

  #compareFields(old, now, { place, direction, say }) {
    const before = old.properties ?? {};
    const after = now.properties ?? {};
    const wasRequired = new Set(old.required ?? []);
    const isRequired = new Set(now.required ?? []);
    for (const name of Object.keys(before)) {
      if (!(name in after)) {
        say(`field ${name} was removed`);
        continue;
      }
      if (direction === 'request' && isRequired.has(name) && !wasRequired.has(name)) {
        say(`field ${name} became required`);
      }
      if (direction === 'response' && wasRequired.has(name) && !isRequired.has(name)) {
        say(`field ${name} may be missing now`);
      }
      this.compare(before[name], after[name], `${place}.${name}`, direction);
    }
    for (const name of Object.keys(after)) {
      if (direction === 'request' && !(name in before) && isRequired.has(name)) {
        say(`new field ${name} is required`);
      }
    }
  }

  #compareAlternatives(old, now, { place, direction, say }) {
    const before = alternatives(old);
    const after = alternatives(now);
    for (const [key, schema] of before) {
      if (after.has(key)) this.compare(schema, after.get(key), `${place} (${key})`, direction);
      else if (direction === 'request') say(`alternative ${key} was removed`);
    }
    for (const key of after.keys()) {
      if (direction === 'response' && before.size > 0 && !before.has(key)) say(`alternative ${key} is new`);
    }
  }
}

const isReference = (schema) => typeof schema?.$ref === 'string';
const target = (schema, document) => document.components.schemas[nameOf(schema.$ref)];
const isSchema = (value) => typeof value === 'object' && value !== null;
const nameOf = (reference) => reference.split('/').at(-1);

/** A schema without references and `allOf`, one level deep. */
function flat(schema, document) {
  if (!isSchema(schema)) return {};
  if (schema.$ref) return flat(document.components.schemas[nameOf(schema.$ref)], document);
  const { allOf = [], ...own } = schema;
  return [...allOf.map((part) => flat(part, document)), own].reduce(
    (all, part) => ({
      ...all,
      ...part,
      ...(all.properties || part.properties ? { properties: { ...all.properties, ...part.properties } } : {}),
      ...(all.required || part.required
        ? { required: [...(all.required ?? []), ...(part.required ?? [])] }
        : {}),
    }),
    {},
  );
}

function alternatives(schema) {
  const all = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  return new Map(all.map((each) => [each.$ref ? nameOf(each.$ref) : JSON.stringify(each), each]));
}

/** A whole number is a number: a request may take more than it took, an answer give less than it gave. */
function typeChanged(old, now, direction) {
  if (old.type === now.type) return false;
  const [narrow, wide] = direction === 'request' ? [old.type, now.type] : [now.type, old.type];
  return !(narrow === 'integer' && wide === 'number') && !(narrow !== undefined && wide === undefined);
}

function narrowed(old, now, say) {
  if (now.enum) {
    const gone = old.enum?.filter((value) => !now.enum.includes(value));
    if (gone === undefined) say('only listed values are taken now');
    else if (gone.length > 0) say(`values ${gone.join(', ')} are not taken any more`);
  }
  if (old.nullable && !now.nullable) say('null is not taken any more');
  for (const name of ['maxLength', 'maxItems', 'maximum', 'maxProperties']) {
    if ((now[name] ?? Infinity) < (old[name] ?? Infinity))
      say(`${name} is ${now[name]}, was ${old[name] ?? 'none'}`);
  }
  for (const name of ['minLength', 'minItems', 'minimum', 'minProperties']) {
    if ((now[name] ?? -Infinity) > (old[name] ?? -Infinity))
      say(`${name} is ${now[name]}, was ${old[name] ?? 'none'}`);
  }
  for (const name of ['pattern', 'format']) {
    // It tells a page to hide what is typed, and nothing of what is taken.
    if (name === 'format' && now.format === 'password') continue;
    if (now[name] !== undefined && now[name] !== old[name])
      say(`${name} is ${now[name]}, was ${old[name] ?? 'none'}`);
  }
  if (now.additionalProperties === false && old.additionalProperties !== false)
    say('unknown fields are refused now');
}

/** A new value in an answer's list is none: README of docs/released tells clients to expect values they do not know. */
function widened(old, now, say) {
  if (now.nullable && !old.nullable) say('may be null now');
  if (old.enum && !now.enum) say('any value may come now');
  if (old.format !== undefined && now.format !== old.format)
    say(`format is ${now.format ?? 'none'}, was ${old.format}`);
}
