import fc from 'fast-check';
import { Arbitraries } from './arbitraries.mjs';
import { damaged } from './damage.mjs';

/** They take something away for good: only what the run itself has made may be named, else it would soon stand alone. */
const TAKES_AWAY = [
  ...[
    'adminMembersSetStatus',
    'staffSetStatus',
    'branchesChangeStatus',
    'apiKeysRevoke',
    'encryptionKeysRevoke',
  ],
  ...['contractsReplace', 'agenciesMove', 'agenciesChange', 'staffResetPassword'],
];
const DAMAGED_OF_TEN = 4;
/** And so many as the examples show them, so that things are made that others can then be asked about. */
const EXACT_OF_TEN = 3;
/** Now and then the same, so that answers are replayed; else each request would be only the first of them. */
const IDEMPOTENCY_KEYS = fc.oneof(
  { weight: 9, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: fc.constantFrom('again-1', 'again-2') },
);

/** Makes requests to operations of a description. */
export class Requests {
  constructor(document, pool) {
    this.pool = pool;
    this.arbitraries = new Arbitraries(document, pool);
  }

  /** One request; the same for the same seed and the same knowledge of what there is. */
  one(operation, seed) {
    const isDamaged = seed % 10 < DAMAGED_OF_TEN;
    const sound = this.#sound(operation, !isDamaged && seed % 10 < DAMAGED_OF_TEN + EXACT_OF_TEN);
    const [request] = fc.sample(isDamaged ? damaged(sound) : sound, { seed, numRuns: 1 });
    return wire(operation, request);
  }

  #sound(operation, exact) {
    const madeOnly = TAKES_AWAY.includes(operation.id);
    const at = (name, isId) => ({ name, path: operation.path, isId, madeOnly, exact });
    const group = (place, all) => {
      const named = operation.parameters.filter((parameter) => parameter.in === place);
      const values = named.map(({ name, schema = {}, example }) => [
        name,
        name === 'Idempotency-Key'
          ? IDEMPOTENCY_KEYS
          : this.arbitraries.value({ example, ...schema }, at(name, place === 'path')),
      ]);
      const requiredKeys = named.filter(({ required }) => all || required === true).map(({ name }) => name);
      return fc.record(Object.fromEntries(values), { requiredKeys });
    };
    const { body, parameters } = operation;
    return fc.record({
      path: group('path', true),
      query: group('query', false),
      headers: group('header', false),
      queryNames: fc.constant(
        parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
      ),
      json:
        body === undefined
          ? fc.constant(undefined)
          : this.arbitraries.value(exact ? body.schema : { ...body.schema, example: body.example }, at('')),
      type: fc.constant(body?.type),
      damage: fc.constant([]),
    });
  }
}

/** What goes over the wire. */
function wire(operation, { path, query, headers, json, raw, type, damage }) {
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name) => encoded(path[name]));
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encoded(name)}=${encoded(one)}`),
  );
  const sent = {
    ...lowered(headers),
    ...(type === undefined || type === '' ? {} : { 'content-type': type }),
  };
  const content = raw ?? serialised(json, operation.body?.type, sent);
  return {
    ...{ operation, path, query, json: raw === undefined ? json : parsed(raw), damage },
    ...{ method: operation.method, url: pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}` },
    ...{ headers: sent, content: content === undefined ? undefined : Buffer.from(content) },
  };
}

function parsed(raw) {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

/** A path never loses a part: an empty one, or one that means another folder, would be another address. */
function encoded(value) {
  const text = String(value ?? 'none').toWellFormed();
  return encodeURIComponent(text === '' || text === '.' || text === '..' ? 'none' : text);
}

const lowered = (headers) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Buffer.from(String(value))
        .toString('latin1')
        .replace(/[\0\r\n]/g, ' '),
    ]),
  );

function serialised(json, type, headers) {
  if (json === undefined) return undefined;
  if (type === 'application/x-www-form-urlencoded') return new URLSearchParams(textsOf(json)).toString();
  if (type !== 'multipart/form-data') return JSON.stringify(json);
  headers['content-type'] &&= 'multipart/form-data; boundary=fuzz-boundary';
  const part = `--fuzz-boundary\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\ncontent-type: application/pdf\r\n\r\n`;
  return `${part}${String(json?.file ?? '%PDF-1.4\n')}\r\n--fuzz-boundary--\r\n`;
}

const textsOf = (json) =>
  Object.entries(Object(json)).map(([name, value]) => [
    name,
    (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed(),
  ]);
