import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder } from '../paths.mjs';
import { readJson } from '../stamp.mjs';

/*
 * Every recovery ends one line of binary logs and begins another, whose files have the same names again. A log leads on
 * from a backup only where both are of one line.
 */
const FILE = 'line.json';

/** The folder of a line of logs, begun where there is none. */
export function logLineFolder(folder) {
  const path = join(ensureFolder(folder), FILE);
  if (!existsSync(path)) writeFileSync(path, `${JSON.stringify({ line: randomUUID() })}\n`);
  return folder;
}

/** Which line the logs of a folder are of; null where nobody noted it, as with a server that is not ours. */
export const lineOf = (folder) => readJson(join(folder, FILE))?.line ?? null;
