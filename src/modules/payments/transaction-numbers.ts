import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  ACQUIRERS,
  makesOwnTransactionIds,
  type AcquirerRegistry,
  type OwnIdChannel,
} from '../../acquirers/port/acquirer.port';
import { SqlPool } from '../../common/db/pool';
import { JOURNAL_POOL } from '../../common/db/tokens';
import { retryConflicts } from '../../common/db/unit-of-work';
import { Clock } from '../../common/time/clock';
import type { AcquirerContract } from '../merchants/merchants.types';
import { RoutingFacade } from '../routing/routing.facade';

const BLOCK = 100;
const LEASE_MS = 5_000;
const COUNTER_LENGTH = 30;
/** A block that is used up by others, or too old when it comes, is asked for again so often. */
const LEASES_MAX = 10;

/** Numbers from `next` up to, not including, `end`. */
interface Lease {
  next: number;
  readonly end: number;
  readonly untilMs: number;
}

/**
 * The acquirer's transaction id where it wants us to make it up. Its numbers come in blocks that a process leases for
 * each id that the acquirer knows us by (two contracts may share one), in one short transaction of its own, so that most approvals ask the database for nothing. A block is thrown
 * away after five seconds: acquirers take only the last digits of a number (NICEPAY four), and two processes that
 * work through old and new blocks side by side must not meet in them. It would take a hundred blocks of one contract
 * within those five seconds, 2,000 approvals a second, for four digits to come round again.
 */
@Injectable()
export class TransactionNumbers {
  private readonly leases = new Map<string, Lease>();
  private readonly leasing = new Map<string, Promise<void>>();

  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    @Inject(JOURNAL_POOL) private readonly pool: SqlPool,
    private readonly routing: RoutingFacade,
    private readonly clock: Clock,
  ) {}

  /** Null where the acquirer makes its ids itself. Throws when the database cannot be reached; nothing was sent then. */
  async idFor(contract: AcquirerContract, what: OwnIdChannel): Promise<string | null> {
    const adapter = this.acquirers.get(contract.acquirer);
    if (adapter === undefined || !makesOwnTransactionIds(adapter)) return null;
    const number = await this.next(counterOf(contract));
    return adapter.newTransactionId(this.routing.accessTo(contract), what, number, this.clock.now());
  }

  private async next(counter: string): Promise<number> {
    for (let tries = 0; tries < LEASES_MAX; tries += 1) {
      const lease = this.leases.get(counter);
      if (lease !== undefined && lease.next < lease.end && this.clock.monotonicMs() < lease.untilMs) {
        lease.next += 1;
        return lease.next - 1;
      }
      await this.leaseOnce(counter);
    }
    throw new Error('blocks of transaction numbers run out before they can be used');
  }

  /** Who comes while a block is being leased waits for that one. */
  private leaseOnce(counter: string): Promise<void> {
    const running = this.leasing.get(counter);
    if (running !== undefined) return running;
    const started = this.lease(counter).finally(() => this.leasing.delete(counter));
    this.leasing.set(counter, started);
    return started;
  }

  private async lease(counter: string): Promise<void> {
    // From before it is asked for: the block is ours from an unknown moment after this one.
    const untilMs = this.clock.monotonicMs() + LEASE_MS;
    const [row] = await retryConflicts(() =>
      this.pool.execute<readonly { next_number: number }[]>(LEASE_BLOCK, [counter, BLOCK, BLOCK]),
    );
    if (row === undefined) throw new Error('a block of transaction numbers was not given');
    const end = Number(row.next_number);
    this.leases.set(counter, { next: end - BLOCK, end, untilMs });
  }
}

/**
 * The counter of an acquirer's merchant id: within that its transaction ids are unique. As long as the column that was
 * made for ids of contracts.
 */
function counterOf({ acquirer, acquirerMerchantId }: AcquirerContract): string {
  return createHash('sha256')
    .update(`${acquirer} ${acquirerMerchantId}`)
    .digest('hex')
    .slice(0, COUNTER_LENGTH);
}

/** One statement, thus one transaction of its own. */
const LEASE_BLOCK = `
INSERT INTO acquirer_sequences (contract_id, next_number) VALUES (?, ?)
ON DUPLICATE KEY UPDATE next_number = next_number + ?
RETURNING next_number`;
