import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { DATA, ensureFolder, fromRoot } from './paths.mjs';
import { Problem } from './output.mjs';
import { USERS } from './mariadb/setup-sql.mjs';

export const LOCAL_ENV = join(DATA, 'local.env');

const readEnvFile = (path) => (existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {});

/** What the caller set: the `.env` file of the project, over which the process environment wins. */
export function givenEnv() {
  const set = Object.entries(process.env).filter(([, value]) => value !== undefined && value !== '');
  return { ...readEnvFile(fromRoot('.env')), ...Object.fromEntries(set) };
}

const password = () => randomBytes(24).toString('base64url');

/**
 * Secrets of a private installation, made once and kept in `.data/local.env`. `dataFolder` is the database that they
 * belong to: when it is there and the file is not, new secrets would only make its rows unreadable.
 */
export function localSecrets({ dataFolder } = {}) {
  const kept = readEnvFile(LOCAL_ENV);
  if (!existsSync(LOCAL_ENV) && dataFolder && existsSync(join(dataFolder, 'made.json'))) {
    throw new Problem(
      '.data/local.env is missing, but the database of an earlier start is there; its rows are encrypted with keys from that file.',
      'Put .data/local.env back, or give the data up and begin anew: rm -r .data, then start again.',
    );
  }
  const wanted = {
    ...Object.fromEntries(Object.values(USERS).map(({ secret }) => [secret, password])),
    ROOT_KEYS: () => `v1:${randomBytes(32).toString('base64')}`,
  };
  const missing = Object.keys(wanted).filter((name) => !kept[name]);
  if (missing.length === 0) return kept;
  const all = { ...kept, ...Object.fromEntries(missing.map((name) => [name, wanted[name]()])) };
  return keep(all, { anew: !existsSync(LOCAL_ENV) });
}

/** Writes the file whole or not at all; when another command made it in the meantime, that one counts. */
function keep(secrets, { anew }) {
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}`);
  const written = join(ensureFolder(DATA), `local.env.${process.pid}`);
  writeFileSync(written, `# Made for this machine alone. Keep it with the data.\n${lines.join('\n')}\n`, {
    mode: 0o600,
  });
  if (!anew) {
    renameSync(written, LOCAL_ENV);
    return secrets;
  }
  try {
    linkSync(written, LOCAL_ENV);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(written, { force: true });
  }
  return readEnvFile(LOCAL_ENV);
}
