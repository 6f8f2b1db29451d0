import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, relative } from 'node:path';

/** The project's folder: every path that a command uses starts here, wherever the command was called from. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Everything that the commands make and keep: databases, logs, generated secrets. Not under version control. */
export const DATA = join(ROOT, '.data');

export const fromRoot = (...parts) => join(ROOT, ...parts);

/** A path as a person in the project's folder would type it. */
export const shown = (path) => (path.startsWith(`${ROOT}/`) ? relative(ROOT, path) : path);

export function ensureFolder(path) {
  mkdirSync(path, { recursive: true });
  return path;
}
