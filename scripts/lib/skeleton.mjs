import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from './output.mjs';
import { ensureFolder, fromRoot } from './paths.mjs';

const TEMPLATES = fromRoot('scripts', 'templates', 'acquirer');
/** Where each folder of templates goes. */
const FOLDERS = {
  adapter: (name) => ['src', 'acquirers', name],
  sandbox: (name) => ['src', 'sandbox', name],
};

const upperFirst = (name) => name[0].toUpperCase() + name.slice(1);

function filled(text, name) {
  return text
    .replaceAll('__NAME__', name.toUpperCase())
    .replaceAll('__Name__', upperFirst(name))
    .replaceAll('__name__', name);
}

/** Every file of the skeleton: its path from the root, and its text. */
export function skeletonFiles(name) {
  const text = (...path) => filled(readFileSync(join(TEMPLATES, ...path), 'utf8'), name);
  const beside = Object.entries(FOLDERS).flatMap(([folder, target]) =>
    readdirSync(join(TEMPLATES, folder)).map((file) => [
      join(...target(name), filled(file, name).replace(/\.tpl$/, '')),
      text(folder, file),
    ]),
  );
  return [
    ...beside,
    [`test/contract/conformance/fixtures/${name}.ts`, text('contract', 'fixture.ts.tpl')],
    [`test/contract/${name}.conformance.contract-spec.ts`, text('contract', 'spec.ts.tpl')],
  ];
}

/**
 * One line (or part of one) that belongs into a file that is there. `has`: it stands there already. `after`: the last
 * match is what it follows. Each is one that a person would write; where a file has changed so much that the place
 * is not found, the person is told.
 */
export function registryLines(name) {
  const Name = upperFirst(name);
  const NAME = name.toUpperCase();
  const address = `${NAME}_BASE_URL`;
  const sandboxAddress = {
    has: new RegExp(`\\b${address}:`),
    after: /^ {4}[A-Z]+_\w+: own\((\d+), .*\n/gm,
    line: ([, place]) => `    ${address}: own(${Number(place) + 1}, '${name}'),\n`,
  };
  return [
    {
      file: 'src/acquirers/acquirers.module.ts',
      has: new RegExp(`import \\{ ${Name}Adapter \\}`),
      after: /^import \{ \w+Adapter \} from .*\n/gm,
      line: () => `import { ${Name}Adapter } from './${name}/${name}.adapter';\n`,
    },
    {
      file: 'src/acquirers/acquirers.module.ts',
      has: new RegExp(`ADAPTERS = \\[[^\\]]*\\b${Name}Adapter\\b`),
      after: /ADAPTERS = \[[^\]]*\w(?=,?\s*\])/g,
      line: () => `, ${Name}Adapter`,
    },
    {
      file: 'src/sandbox/core/acquirer.ts',
      has: new RegExp(`ACQUIRERS = \\[[^\\]]*'${name}'`),
      after: /ACQUIRERS = \[[^\]]*'(?=,?\s*\])/g,
      line: () => `, '${name}'`,
    },
    {
      file: 'src/sandbox/registry.ts',
      has: new RegExp(`import \\{ ${Name}Sandbox \\}`),
      after: /^import \{ \w+Sandbox \} from .*\n/gm,
      line: () => `import { ${Name}Sandbox } from './${name}/${name}.sandbox';\n`,
    },
    {
      file: 'src/sandbox/registry.ts',
      has: new RegExp(`\\['${name}',`),
      after: /^ {2}\['\w+', .*\],\n/gm,
      line: () => `  ['${name}', (context) => new ${Name}Sandbox(context)],\n`,
    },
    {
      file: 'src/config/env.schema.ts',
      has: new RegExp(`\\b${address}:`),
      after: /^ {2}[A-Z]+_(?:BASE|LEGACY|STDPAY)_URL: z.*\n/gm,
      line: () => `  ${address}: z.url().default('https://api.${name}.invalid'),\n`,
    },
    {
      file: 'src/config/app-config.ts',
      has: new RegExp(`\\| '${name}'|'${name}'\\s*\\|`),
      after: /export type AcquirerAddress =[^;]*(?=;)/g,
      line: () => ` | '${name}'`,
    },
    {
      file: 'src/config/config-parts.ts',
      has: new RegExp(`\\b${name}: bare\\(`),
      after: /^ {4}\w+: bare\(env\.\w+\),\n/gm,
      line: () => `    ${name}: bare(env.${address}),\n`,
    },
    {
      file: '.env.example',
      has: new RegExp(`^#${address}=`, 'm'),
      after: /^#[A-Z]+_(?:BASE|LEGACY|STDPAY)_URL=.*\n/gm,
      line: () => `#${address}=https://api.${name}.invalid\n`,
    },
    { file: 'scripts/lib/sandbox-addresses.mjs', ...sandboxAddress },
    { file: 'test/support/sandbox-addresses.ts', ...sandboxAddress },
    {
      file: 'docker-compose.yml',
      has: new RegExp(`\\b${address}:`),
      after: /^ {2}[A-Z]+_\w+_URL: http:\/\/sandbox:(\d+)\/.*\n/gm,
      line: ([, port]) => `  ${address}: http://sandbox:${Number(port) + 1}/${name}\n`,
    },
  ];
}

/** The files as they will be, by path: a line whose place is not found stops everything before anything is written. */
export function registeredFiles(name) {
  const texts = new Map();
  for (const { file, has, after, line } of registryLines(name)) {
    const text = texts.get(file) ?? readFileSync(fromRoot(file), 'utf8');
    texts.set(file, has.test(text) ? text : withLine(text, { file, after, line }));
  }
  return [...texts];
}

function withLine(text, { file, after, line }) {
  const last = [...text.matchAll(after)].at(-1);
  if (last === undefined) {
    throw new Problem(
      `${file} has changed: the place for the new acquirer is not found.`,
      'Mend scripts/lib/skeleton.mjs; nothing has been written.',
    );
  }
  const end = last.index + last[0].length;
  return text.slice(0, end) + line(last) + text.slice(end);
}

export function writeFiles(files) {
  for (const [path, text] of files) {
    ensureFolder(dirname(fromRoot(path)));
    writeFileSync(fromRoot(path), text);
  }
}
