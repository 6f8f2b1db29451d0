import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { envSchema } from '../../src/config/env.schema';
import { filesBelow, linesOf, ROOT, textOf } from './files';

const README_LINES_MAX = 30;
const FRONT_LINES_MAX = 80;

/** Used by name on a command line, in a configuration, or by another package, or by tests of this kind alone. */
const TOOLS = [
  '@fastify/static',
  '@redocly/cli',
  '@stoplight/spectral-cli',
  '@types/jest',
  '@types/node',
  '@types/passport-jwt',
  '@types/yazl',
];
interface Manifest {
  readonly scripts: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}
const manifest = JSON.parse(textOf('package.json')) as Manifest;

/** What .env.example shows: `#KEY=value` or `KEY=value`. */
const shown = new Map(
  [...textOf('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, key = '', value = '']) => [
    key,
    value,
  ]),
);

function keysIn(path: string, pattern: RegExp): string[] {
  const keys = [...textOf(path).matchAll(pattern)].map(([, key = '']) => key);
  expect(keys).not.toEqual([]);
  return keys;
}

describe('.env.example', () => {
  it('explains exactly the keys that something reads', () => {
    const read = new Set([
      ...Object.keys(envSchema.shape),
      ...keysIn('src/config/verify-config.ts', /^ {2}([A-Z][A-Z_]+): (?:z|address)\b/gm),
      ...keysIn('src/sandbox/config.ts', /^ {2}([A-Z][A-Z_]+): z/gm),
      ...keysIn('scripts/lib/gateway-env.mjs', /given\.([A-Z][A-Z_]+)/g),
      ...keysIn('scripts/lib/test-database.mjs', /givenEnv\(\)\.([A-Z][A-Z_]+)/g),
      ...keysIn('scripts/lib/mariadb/setup-sql.mjs', /secret: '([A-Z][A-Z_]+)'/g),
    ]);
    expect([...shown.keys()].sort()).toEqual([...read].sort());
  });

  it('shows each key once', () => {
    const keys = [...textOf('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, key = '']) => key);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('shows the defaults that hold', () => {
    const known = envSchema.parse({
      DATABASE_URL: 'mysql://user@host/name',
      ROOT_KEYS: `v1:${Buffer.alloc(32).toString('base64')}`,
    });
    const { DATABASE_URL: _url, ROOT_KEYS: _keys, ...defaults } = known;
    const wrong = Object.entries(defaults).filter(([key, value]) => shown.get(key) !== String(value));
    expect(wrong).toEqual([]);
  });

  it('gives no value away: every line is a comment', () => {
    expect(linesOf(textOf('.env.example')).filter((line) => line !== '' && !line.startsWith('#'))).toEqual(
      [],
    );
  });
});

describe('the READMEs', () => {
  const inside = filesBelow(['src'], /^README\.md$/);

  it('of the parts are short, and every module has one', () => {
    expect(inside.filter((path) => linesOf(textOf(path)).length > README_LINES_MAX)).toEqual([]);
    const modules = new Set(filesBelow(['src/modules'], /\.module\.ts$/).map((path) => dirname(path)));
    expect([...modules].filter((folder) => !inside.includes(`${folder}/README.md`))).toEqual([]);
  });

  it.each(['README.md', 'README.ko.md'])(
    '%s is short, names the first two commands, and only commands that exist',
    (path) => {
      const text = textOf(path);
      expect(linesOf(text).length).toBeLessThanOrEqual(FRONT_LINES_MAX);
      expect(text).toContain('npm start');
      expect(text).toContain('npm test');
      const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
      expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
    },
  );

  it.each([
    'README.md',
    'README.ko.md',
    'CHANGELOG.md',
    ...filesBelow(['docs', 'src', 'bench', 'sdk'], /\.md$/),
  ])('%s links to files that are there', (path) => {
    const links = [...textOf(path).matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(path), link)))).toEqual([]);
  });
});

interface Locked {
  readonly integrity?: string;
}

/** What is read of CycloneDX. */
interface Bill {
  readonly components: readonly { readonly hashes: readonly { readonly content: string }[] }[];
}

describe('package.json and its lock', () => {
  it('name no registry address', () => {
    expect(textOf('package-lock.json')).not.toMatch(/"resolved":/);
  });

  it('hold every package by its hash, and npm makes a bill of materials of all of them', () => {
    const lock = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, Locked> };
    const { '': _own, ...packages } = lock.packages;
    const hashes = Object.values(packages).map(({ integrity = '' }) => integrity);
    expect(hashes.filter((hash) => !hash.startsWith('sha512-'))).toEqual([]);
    const [, ...args] = manifest.scripts.sbom!.split(' ');
    const { stdout } = spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const { components } = JSON.parse(stdout) as Bill;
    const told = new Set(
      components.flatMap(({ hashes: own }) =>
        own.map(({ content }) => `sha512-${Buffer.from(content, 'hex').toString('base64')}`),
      ),
    );
    expect(hashes.filter((hash) => !told.has(hash))).toEqual([]);
  });

  it('hold no dependency that nothing imports', () => {
    const code = filesBelow(
      ['src', 'scripts', 'test', 'examples', 'bench', 'fuzz', 'migrations', 'sdk/src'],
      /\.(ts|mjs|cjs)$/,
    )
      .filter((path) => !path.startsWith('test/tidy/'))
      .concat('jest.config.cjs', 'eslint.config.mjs', '.spectral.mjs')
      .map(textOf)
      .join('\n');
    const all = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const idle = all.filter(
      (name) => !new RegExp(`['"\`/]${name.replace(/[/.]/g, '\\$&')}['"\`/]`).test(code),
    );
    expect(idle.sort()).toEqual(TOOLS.toSorted());
  });

  it('has a file behind every command', () => {
    const files = Object.values(manifest.scripts).flatMap((line) => /^node (\S+)/.exec(line)?.[1] ?? []);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

describe('the image', () => {
  it('starts the API as npm start does', () => {
    const flags = [...textOf('scripts/lib/node-flags.mjs').matchAll(/'(--[^']+)'/g)].map(([, flag]) => flag);
    expect(flags).toHaveLength(2);
    expect(textOf('Dockerfile')).toContain(
      `CMD ${JSON.stringify(['node', ...flags, 'dist/src/main.js']).replaceAll(',', ', ')}`,
    );
  });
});
