import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ERROR_KINDS } from '../../src/common/errors/error-kinds';
import { ERROR_TABLES } from '../../src/error-tables';
import { filesBelow, ROOT, textOf } from './files';

const BUILD_MS = 180_000;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const HANGUL = /[가-힣]/;

interface Media {
  readonly example?: unknown;
  readonly examples?: Record<string, unknown>;
}
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly Record<string, readonly string[]>[];
  readonly parameters?: readonly { name: string; in: string }[];
  readonly requestBody?: { content: Record<string, Media> };
  readonly responses: Record<string, { content?: Record<string, Media> }>;
  readonly 'x-public'?: boolean;
  readonly 'x-unlimited'?: boolean;
  readonly 'x-own-account'?: boolean;
  readonly 'x-roles'?: readonly string[];
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

const entries = Object.entries(ERROR_TABLES).flatMap(([table, codes]) =>
  Object.entries(codes).map(([code, entry]) => ({ table, code, entry })),
);

describe('the error codes', () => {
  it('are in tables that are all listed', () => {
    const declared = filesBelow(['src'], /\.ts$/)
      .filter((path) => !path.endsWith('.spec.ts'))
      .flatMap((path) => [...textOf(path).matchAll(/export const (\w+) = defineErrors\(/g)])
      .map(([, name = '']) => name);
    expect(declared.sort()).toEqual(Object.keys(ERROR_TABLES).sort());
  });

  it('are each in one table, in upper snake case, with a status', () => {
    const codes = entries.map(({ code }) => code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    expect(codes.filter((code) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(code))).toEqual([]);
    expect(entries.filter(({ entry }) => ERROR_KINDS[entry.kind] === undefined)).toEqual([]);
  });

  it('say what they mean in Korean and in English', () => {
    const silent = entries.filter(
      ({ entry: { ko, en } }) =>
        !HANGUL.test(ko.title) ||
        !HANGUL.test(ko.detail) ||
        HANGUL.test(en.title + en.detail) ||
        en.title === '' ||
        en.detail === '',
    );
    expect(silent.map(({ code }) => code)).toEqual([]);
  });
});

describe('the written reference', () => {
  it(
    'is what the sources say',
    () => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(ROOT, 'scripts/openapi.mjs'), '--check'],
        { encoding: 'utf8' },
      );
      expect({ status, said: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ status: 0, said: '' });
    },
    BUILD_MS,
  );
});

describe('the OpenAPI document', () => {
  const text = textOf('docs/openapi.json');
  const document = JSON.parse(text) as Document;
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) =>
      item[method] ? [{ at: `${method} ${path}`, path, operation: item[method] }] : [],
    ),
  );
  const failing = (isRight: (operation: Operation, path: string) => boolean) =>
    operations.filter(({ operation, path }) => !isRight(operation, path)).map(({ at }) => at);

  it('names, sums up and files every operation', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(operations.length);
    expect(
      failing(({ operationId, summary, tags }) => Boolean(operationId && summary && tags?.length)),
    ).toEqual([]);
  });

  it('says who may call: nobody is told to come without credentials but where all may', () => {
    const { securitySchemes } = document.components;
    expect(failing((operation) => Array.isArray(operation.security))).toEqual([]);
    expect(
      failing(({ security = [] }) => security.flatMap(Object.keys).every((name) => name in securitySchemes)),
    ).toEqual([]);
    const open = (operation: Operation) => operation.security?.length === 0;
    expect(failing((operation) => !open(operation) || operation['x-public'] === true)).toEqual([]);
    expect(
      failing(
        (operation, path) => open(operation) || operation['x-public'] !== true || path.startsWith('/oauth/'),
      ),
    ).toEqual([]);
  });

  it('tells the errors that any operation can answer', () => {
    const wanted = (operation: Operation) => [
      '500',
      ...(operation['x-public'] ? [] : ['401', '403']),
      ...(operation['x-unlimited'] ? [] : ['429']),
    ];
    expect(
      failing((operation) => wanted(operation).every((status) => status in operation.responses)),
    ).toEqual([]);
  });

  it('tells members of a suspended branch or agency where they are held back', () => {
    const wanted = ({ 'x-roles': roles = [], 'x-own-account': isOwn = false }: Operation, at: string) =>
      at.startsWith('get ') || isOwn
        ? []
        : ['BRANCH', 'AGENCY'].filter((role) => roles.includes(role)).map((role) => `${role}_SUSPENDED`);
    const codesOf = ({ responses }: Operation) =>
      Object.keys(responses['403']?.content?.['application/problem+json']?.examples ?? {}).filter((code) =>
        code.endsWith('_SUSPENDED'),
      );
    const wrong = operations.filter(
      ({ at, operation }) => codesOf(operation).sort().join() !== wanted(operation, at).sort().join(),
    );
    expect(wrong.map(({ at }) => at)).toEqual([]);
  });

  it('tells of no limit where there is none: at the probes', () => {
    const unlimited = operations.filter(({ operation }) => operation['x-unlimited']);
    expect(unlimited.map(({ path }) => path).sort()).toEqual(['/health/live', '/health/ready']);
    expect(unlimited.filter(({ operation }) => '429' in operation.responses)).toEqual([]);
  });

  it('shows an example of every JSON body', () => {
    const media = (operation: Operation) =>
      [
        operation.requestBody?.content ?? {},
        ...Object.values(operation.responses).map(({ content }) => content ?? {}),
      ]
        .flatMap((content) => Object.entries(content))
        .filter(([type]) => type.includes('json') || type.includes('form'))
        .map(([, body]) => body);
    expect(
      failing((operation) =>
        media(operation).every(({ example, examples }) => (example ?? examples) !== undefined),
      ),
    ).toEqual([]);
  });

  it('has no two classes of one name: the later would silently describe the other’s answers', () => {
    const names = filesBelow(['src'], /\.ts$/)
      .map(textOf)
      .filter((source) => source.includes('@nestjs/swagger'))
      .flatMap((source) => [...source.matchAll(/^export class (\w+)/gm)].map(([, name = '']) => name));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('declares every path parameter, and refers to schemas that are there', () => {
    const named = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(
      failing(({ parameters = [] }, path) =>
        named(path).every((name) =>
          parameters.some((parameter) => parameter.in === 'path' && parameter.name === name),
        ),
      ),
    ).toEqual([]);
    const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
    expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
  });
});
