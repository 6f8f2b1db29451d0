import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildHash } from './build.mjs';
import { applyGrants, tableNames, withConnection } from './database.mjs';
import { Problem, step } from './output.mjs';
import { ensureFolder, fromRoot, ROOT } from './paths.mjs';
import { run } from './processes.mjs';
import { hashOf, readJson } from './stamp.mjs';

export const hasDemoData = (env) => ['local', 'dev'].includes(env.APP_ENV ?? 'local');

async function runBuilt(label, file, env, onFailure) {
  const { code, output } = await run(process.execPath, [fromRoot(file)], { cwd: ROOT, env });
  if (code === 0) return output.trim();
  throw new Problem(`${label} failed.`, onFailure, output.split('\n').slice(-15).join('\n'));
}

/** Brings the schema up to date and the rights of the database users with it. Gives what the migrations printed. */
export async function migrate(env, { grants = true } = {}) {
  const next =
    'Read the message above. What that migration had done of its DDL stays: undo it by hand, mend it and run npm run migrate.';
  const output = await runBuilt('The migration', 'dist/src/config/migrate.js', env, next);
  if (grants) {
    const migrationUrl = env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL;
    await applyGrants({ migrationUrl, appUrl: env.DATABASE_URL, verifyUrl: env.DATABASE_VERIFY_URL });
  }
  return output;
}

/** Puts the demo data in; what is there already stays as it is. */
export function seed(env) {
  const file = ['dist/src/seed.js', 'dist/src/config/seed.js'].find((path) => existsSync(fromRoot(path)));
  if (!file) return 'seed: there is no demo data in this build';
  return runBuilt('Putting the demo data in', file, env, 'Read the message above, then run npm run seed.');
}

/**
 * Migrates and seeds when anything that they depend on has changed since the last time, or when the database is not the
 * one that the stamp in `folder` speaks of. Without a folder (a server that is not ours) the work is always done; it may
 * be repeated.
 */
export async function ensureSchema(env, folder) {
  const stamp = folder && join(folder, 'schema.json');
  const hash = hashOf(['scripts/lib/database.mjs'], buildHash(), env.APP_ENV, env.ROOT_KEYS);
  const migrationUrl = env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL;
  const tables = async () => (await withConnection(migrationUrl, tableNames)).join();
  const last = stamp && readJson(stamp);
  if (last?.hash === hash && last.tables === (await tables())) return;
  await step('Migrating the database', () => migrate(env));
  if (hasDemoData(env)) await step('Putting the demo data in', () => seed(env));
  if (!stamp) return;
  ensureFolder(folder);
  writeFileSync(stamp, `${JSON.stringify({ hash, tables: await tables() })}\n`);
}
