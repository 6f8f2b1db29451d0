import { readFileSync } from 'node:fs';
import { Problem, say, step } from './output.mjs';
import { run, which } from './processes.mjs';

/** Whether packages of Debian or Ubuntu may be installed here: by root alone, who else would be asked for a password. */
export function mayInstall() {
  return process.getuid?.() === 0 && which('apt-get') !== undefined && /debian/i.test(osRelease());
}

function osRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

/** Installs packages without what they only recommend; {code, output} of apt-get. */
export async function aptInstall(...packages) {
  await apt('update');
  return apt('install', '--no-install-recommends', ...packages);
}

function apt(...args) {
  return step(`apt-get ${args.join(' ')}`, async (note) => {
    const options = ['-o', 'DPkg::Lock::Timeout=120', '-q', '-y'];
    const result = await run('apt-get', [...options, ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      onLine: (line) => note(line.slice(0, 40)),
    });
    note(undefined);
    return result;
  });
}

/** Installs packages, for their programs alone; `next` is said where that fails. */
export async function installPackages(names, next) {
  say(`Installing ${names.join(', ')}, whose programs are not here.`);
  const { code, output } = await aptInstall(...names);
  if (code === 0) return;
  throw new Problem(
    `${names.join(', ')} could not be installed.`,
    next,
    output.split('\n').slice(-12).join('\n'),
  );
}

const howToInstall = (packageName) =>
  `Install it: sudo apt-get install --no-install-recommends ${packageName}`;

/**
 * Where a program is; else a message that says how to install it. On a machine with a database that serves nothing is
 * installed by the way: a newer package could bring a newer server with it, and restart the one that runs.
 */
export function neededProgram(program, packageName = program) {
  const path = which(program);
  if (path === undefined)
    throw new Problem(`There is no ${program} on this machine.`, howToInstall(packageName));
  return path;
}

/** The same for a drill, which has the machine to itself: installed where it is missing and we may. */
export async function ensureProgram(program, packageName = program) {
  if (which(program) === undefined && mayInstall()) {
    await installPackages([packageName], howToInstall(packageName));
  }
  return neededProgram(program, packageName);
}
