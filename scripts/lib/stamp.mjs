import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

/** Every file below a folder of the project, as paths from its root, in one order everywhere. */
export function filesBelow(folder, wanted = () => true) {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path, wanted);
      return wanted(path) ? [path] : [];
    })
    .sort();
}

/** One hash over the names and contents of files of the project; a file that does not exist counts as empty. */
export function hashOf(paths, ...more) {
  const hash = createHash('sha256');
  for (const path of paths) {
    hash.update(`${path}\0`);
    const full = join(ROOT, path);
    if (existsSync(full) && statSync(full).isFile()) hash.update(readFileSync(full));
    hash.update('\0');
  }
  return hash.update(JSON.stringify(more)).digest('hex');
}

export const readText = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

export function readJson(path) {
  try {
    return JSON.parse(readText(path) || 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
