import { Problem, step } from '../output.mjs';
import { KOREA_MS } from './plan.mjs';
import { FILL, people, stage } from './sql.mjs';

const BATCH = 50_000;
const SESSION =
  "SET SESSION time_zone = '+00:00', max_statement_time = 0, sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', idle_write_transaction_timeout = 0, innodb_lock_wait_timeout = 3600";

/**
 * Makes the traffic of a plan, batch by batch, each a transaction of its own. Given more than one connection, their
 * batches go on side by side.
 */
export async function fillTraffic(connection, plan, { beside = [] } = {}) {
  const connections = [connection, ...beside];
  for (const each of connections) await each.query(SESSION);
  await refuseTwice(connection, plan);
  await refuseSettled(connection, plan);
  for (const statement of people(plan)) await connection.query(statement);
  await step(`Making ${plan.payments} payments`, async (note) => {
    const begun = performance.now();
    let [next, made] = [0, 0];
    const work = async (on) => {
      while (next < plan.payments) {
        const from = next;
        next = Math.min(plan.payments, from + BATCH);
        const to = next;
        await fillBatch(on, plan, [from, to - 1]);
        made += to - from;
        note(`${made} made, ${Math.round(made / ((performance.now() - begun) / 1_000))}/s`);
      }
    };
    await Promise.all(connections.map(work));
    await connection.query(NOT_TOLD);
  });
}

/** Nobody is told of payments that never were: webhooks begin after them. */
const NOT_TOLD = `UPDATE webhook_positions SET version = version + 1,
  position = (SELECT COALESCE(MAX(id), 0) FROM payment_events), starts_after = position WHERE source = 'PAYMENT'`;

async function fillBatch(connection, plan, range) {
  await connection.query('DROP TEMPORARY TABLE IF EXISTS traffic');
  await connection.query(stage(plan, range));
  await connection.query('START TRANSACTION');
  for (const statement of FILL) await connection.query(statement);
  await connection.query('COMMIT');
}

/** Orders are numbered from the plan: a second run would meet the first one's. */
async function refuseTwice(connection) {
  const [[found]] = await connection.query("SELECT id FROM payments WHERE mid LIKE 'M9______' LIMIT 1");
  if (found !== undefined) {
    throw new Problem(
      'There is traffic in this database already.',
      'Use another database, or an empty one (stop npm start, and move .data/mariadb away).',
    );
  }
}

/** A day is settled once: a run of it, or of a later day, would never take up what is made on it now. */
export async function refuseSettled(connection, { startMs }) {
  const [[found]] = await connection.query(
    'SELECT CAST(MAX(captured_day) AS CHAR) AS day FROM settlement_runs WHERE captured_day >= ?',
    [new Date(startMs + KOREA_MS).toISOString().slice(0, 10)],
  );
  if (found.day !== null) {
    throw new Problem(
      `Days up to ${found.day} are settled in this database: traffic on them would never be.`,
      'Use another database, or an empty one (stop npm start, and move .data/mariadb away); fill it before npm start.',
    );
  }
}
