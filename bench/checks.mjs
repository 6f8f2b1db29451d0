import { ledgerEntries } from './rig/sandbox-control.mjs';

const COUNTS = `
SELECT (SELECT COUNT(*) FROM payments WHERE mid = 'M0000001') AS payments,
  (SELECT COUNT(*) FROM payments WHERE mid = 'M0000001' AND status = 'APPROVED') AS approved,
  (SELECT COUNT(*) FROM payment_attempts WHERE acquirer = 'toss' AND outcome = 'APPROVED') AS attempts,
  (SELECT COUNT(*) FROM payment_events e JOIN payments p ON p.id = e.payment_id WHERE p.mid = 'M0000001') AS events,
  (SELECT COUNT(*) FROM transactions t JOIN ledger_transfers l ON l.source_id = t.source_id AND l.kind = t.kind
    WHERE t.mid = 'M0000001' AND l.amount = t.amount) AS movements`;
const SHAPES = {
  payments: "SELECT * FROM payments WHERE mid = 'M0000001' ORDER BY id DESC LIMIT 1",
  payment_attempts: "SELECT * FROM payment_attempts WHERE acquirer = 'toss' ORDER BY id DESC LIMIT 1",
  payment_events: `SELECT e.* FROM payment_events e JOIN payments p ON p.id = e.payment_id
    WHERE p.mid = 'M0000001' ORDER BY e.id DESC LIMIT 1`,
  transactions: "SELECT * FROM transactions WHERE mid = 'M0000001' ORDER BY seq DESC LIMIT 1",
  ledger_transfers: "SELECT * FROM ledger_transfers WHERE mid = 'M0000001' ORDER BY id DESC LIMIT 1",
};
/** Columns whose values are the same in every row of an approval, whoever wrote it. */
const EQUAL = new Set([
  ...['status', 'version', 'method', 'goods_name', 'buyer_name', 'acquirer', 'attempt_count', 'card_first6'],
  ...['card_last4', 'card_number_length', 'card_issuer', 'card_type', 'card_owner_type', 'interest_free'],
  ...['operation', 'outcome', 'endpoint', 'http_status', 'from_status', 'to_status', 'actor', 'reason'],
]);

/** What does not add up between answers, tables and the sandbox's books; empty when everything does. */
export async function findMistakes(world, { answered, failed }) {
  const mistakes = failed === 0 ? [] : [`${failed} requests were not answered with an approval`];
  const expect = (what, found, wanted) => {
    if (Number(found) !== wanted) mistakes.push(`${what}: ${found} instead of ${wanted}`);
  };
  for (const [name, count] of Object.entries(answered)) {
    const [found] = await world.query(name, COUNTS);
    expect(`${name}: payments`, found.payments, count);
    expect(`${name}: approved payments`, found.approved, count);
    expect(`${name}: approved attempts`, found.attempts, count);
    expect(`${name}: events`, found.events, 2 * count);
    expect(`${name}: movements in the ledger`, found.movements, count);
    if (count === 0) mistakes.push(`${name}: not one approval`);
  }
  expect('sandbox: ledger entries', await ledgerEntries(world.sandboxUrl), answered.gateway + answered.raw);
  return [...mistakes, ...(await differingRows(world))];
}

/** The yardstick must write what the gateway writes: a row of each is compared column by column. */
async function differingRows(world) {
  const found = [];
  for (const [table, sql] of Object.entries(SHAPES)) {
    const [gateway] = await world.query('gateway', sql);
    const [raw] = await world.query('raw', sql);
    for (const column of Object.keys(gateway ?? {})) {
      if (!sameShape(column, gateway[column], raw?.[column]))
        found.push(`raw writes ${table}.${column} otherwise`);
    }
  }
  return found;
}

function sameShape(column, ours, theirs) {
  if ((ours === null) !== (theirs === null)) return false;
  if (EQUAL.has(column)) return ours === theirs;
  const ending = column.endsWith('_masked');
  return !ending || Object.keys(JSON.parse(ours)).join() === Object.keys(JSON.parse(theirs)).join();
}
