import { step } from '../../scripts/lib/output.mjs';
import { runDays } from './world.mjs';

/** The better of so many copies counts: what disturbs one makes the run look better than it is. */
const COPIES = 2;

/** Settles the one day, and copies its lines by one statement. */
export async function measureRun(day, plan) {
  const [{ n }] = await day.rows('SELECT COUNT(*) AS n FROM transactions');
  const movements = Number(n);
  const days = [{ capturedOn: plan.yesterday }];
  const runMs = await step(`Settling ${movements} movements of one day`, () => runDays(day, days));
  await check(day, movements);
  const copies = [];
  for (let turn = 1; turn <= COPIES; turn += 1) {
    copies.push(await step('Copying the lines by one statement', () => copy(day, movements)));
  }
  const copyMs = Math.min(...copies);
  return { kind: 'run', name: 'settlement run', movements, runMs, copyMs, ratio: runMs / copyMs };
}

/** A line for each movement, their sum in the settlements, and nothing else. */
async function check(day, movements) {
  const [row] = await day.rows(
    `SELECT (SELECT COUNT(*) FROM settlement_lines) AS n_lines, (SELECT SUM(line_count) FROM settlements) AS n_settled,
       (SELECT SUM(settled_amount) FROM transactions) AS moved,
       (SELECT SUM(amount) FROM settlement_lines) AS amount, (SELECT SUM(fee + vat) FROM settlement_lines) AS fee,
       (SELECT SUM(approval_amount + cancel_amount) FROM settlements) AS settled,
       (SELECT SUM(fee + vat) FROM settlements) AS settled_fee`,
  );
  const { n_lines, n_settled, moved, amount, fee, settled, settled_fee } = row;
  const isWhole = Number(n_lines) === movements && Number(n_settled) === movements;
  if (isWhole && moved === amount && amount === settled && fee === settled_fee) return;
  throw new Error(`the run does not add up over ${movements} movements: ${JSON.stringify(row)}`);
}

async function copy(day, movements) {
  await day.rows('CREATE TABLE bench_copy LIKE settlement_lines');
  const since = performance.now();
  const { affectedRows } = await day.rows('INSERT INTO bench_copy SELECT * FROM settlement_lines');
  const took = performance.now() - since;
  await day.rows('DROP TABLE bench_copy');
  if (affectedRows !== movements) throw new Error(`${affectedRows} of ${movements} lines were copied`);
  return took;
}
