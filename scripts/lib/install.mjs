import { mkdirSync, writeFileSync } from 'node:fs';
import { fromRoot, ROOT } from './paths.mjs';
import { withLock } from './lock.mjs';
import { Problem, step } from './output.mjs';
import { run } from './processes.mjs';
import { hashOf, readJson, readText } from './stamp.mjs';

const STAMP = fromRoot('node_modules/.pg-gateway-lock');
const wantedStamp = () => hashOf(['package-lock.json'], process.platform, process.arch);

/** Installs the locked packages when node_modules is missing or is not what package-lock.json names. */
export async function ensureInstalled() {
  const wanted = wantedStamp();
  if (readText(STAMP) === wanted) return;
  await withLock('install', async () => {
    if (readText(STAMP) === wanted) return;
    if (!treeMatchesLock()) await install();
    mkdirSync(fromRoot('node_modules'), { recursive: true });
    writeFileSync(STAMP, wanted);
  });
}

function install() {
  return step('Installing the locked packages', async (note) => {
    const npm = (...args) =>
      run('npm', [...args, '--include=dev', '--no-audit', '--no-fund', '--loglevel=http'], {
        cwd: ROOT,
        env: { ...process.env, NODE_ENV: undefined },
        onLine: (line) => note(nameIn(line)),
      });
    let result = await npm('ci');
    if (lacksOptionalOnly(result)) result = await npm('install', '--no-save');
    note(undefined);
    if (result.code === 0) return;
    const errors = result.output.split('\n').filter((line) => /^npm error \S/.test(line));
    throw new Problem(
      'The packages could not be installed.',
      'See what npm says above, and that its registry can be reached (npm ping); then run the command again.',
      errors.slice(0, 12).join('\n'),
    );
  });
}

/** The package that a line of npm's log speaks of. */
const nameIn = (line) => /\/((?:@|%40)?[\w.-]+(?:(?:\/|%2f)[\w.-]+)?)(?:\/-\/\S+)? \d/i.exec(line)?.[1];

/**
 * npm ci refuses a lock in which the registry did not know an optional package of another platform. A plain install
 * takes the same locked versions and leaves such packages out, as they are not for this machine.
 */
function lacksOptionalOnly({ code, output }) {
  const complaints = output.split('\n').filter((line) => /^npm error (Missing|Invalid): /.test(line));
  return (
    code !== 0 &&
    complaints.length > 0 &&
    complaints.every((line) => /^npm error Missing: \S+@ from lock file$/.test(line))
  );
}

/** npm notes what it installed in node_modules/.package-lock.json; a tree that someone installed by hand is taken as it is. */
function treeMatchesLock() {
  const locked = readJson(fromRoot('package-lock.json'))?.packages;
  const present = readJson(fromRoot('node_modules/.package-lock.json'))?.packages;
  if (!locked || !present) return false;
  const isRight = ([path, entry]) =>
    path === '' ||
    (present[path]
      ? present[path].version === entry.version && present[path].integrity === entry.integrity
      : entry.optional === true);
  return Object.entries(locked).every(isRight);
}
