import fc from 'fast-check';

const LONG = 10_000;
const DEEP = 2_000;

/** What careless or hostile callers put where something else is wanted. */
export const HOSTILE = [
  ...[null, true, false, -1, 0, 1.5, -0, 1e308, 2 ** 53, -(2 ** 63), [], {}, [[]], [null], { $ne: null }],
  ...['', ' ', '\u0000', '\ud800', '\r\nX-Injected: 1', 'null', 'undefined', 'NaN', '-1', '1e3', '0x10', '٣'],
  ...[
    "' OR 1=1 -- ",
    '" ; DROP TABLE payments',
    '%',
    '_',
    '\\',
    '../../etc/passwd',
    '%00',
    '%',
    '${7*7}',
    '{{7*7}}',
  ],
  ...['<script>alert(1)</script>', '=1+1', '👩‍👩‍👧', '\u202eabc', 'é', '2026-02-30', '0000-00-00', '9999-12-31'],
  ...['275760-09-14', '2026-01-01T25:00:00+09:00', 'http://127.0.0.1:1/', 'a'.repeat(LONG), '가'.repeat(300)],
  ...[{ toString: 'x', length: -1 }, { constructor: { prototype: {} } }, [1, 'a', null]],
];
const EXTRA = ['__proto__', 'constructor', 'isAdmin', 'status', 'mid', 'role', 'id', '한글', ''];
const TYPES = [
  'text/plain',
  'application/xml',
  'application/json; charset=utf-16',
  'application/x-www-form-urlencoded',
  '',
];
const HEADERS = [
  ['idempotency-key', 'ä'.repeat(3)],
  ['idempotency-key', 'k'.repeat(256)],
  ['idempotency-key', ' '],
  ['x-request-id', '../../x'],
  ['x-request-id', 'r'.repeat(2_000)],
  ['accept-language', 'en;q=x,*;q=-1'],
  ['accept', 'text/html'],
  ['accept', 'image/png;q=0.1'],
  ['if-none-match', '"nonsense'],
  ['if-match', '*'],
  ['if-match', '"999999999999999999999"'],
  ['x-forwarded-for', "127.0.0.1, ' OR 1=1"],
  ['x-http-method-override', 'DELETE'],
  ['range', 'bytes=0-0'],
  ['content-encoding', 'gzip'],
];

/** Every place of a JSON value, as paths. */
function places(value, at = []) {
  if (value === null || typeof value !== 'object') return [at];
  return [at, ...Object.entries(value).flatMap(([name, member]) => places(member, [...at, name]))];
}

function changedAt(value, [name, ...rest], change) {
  if (name === undefined) return change(value);
  const copy = Array.isArray(value) ? [...value] : { ...value };
  const next = rest.length === 0 ? change(copy[name]) : changedAt(copy[name], rest, change);
  if (next === undefined) delete copy[name];
  else copy[name] = next;
  return copy;
}

const pick = (all, number) => all[number % all.length];
const bodyPlaces = ({ json }) => places(json).slice(1);

/** Each changes a request in one way; what does not fit it leaves it as it is. `n`, `m`: which place, which value. */
const KINDS = {
  'member replaced': (sent, n, m) => ({
    json: changedAt(sent.json, pick(bodyPlaces(sent), n), () => pick(HOSTILE, m)),
  }),
  'member left out': (sent, n) => ({
    json: changedAt(sent.json, pick(bodyPlaces(sent), n), () => undefined),
  }),
  'member added': (sent, n, m) => ({
    raw: JSON.stringify(sent.json).replace(
      /\{/,
      `{${JSON.stringify(pick(EXTRA, n))}:${JSON.stringify(pick(HOSTILE, m))},`,
    ),
  }),
  'body replaced': (sent, n) => ({ json: pick(HOSTILE, n) }),
  'body cut off': (sent, n) => ({ raw: JSON.stringify(sent.json).slice(0, n % 40) }),
  'body not UTF-8': () => ({
    raw: Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xc0]), Buffer.from('"}')]),
  }),
  'body deep': () => ({ raw: '['.repeat(DEEP) + ']'.repeat(DEEP) }),
  'body big': () => ({ raw: JSON.stringify({ a: 'x'.repeat(40_000) }) }),
  'numbers odd': (sent) => ({ raw: JSON.stringify(sent.json).replace(/:(\d+)/, ':1e400') }),
  'type changed': (sent, n) => ({ type: pick(TYPES, n) }),
};
const ANY = {
  'path value': (sent, n, m) => {
    const names = Object.keys(sent.path);
    const text = String(
      pick(
        HOSTILE.filter((value) => typeof value === 'string' && value !== '' && value.length < 500),
        m,
      ),
    );
    return names.length === 0 ? {} : { path: { ...sent.path, [pick(names, n)]: text } };
  },
  'query value': (sent, n, m) => {
    const names = sent.queryNames;
    const text = String(
      pick(
        HOSTILE.filter((value) => typeof value !== 'object'),
        m,
      ),
    );
    return names.length === 0 ? {} : { query: { ...sent.query, [pick(names, n)]: text } };
  },
  'query repeated': (sent, n, m) => {
    const names = sent.queryNames;
    return names.length === 0
      ? {}
      : { query: { ...sent.query, [pick(names, n)]: ['a', String(pick(['', 'b', '1'], m))] } };
  },
  'query unknown': (sent, n, m) => ({
    query: {
      ...sent.query,
      [pick([...EXTRA, 'a[b]', 'limit[]', 'sort'], n)]: String(pick(['1', '', '\u0000'], m)),
    },
  }),
  header: (sent, n) => {
    const [name, value] = pick(HEADERS, n);
    return { headers: { ...sent.headers, [name]: value } };
  },
};

/** A request arbitrary, damaged in one or two ways. */
export function damaged(arbitrary) {
  const nat = () => fc.nat({ max: 1_000_000 });
  return fc
    .tuple(arbitrary, fc.array(fc.tuple(nat(), nat(), nat()), { minLength: 1, maxLength: 2 }))
    .map(([sent, choices]) =>
      choices.reduce((request, [which, n, m]) => {
        const hasMembers =
          request.raw === undefined && request.json !== null && typeof request.json === 'object';
        const usable = hasMembers && bodyPlaces(request).length > 0 ? { ...KINDS, ...ANY } : ANY;
        const kind = pick(Object.keys(usable), which);
        return { ...request, ...usable[kind](request, n, m), damage: [...request.damage, kind] };
      }, sent),
    );
}
