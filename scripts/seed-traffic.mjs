import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { withConnection } from './lib/database.mjs';
import { gatewayEnv, withDatabase } from './lib/gateway-env.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Problem, say, step } from './lib/output.mjs';
import { migrate } from './lib/schema.mjs';
import { planOf } from './lib/traffic/plan.mjs';
import { fillTraffic, refuseSettled } from './lib/traffic/fill.mjs';

const help = `
Usage: npm run seed:traffic [-- OPTIONS]

Fills the database with payments, cancels, their events and their ledger, as if the gateway had made them: for looking at
lists, settlements and their speed. The same options make the same rows. Local and dev only.

  --payments 100000   how many payments
  --days 30           over how many days
  --merchants 50      of how many merchants (M9000001 and on)
  --branches 10       how many branches each of them has
  --until 2026-06-30  the day after the last one (Korean time); today if not given
  --seed 1            another seed makes other payments
`;

const options = {
  payments: { type: 'string', default: '100000' },
  days: { type: 'string', default: '30' },
  merchants: { type: 'string', default: '50' },
  branches: { type: 'string', default: '10' },
  until: { type: 'string' },
  seed: { type: 'string', default: '1' },
};

await command({ help, options }, async (given) => {
  const plan = planOf(given);
  await ensureInstalled();
  await ensureBuilt();
  const setting = gatewayEnv();
  if (!['local', 'dev'].includes(setting.env.APP_ENV ?? 'local')) {
    throw new Problem(
      'Traffic is made up: it has no place outside local and dev.',
      'Set APP_ENV=local, on another database.',
    );
  }
  await withDatabase(setting, async () => {
    await step('Migrating the database', () => migrate(setting.env));
    await withConnection(
      setting.env.DATABASE_MIGRATION_URL ?? setting.env.DATABASE_URL,
      async (connection) => {
        await fillTraffic(connection, plan);
        // A worker that was running may have settled a day between two batches.
        await refuseSettled(connection, plan);
      },
    );
  });
  say('Next: npm start, and settle a day with POST /v1/admin/settlements/runs');
});
