import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './files';

/** An API with one of everything that a change can break. */
function api() {
  return {
    openapi: '3.0.0',
    info: { title: 'Small', version: '1' },
    paths: {
      '/things': {
        get: {
          summary: 'List',
          security: [{ key: [] as string[] }, { token: ['read'] }],
          parameters: [
            { in: 'query', name: 'limit', required: false, schema: { type: 'integer', maximum: 200 } },
          ],
          responses: {
            '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Things' } } } },
            '404': {
              content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
            },
          } as Record<string, object>,
        },
        post: {
          security: [{ key: [] as string[] }],
          parameters: [] as object[],
          requestBody: {
            required: false,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/NewThing' } } } as Record<
              string,
              object
            >,
          },
          responses: {
            '201': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
          },
        },
      },
    },
    components: {
      schemas: {
        Problem: { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] },
        Things: {
          type: 'object',
          properties: { data: { type: 'array', items: { $ref: '#/components/schemas/Thing' } } },
          required: ['data'],
        },
        Thing: {
          type: 'object',
          properties: {
            id: { type: 'string' },
            amount: { type: 'integer' },
            parent: { allOf: [{ $ref: '#/components/schemas/Thing' }], nullable: true },
          },
          required: ['id', 'amount'],
        },
        NewThing: {
          type: 'object',
          properties: {
            kind: { type: 'string', enum: ['CARD', 'BANK'] },
            name: { type: 'string', maxLength: 100 },
            amount: { type: 'integer', minimum: 1, nullable: true },
            tags: { type: 'array', items: { type: 'string' }, maxItems: 5 },
          },
          required: ['kind'],
        },
      },
    },
  };
}

type Api = ReturnType<typeof api>;
// The planting of a change walks into whatever the document holds at a path.
const at = (document: Api, path: string) =>
  path
    .split(' ')
    .reduce((value, key) => (value as Record<string, unknown>)[key], document as unknown) as Record<
    string,
    never
  >;
const set = (path: string, key: string, value: unknown) => (document: Api) =>
  Object.assign(at(document, path), { [key]: value });
const remove = (path: string, key: string) => (document: Api) => void delete at(document, path)[key];

const THINGS = 'paths /things get';
const POST = 'paths /things post';
const SENT = 'components schemas NewThing';
const GOT = 'components schemas Thing';
const folder = mkdtempSync(join(tmpdir(), 'pg-gateway-api-diff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function write(document: unknown): string {
  const file = join(folder, `${(files += 1)}.json`);
  writeFileSync(file, JSON.stringify(document));
  return file;
}

type Case = readonly [string, (document: Api) => unknown];

function changed(change: (document: Api) => unknown): Api {
  const document = api();
  change(document);
  return document;
}

/** What the comparer finds in each case. One process for all of them: it is the only one that can import the script. */
function found(cases: readonly Case[]): readonly string[][] {
  const program = `
    import { readFileSync } from 'node:fs';
    import { breakingChanges } from '${pathToFileURL(join(ROOT, 'scripts/lib/api-changes.mjs')).href}';
    const { released, cases } = JSON.parse(readFileSync(0, 'utf8'));
    process.stdout.write(JSON.stringify(cases.map((each) => breakingChanges(released, each))));
  `;
  const input = JSON.stringify({ released: api(), cases: cases.map(([, change]) => changed(change)) });
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    input,
  });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}

function command(document: Api): { status: number | null; said: string } {
  const args = [join(ROOT, 'scripts/api-diff.mjs'), '--released', write(api()), '--current', write(document)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

const BREAKING: readonly Case[] = [
  ['POST /things: the operation was removed', remove('paths /things', 'post')],
  ['parameter query limit was removed', set(THINGS, 'parameters', [])],
  ['parameter query limit became required', set(`${THINGS} parameters 0`, 'required', true)],
  ['limit: maximum is 100, was 200', set(`${THINGS} parameters 0 schema`, 'maximum', 100)],
  [
    'new parameter header If-Match is required',
    set(POST, 'parameters', [{ in: 'header', name: 'If-Match', required: true, schema: { type: 'string' } }]),
  ],
  ['the body became required', set(`${POST} requestBody`, 'required', true)],
  ['body: application/json was removed', set(`${POST} requestBody`, 'content', { 'text/csv': {} })],
  ['credentials {"token":["read"]} are not enough any more', set(THINGS, 'security', [{ key: [] }])],
  ['answer 404 was removed', remove(`${THINGS} responses`, '404')],
  ['field name became required', set(SENT, 'required', ['kind', 'name'])],
  ['field name was removed', remove(`${SENT} properties`, 'name')],
  [
    'new field currency is required',
    (document) => {
      Object.assign(at(document, `${SENT} properties`), { currency: { type: 'string' } });
      set(SENT, 'required', ['kind', 'currency'])(document);
    },
  ],
  ['values BANK are not taken any more', set(`${SENT} properties kind`, 'enum', ['CARD'])],
  ['only listed values are taken now', set(`${SENT} properties name`, 'enum', ['a'])],
  ['maxLength is 50, was 100', set(`${SENT} properties name`, 'maxLength', 50)],
  ['pattern is ^a, was none', set(`${SENT} properties name`, 'pattern', '^a')],
  ['minimum is 100, was 1', set(`${SENT} properties amount`, 'minimum', 100)],
  ['null is not taken any more', set(`${SENT} properties amount`, 'nullable', false)],
  ['maxItems is 1, was 5', set(`${SENT} properties tags`, 'maxItems', 1)],
  ['type string became integer', set(`${SENT} properties tags items`, 'type', 'integer')],
  ['field amount was removed', remove(`${GOT} properties`, 'amount')],
  ['field amount may be missing now', set(GOT, 'required', ['id'])],
  ['amount: may be null now', set(`${GOT} properties amount`, 'nullable', true)],
  ['type integer became number', set(`${GOT} properties amount`, 'type', 'number')],
  ['type integer became string', set(`${GOT} properties amount`, 'type', 'string')],
];

const HARMLESS: readonly Case[] = [
  ['words', set(THINGS, 'summary', 'All of them')],
  ['an operation', set('paths', '/more', { get: { responses: {} } })],
  [
    'an optional parameter',
    set(POST, 'parameters', [{ in: 'header', name: 'If-Match', schema: { type: 'string' } }]),
  ],
  ['an optional field that is sent', set(`${SENT} properties`, 'note', { type: 'string' })],
  ['a field that is answered', set(`${GOT} properties`, 'note', { type: 'string' })],
  ['a value that is taken', set(`${SENT} properties kind`, 'enum', ['CARD', 'BANK', 'POINTS'])],
  ['a longer text', set(`${SENT} properties name`, 'maxLength', 200)],
  ['that a page should hide what is typed', set(`${SENT} properties name`, 'format', 'password')],
  ['no limit any more', remove(`${SENT} properties tags`, 'maxItems')],
  ['another way to be let in', set(POST, 'security', [{ key: [] }, { token: ['write'] }])],
  ['nobody is kept out', set(THINGS, 'security', [])],
  ['an answer', set(`${THINGS} responses`, '503', { content: {} })],
];

it('finds every kind of breaking change', () => {
  const lines = found(BREAKING);
  expect(BREAKING.filter(([line], index) => !lines[index]?.some((each) => each.includes(line)))).toEqual([]);
  // And nothing else: what one plant is told of is one thing, wherever it is met.
  const told = (line: string) => line.split(': ').at(-1) ?? '';
  expect(
    BREAKING.filter(([line], index) => lines[index]?.some((each) => !each.endsWith(told(line)))),
  ).toEqual([]);
});

it('lets pass what breaks nobody', () => {
  const lines = found(HARMLESS);
  expect(HARMLESS.flatMap(([what], index) => (lines[index]?.length === 0 ? [] : [what]))).toEqual([]);
});

it('fails as a command, and says what to do', () => {
  const broken = command(changed(remove('paths /things', 'post')));
  expect(broken.status).toBe(1);
  expect(broken.said).toContain('POST /things: the operation was removed');
  expect(broken.said).toContain('docs/released/README.md');
  const grown = command(changed(set('paths', '/more', { get: { responses: {} } })));
  expect([grown.status, grown.said.includes('+ GET /more')]).toEqual([0, true]);
});

it('says which file cannot be read', () => {
  const args = [join(ROOT, 'scripts/api-diff.mjs'), '--current', join(folder, 'none.json')];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([status, `${stdout}${stderr}`.includes('none.json')]).toEqual([1, true]);
});
