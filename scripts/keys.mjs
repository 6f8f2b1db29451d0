import { spawn } from 'node:child_process';
import { ensureBuilt } from './lib/build.mjs';
import { gatewayEnv } from './lib/gateway-env.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { fromRoot, ROOT } from './lib/paths.mjs';

/*
 * Only sets the stage: the program itself reads the command, prints its help and chooses the exit code. Its environment
 * is that of npm start, so that it finds the same database, which must run.
 */
const args = process.argv.slice(2);
await ensureInstalled();
await ensureBuilt();
const child = spawn(process.execPath, [fromRoot('dist/src/keys.js'), ...args], {
  cwd: ROOT,
  env: { ...process.env, ...gatewayEnv().env },
  stdio: 'inherit',
});
child.once('exit', (code) => (process.exitCode = code ?? 1));
