import { loadConfig } from './app-config';
import { migrationSource } from './migration-source';

/** Brings the schema up to date: `node dist/src/config/migrate.js`. Prints what it ran. */
async function migrate(): Promise<void> {
  const source = await migrationSource(loadConfig());
  try {
    const ran = await source.runMigrations();
    const names = ran.map((migration) => `  ${migration.name}`).join('\n');
    process.stdout.write(ran.length === 0 ? 'schema: up to date\n' : `schema: ran ${ran.length}\n${names}\n`);
  } finally {
    await source.destroy();
  }
}

migrate().catch((error: unknown) => {
  process.stderr.write(`migration failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
