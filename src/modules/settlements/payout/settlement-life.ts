import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { fault } from '../../../common/errors/app-error';
import { recordEvent } from '../../../common/outbox/outbox';
import { Clock } from '../../../common/time/clock';
import { databaseTime, koreanTime } from '../../../common/time/korean-time';
import { SETTLEMENT_ERRORS } from '../settlements.errors';
import type { Settlement } from '../settlements.types';
import { SettlementsRepository } from '../settlements.repository';

export interface Deed {
  readonly actor: string;
  readonly reason: string;
}

/**
 * The changes of a settlement that has no more lines to come, each with its event, its ledger transfer and what the
 * merchant is told, in the caller's transaction. The settlement is as it was locked there.
 */
@Injectable()
export class SettlementLife {
  constructor(
    private readonly settlements: SettlementsRepository,
    private readonly clock: Clock,
  ) {}

  /** The sum is final and due. One of nothing at all is paid with that: no bank transfers 0 won. */
  async confirm(tx: EntityManager, was: Settlement, { actor, reason }: Deed): Promise<Settlement> {
    const at = this.clock.now();
    const now = await this.settlements.move(tx, was, {
      ...{ to: 'CONFIRMED', actor, reason, at },
      set: {
        ...(was.confirmedAt === null ? { confirmed_at: databaseTime(at) } : {}),
        ...{ hold_reason: null, hold_id: null, failure_reason: null },
      },
    });
    if (was.confirmedAt === null) await tell(tx, 'settlement.confirmed', now, at);
    return now.payoutAmount === 0 ? this.pay(tx, now, { actor, reason: 'nothing to pay' }, null) : now;
  }

  /** The bank has it. */
  async pay(
    tx: EntityManager,
    was: Settlement,
    { actor, reason }: Deed,
    payoutReference: string | null,
  ): Promise<Settlement> {
    const at = this.clock.now();
    const now = await this.settlements.move(tx, was, {
      ...{ to: 'PAID', actor, reason, at },
      set: { paid_at: databaseTime(at), payout_reference: payoutReference },
    });
    if (now.payoutAmount > 0) {
      await this.settlements.book(tx, {
        ...{ kind: 'SETTLEMENT_PAYOUT', sourceId: now.settlementId, mid: now.mid, amount: now.payoutAmount },
        ...{ debit: 'MERCHANT_PAYABLE', credit: 'BANK' },
      });
    }
    await tell(tx, 'settlement.paid', now, at);
    return now;
  }

  /** Withheld from its payout; its sum is frozen with that. Throws SETTLEMENT_NOTHING_TO_HOLD for one of 0 or less. */
  async hold(
    tx: EntityManager,
    was: Settlement,
    { actor, reason }: Deed,
    holdId: string | null,
  ): Promise<Settlement> {
    if (was.payoutAmount <= 0) throw fault(SETTLEMENT_ERRORS, 'SETTLEMENT_NOTHING_TO_HOLD');
    const now = await this.settlements.move(tx, was, {
      ...{ to: 'HELD', actor, reason, at: this.clock.now() },
      set: { hold_reason: reason, hold_id: holdId },
    });
    await this.moveHeld(tx, now, 'SETTLEMENT_HOLD');
    return now;
  }

  /** No longer withheld: due again. */
  async release(tx: EntityManager, was: Settlement, deed: Deed): Promise<Settlement> {
    const now = await this.confirm(tx, was, deed);
    await this.moveHeld(tx, now, 'SETTLEMENT_RELEASE');
    return now;
  }

  async failPayout(tx: EntityManager, was: Settlement, { actor, reason }: Deed): Promise<Settlement> {
    return this.settlements.move(tx, was, {
      ...{ to: 'PAYOUT_FAILED', actor, reason, at: this.clock.now(), set: { failure_reason: reason } },
    });
  }

  /**
   * Takes what it is short of into the next settlement of the same merchant and contract, which is open still. Null, and
   * nothing is changed, where there is none yet: it stays as it is until there is one.
   */
  async carryOver(tx: EntityManager, was: Settlement, { actor, reason }: Deed): Promise<Settlement | null> {
    const { settlementId, mid, contractId, payoutDay, payoutAmount } = was;
    const [next] = await tx.query<{ id: string }[]>(
      `SELECT id FROM settlements WHERE mid = ? AND contract_id = ? AND status = 'SCHEDULED' AND payout_day > ?
       ORDER BY payout_day LIMIT 1 FOR UPDATE`,
      [mid, contractId, payoutDay],
    );
    if (next === undefined) return null;
    const at = this.clock.now();
    const now = await this.settlements.move(tx, was, {
      ...{ to: 'CARRIED_OVER', actor, reason, at },
      set: { carried_out: payoutAmount },
    });
    await tx.query('UPDATE settlements SET carried_in = carried_in + ?, version = version + 1 WHERE id = ?', [
      ...[payoutAmount, next.id],
    ]);
    await tx.query(
      `INSERT INTO settlement_carry_overs (from_settlement_id, to_settlement_id, mid, contract_id, amount, occurred_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
      [settlementId, next.id, mid, contractId, payoutAmount, databaseTime(at)],
    );
    return now;
  }

  private async moveHeld(
    tx: EntityManager,
    { settlementId, version, mid, payoutAmount }: Settlement,
    kind: 'SETTLEMENT_HOLD' | 'SETTLEMENT_RELEASE',
  ): Promise<void> {
    const isHold = kind === 'SETTLEMENT_HOLD';
    await this.settlements.book(tx, {
      ...{ kind, sourceId: `${settlementId}:${version}`, mid, amount: payoutAmount },
      debit: isHold ? 'MERCHANT_PAYABLE' : 'MERCHANT_HELD',
      credit: isHold ? 'MERCHANT_HELD' : 'MERCHANT_PAYABLE',
    });
  }
}

async function tell(
  tx: EntityManager,
  type: 'settlement.confirmed' | 'settlement.paid',
  settlement: Settlement,
  at: Date,
): Promise<void> {
  const { settlementId, mid, contractId, payoutDay, status, lineCount } = settlement;
  const { approvalAmount, cancelAmount, fee, vat, adjustmentAmount, carriedIn, payoutAmount } = settlement;
  await recordEvent(tx, {
    ...{ mid, type, subjectId: settlementId, at },
    data: {
      ...{ settlementId, contractId, payoutOn: payoutDay, status, lineCount, approvalAmount, cancelAmount },
      ...{ fee, vat, adjustmentAmount, carriedIn, payoutAmount, at: koreanTime(at) },
    },
  });
}
