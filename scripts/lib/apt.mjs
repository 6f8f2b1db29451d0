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

/** Installs a package, for its program alone; `next` is said where that fails. */
export async function installPackage(name, next) {
  say(`Installing the package ${name}, whose program is not here.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    step(`apt-get ${args.join(' ')}`, async (note) => {
      const options = ['-o', 'DPkg::Lock::Timeout=120', '-q', '-y'];
      const result = await run('apt-get', [...options, ...args], {
        env,
        onLine: (line) => note(line.slice(0, 40)),
      });
      note(undefined);
      return result;
    });
  await apt('update');
  const { code, output } = await apt('install', '--no-install-recommends', name);
  if (code !== 0)
    throw new Problem(`${name} could not be installed.`, next, output.split('\n').slice(-12).join('\n'));
}

/** Where a program is, installed from its package where it is missing and we may; else a message that says how. */
export async function neededProgram(program, packageName = program) {
  const next = `Install it: sudo apt-get install --no-install-recommends ${packageName}`;
  if (which(program) === undefined && mayInstall()) await installPackage(packageName, next);
  const path = which(program);
  if (path === undefined) throw new Problem(`There is no ${program} on this machine.`, next);
  return path;
}
