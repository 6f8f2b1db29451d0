import { SqlPool } from '../common/db/pool';
import type { VerifyConfig } from '../config/verify-config';
import { auditChainViolations } from './audit-checks';
import { checkDatabase } from './database-checks';
import { acquirersOf, compareBooks, readLedger, readOurSide } from './ledger-checks';
import { WAITING_NOTES } from './settlement-checks';
import { compareReceipts, readBookedReceipts, readOurReceipts } from './receipt-checks';
import { lastingOf, type Violation } from './violation';

export interface VerifyOptions {
  /** FORBIDDEN once a fault run has come to rest. */
  readonly between: 'ALLOWED' | 'FORBIDDEN';
  /** How long a difference may last before it counts: traffic moves both books while they are read. */
  readonly settleMs: number;
}

export interface VerifyReport {
  readonly violations: readonly Violation[];
  /** What breaks nothing and waits for a person, one line each. */
  readonly notes: readonly string[];
  readonly payments: number;
  readonly ledgerOrders: number;
}

/** Reads the database and the acquirers' books and names everything that breaks an invariant. Changes nothing. */
export async function runVerify(config: VerifyConfig, options: VerifyOptions): Promise<VerifyReport> {
  const pool = new SqlPool(config.databaseUrl, {
    connectionsMax: 2,
    waitMs: 10_000,
    queryTimeoutMs: 600_000,
  });
  try {
    const first = await check(pool, config, options);
    if (first.violations.length === 0 || options.settleMs === 0) return first;
    await new Promise((resolve) => setTimeout(resolve, options.settleMs));
    const second = await check(pool, config, options);
    return { ...second, violations: lastingOf(first.violations, second.violations) };
  } finally {
    await pool.close();
  }
}

const NO_BOOKS =
  "SANDBOX_URL is off: the acquirers' books were not compared; reconciliation does that with their lists";

async function check(pool: SqlPool, config: VerifyConfig, options: VerifyOptions): Promise<VerifyReport> {
  // Not pushed one by one as arguments: where a whole table is wrong there are more than a call may have.
  const found: (readonly Violation[])[] = [
    await checkDatabase(pool, options.between),
    await auditChainViolations(config.databaseUrl),
  ];
  let payments = 0;
  let ledgerOrders = 0;
  const { sandboxUrl } = config;
  if (sandboxUrl !== undefined) {
    for (const acquirer of await acquirersOf(sandboxUrl)) {
      const book = await readLedger(sandboxUrl, acquirer);
      const ours = await readOurSide(pool, acquirer);
      found.push(compareBooks(book, ours, options.between));
      const receipts = await readBookedReceipts(sandboxUrl, acquirer);
      found.push(compareReceipts(receipts, await readOurReceipts(pool, acquirer)));
      payments += ours.length;
      ledgerOrders += book.size;
    }
  }
  const waiting = await pool.execute<{ note: string }[]>(WAITING_NOTES);
  const notes = [...(sandboxUrl === undefined ? [NO_BOOKS] : []), ...waiting.map(({ note }) => note)];
  return { violations: found.flat(), notes, payments, ledgerOrders };
}
