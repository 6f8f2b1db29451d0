import { loadConfig } from './config/app-config';
import { INDEX_PURPOSE_PREFIX } from './common/crypto/blind-index';
import { SqlDataKeyStore } from './common/crypto/data-key.store';
import { KeyRing } from './common/crypto/key-ring';
import { SqlPool } from './common/db/pool';

const HELP = `Usage: node dist/src/keys.js <command>

  rewrap             Wraps every data key again by the newest root key of ROOT_KEYS. Run it after a new root key was put
                     first in ROOT_KEYS and every process was restarted; the older root key can then be taken out.
  rotate <purpose>   Makes a next version of every data key of a purpose (card, pii, merchant-secret, idempotency,
                     signing, webhook). New values are sealed with it within CACHE_TTL_MS; what was sealed before still
                     opens.
  --help             Shows this text.

Sealed values and the keys themselves are never printed.
`;

class UsageError extends Error {}

async function run(keys: KeyRing, command: string, purpose: string | undefined): Promise<string> {
  if (command === 'rewrap') return `data keys wrapped again: ${await keys.rewrapAll()}\n`;
  if (command !== 'rotate') throw new UsageError(`unknown command ${command}`);
  if (purpose === undefined) throw new UsageError('rotate needs a purpose');
  if (purpose.startsWith(INDEX_PURPOSE_PREFIX)) {
    throw new UsageError(
      'an index key is not rotated in place: what is indexed by it would no longer be found',
    );
  }
  return `data keys made for ${purpose}: ${await keys.rotate(purpose)}\n`;
}

async function main([command, purpose]: readonly string[]): Promise<void> {
  if (command === undefined || command === '--help') {
    process.stdout.write(HELP);
    if (command === undefined) process.exitCode = 2;
    return;
  }
  const config = loadConfig();
  const { poolWaitMs, queryTimeoutMs, url } = config.database;
  const pool = new SqlPool(url, { connectionsMax: 1, waitMs: poolWaitMs, queryTimeoutMs });
  try {
    process.stdout.write(await run(new KeyRing(config, new SqlDataKeyStore(pool)), command, purpose));
  } finally {
    await pool.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`keys: ${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof UsageError) process.stderr.write(HELP);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
