import { step } from '../../scripts/lib/output.mjs';
import { fillTraffic } from '../../scripts/lib/traffic/fill.mjs';
import { dropIndexes } from '../rig/database-world.mjs';

/** As many as there are processors to spare: the database works on a session's statement with one of them. */
const SESSIONS = 2;
const TABLES = [
  ...['payments', 'payment_events', 'transactions', 'ledger_transfers'],
  ...['payment_attempts', 'payment_cancels'],
];
const RATE_PPM = 200_000;

/** A copy of the demo database with the traffic of a plan, whose every second merchant belongs to an agency that earns of its fees. */
export async function makeFilled(world, traffic, agency) {
  await world.make();
  await world.loading(SESSIONS, async ([first, ...beside]) => {
    const restores = [];
    for (const table of TABLES) restores.push([table, await dropIndexes(first, table)]);
    await fillTraffic(first, traffic, { beside });
    await step(`Building the indexes of ${world.name}`, (note) =>
      inParallel([first, ...beside], restores, async (session, [table, restore]) => {
        note(table);
        await restore(session);
      }),
    );
  });
  await joinAgency(world, agency, traffic.startMs);
}

/** Each piece of work by whichever session is free. */
export async function inParallel(sessions, pieces, work) {
  const left = [...pieces];
  await Promise.all(
    sessions.map(async (session) => {
      while (left.length > 0) await work(session, left.shift());
    }),
  );
}

async function joinAgency(world, agency, startMs) {
  await world.rows(
    `INSERT INTO agencies (code, seq, parent_code, name, representative, phone, status, created_at)
     VALUES (?, 900000, NULL, '시험대리점', '시험', '02-0000-0000', 'ACTIVE', FROM_UNIXTIME(? / 1000))`,
    [agency, startMs],
  );
  await world.rows(
    `INSERT INTO agency_paths (ancestor_code, agency_code, agency_seq, agency_name, distance)
     SELECT code, code, seq, name, 0 FROM agencies WHERE code = ?`,
    [agency],
  );
  await world.rows(
    `INSERT INTO commission_rates (id, agency_code, effective_from, rate_ppm, reason, created_by, created_at)
     VALUES (CONCAT('cmr_', LPAD('0', 26, '0')), ?, '2000-01-01', ${RATE_PPM}, 'bench', 'system:bench', UTC_TIMESTAMP(3))`,
    [agency],
  );
  // The biggest one, number 1, belongs to nobody.
  await world.rows(
    `UPDATE merchants SET agency_code = ? WHERE mid LIKE 'M9______' AND CAST(SUBSTRING(mid, 3) AS UNSIGNED) MOD 2 = 0`,
    [agency],
  );
}

/** What the optimizer counts on. */
export async function analyze(world) {
  const [found] = await world.connection.query("SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'");
  const names = found.map((row) => Object.values(row)[0]);
  await world.rows(`ANALYZE TABLE ${names.join(', ')}`);
}
