import 'reflect-metadata';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AcquirersModule } from './acquirers/acquirers.module';
import { CommonModule } from './common/common.module';
import { INDEX_PURPOSE_PREFIX } from './common/crypto/blind-index';
import { CryptoModule } from './common/crypto/crypto.module';
import { KeyRing } from './common/crypto/key-ring';
import { SEAL_PURPOSES } from './common/crypto/sealer';
import { DatabaseModule } from './common/db/database.module';
import { AppConfig, loadConfig } from './config/app-config';
import { ConfigModule } from './config/config.module';
import { AuditFacade } from './modules/audit/audit.facade';
import { AuditModule } from './modules/audit/audit.module';
import { AuthFacade } from './modules/auth/auth.facade';
import { AuthModule } from './modules/auth/auth.module';

const HELP = `Usage: node dist/src/keys.js <command>     (npm run keys -- <command>)

  rotate-signing     The next signing key begins to sign access tokens and a new next one is published. Tokens that are
                     out stay good. Every process follows within CACHE_TTL_MS. Let a day pass between two rotations, so
                     that whoever keeps a copy of the key set has seen the next key.
  rotate <purpose>   Makes a next version of every data key of a purpose (${SEAL_PURPOSES.slice(0, 4).join(', ')},
                     ${SEAL_PURPOSES.slice(4).join(', ')}). New values are sealed with it within CACHE_TTL_MS; what was sealed
                     before still opens.
  rewrap             Wraps every data key again by the newest root key of ROOT_KEYS. Run it after a new root key was put
                     first in ROOT_KEYS and every process was restarted; the older root key can then be taken out.
  --help             Shows this text.

Each leaves an audit row. Sealed values and the keys themselves are never printed. Exit code 2: wrong usage.
`;
const ACTOR = 'system:keys';

class UsageError extends Error {}

@Module({
  imports: [
    ConfigModule,
    CommonModule,
    DatabaseModule,
    CryptoModule,
    AcquirersModule,
    AuditModule,
    AuthModule,
  ],
})
class KeysModule {}

type Work = (app: INestApplicationContext) => Promise<string>;

/** What the arguments ask for, before anything is opened. Throws UsageError. */
function workOf([command, purpose, ...more]: readonly string[]): Work {
  if (command === 'rotate') return rotation(purpose, more);
  if (purpose !== undefined) throw new UsageError(`${command} takes no more`);
  if (command === 'rotate-signing') return rotateSigning;
  if (command === 'rewrap') return rewrap;
  throw new UsageError(`unknown command ${command}`);
}

function rotation(purpose: string | undefined, more: readonly string[]): Work {
  if (purpose === undefined) throw new UsageError('rotate needs a purpose');
  if (more.length > 0) throw new UsageError('rotate takes no more than a purpose');
  if (purpose.startsWith(INDEX_PURPOSE_PREFIX)) {
    throw new UsageError(
      'an index key is not rotated in place: what is indexed by it would no longer be found',
    );
  }
  if (!(SEAL_PURPOSES as readonly string[]).includes(purpose)) throw new UsageError('unknown purpose');
  return async (app) => {
    const count = await counted(app, { action: 'data-key.rotate', target: purpose }, (keys) =>
      keys.rotate(purpose),
    );
    return `data keys made for ${purpose}: ${count}`;
  };
}

async function rotateSigning(app: INestApplicationContext): Promise<string> {
  return `signing key from now on: ${await app.get(AuthFacade).rotateSigningKeys(ACTOR)}`;
}

async function rewrap(app: INestApplicationContext): Promise<string> {
  const target = `root:v${app.get(AppConfig).rootKeys[0]!.version}`;
  const count = await counted(app, { action: 'data-key.rewrap', target }, (keys) => keys.rewrapAll());
  return `data keys wrapped again: ${count}`;
}

/** Data keys change one by one, each for itself: the audit row says afterwards how it went, also when it broke off. */
async function counted(
  app: INestApplicationContext,
  entry: { readonly action: string; readonly target: string },
  work: (keys: KeyRing) => Promise<number>,
): Promise<number> {
  const audit = app.get(AuditFacade);
  try {
    const count = await work(app.get(KeyRing));
    await audit.recordAlone({ actor: ACTOR, ...entry, outcome: 'SUCCESS', details: { count } });
    return count;
  } catch (error) {
    await audit.recordAlone({ actor: ACTOR, ...entry, outcome: 'FAILURE' });
    throw error;
  }
}

async function main(args: readonly string[]): Promise<void> {
  if (args.length === 0 || args.includes('--help')) {
    process.stdout.write(HELP);
    if (args.length === 0) process.exitCode = 2;
    return;
  }
  const work = workOf(args);
  loadConfig();
  const app = await NestFactory.createApplicationContext(KeysModule, { logger: false, abortOnError: false });
  try {
    process.stdout.write(`${await work(app)}\n`);
  } finally {
    await app.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`keys: ${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof UsageError) process.stderr.write(HELP);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
