import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { withLock } from './lock.mjs';
import { Problem, step } from './output.mjs';
import { ensureFolder, fromRoot, ROOT } from './paths.mjs';
import { run } from './processes.mjs';
import { filesBelow, hashOf, readText } from './stamp.mjs';

const OUT = 'dist';
const TEST_OUT = 'dist-test';
const STAMP = '.built';
const CACHE = 'node_modules/.cache/pg-gateway/build.tsbuildinfo';
const KILLING = 'test/support/crash-point.killing.ts';
const CRASH_POINT = 'src/common/crash/crash-point.js';
const isSource = (path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !path.endsWith('.d.ts');

const sources = () => ['src', 'migrations'].flatMap((folder) => filesBelow(folder, isSource));
const configs = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];

/** Names what a build was made from; equal hashes mean that nothing has to be built. */
export const buildHash = () => hashOf([...sources(), ...configs]);

const testBuildHash = () => hashOf([KILLING], buildHash());
const isFresh = (out, hash) => readText(fromRoot(out, STAMP)) === hash;

/**
 * Compiles src and migrations to dist/ when they changed. With `test`, makes dist-test/ too: the same output, in which
 * the crash points really kill. Output whose source has gone is removed.
 */
export async function ensureBuilt({ test = false, force = false } = {}) {
  const done = () => isFresh(OUT, buildHash()) && (!test || isFresh(TEST_OUT, testBuildHash()));
  if (!force && done()) return false;
  await withLock('build', async () => {
    if (!force && done()) return;
    if (force || !isFresh(OUT, buildHash())) await step('Building', compile);
    if (test) makeTestBuild();
  });
  return true;
}

async function compile() {
  const hash = buildHash();
  const finishedBefore = readText(fromRoot(OUT, STAMP)) !== '';
  if (!finishedBefore) {
    rmSync(fromRoot(OUT), { recursive: true, force: true });
    rmSync(fromRoot(CACHE), { force: true });
  }
  rmSync(fromRoot(OUT, STAMP), { force: true });
  const tsc = fromRoot('node_modules/typescript/bin/tsc');
  const args = [
    '-p',
    'tsconfig.build.json',
    '--incremental',
    '--tsBuildInfoFile',
    CACHE,
    '--noEmitOnError',
    '--pretty',
  ];
  const { code, output } = await run(process.execPath, [tsc, ...args], { cwd: ROOT });
  if (code !== 0) {
    if (finishedBefore) writeFileSync(fromRoot(OUT, STAMP), 'an older state of the sources');
    throw new Problem(
      'The sources do not compile.',
      'Mend the errors above, then run the command again.',
      firstLines(output, 60),
    );
  }
  removeStale(OUT);
  writeFileSync(fromRoot(OUT, STAMP), hash);
}

function firstLines(text, count) {
  const lines = text.trimEnd().split('\n');
  return lines.length <= count
    ? text
    : [...lines.slice(0, count), `… ${lines.length - count} more lines`].join('\n');
}

function removeStale(out) {
  const wanted = new Set(sources().map((path) => path.replace(/\.ts$/, '')));
  for (const path of filesBelow(out)) {
    const name = path.slice(out.length + 1).replace(/\.js(\.map)?$/, '');
    if (name !== STAMP && !wanted.has(name)) rmSync(fromRoot(path));
  }
}

function makeTestBuild() {
  const hash = testBuildHash();
  rmSync(fromRoot(TEST_OUT, STAMP), { force: true });
  ensureFolder(fromRoot(TEST_OUT));
  for (const path of filesBelow(OUT)) {
    const name = path.slice(OUT.length + 1);
    if (name !== STAMP) copyIfChanged(fromRoot(path), fromRoot(TEST_OUT, name));
  }
  removeStale(TEST_OUT);
  if (existsSync(fromRoot(KILLING))) {
    rmSync(fromRoot(TEST_OUT, `${CRASH_POINT}.map`), { force: true });
    writeFileSync(fromRoot(TEST_OUT, CRASH_POINT), compileAlone(KILLING));
  }
  writeFileSync(fromRoot(TEST_OUT, STAMP), hash);
}

function copyIfChanged(from, to) {
  if (existsSync(to) && readFileSync(from).equals(readFileSync(to))) return;
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function compileAlone(path) {
  const typescript = createRequire(join(ROOT, 'package.json'))('typescript');
  const compilerOptions = { target: 'es2023', module: 'commonjs', esModuleInterop: true };
  return typescript.transpileModule(readFileSync(fromRoot(path), 'utf8'), { fileName: path, compilerOptions })
    .outputText;
}
