import { isDuplicateKey } from '../../../common/db/database-errors';
import type { SqlPool } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { databaseTime } from '../../../common/time/korean-time';
import type { NewCheckout } from '../checkout/checkout.types';
import { lockPayment } from '../payment-rows';
import { assertTransition, type PaymentStatus } from '../payment.state';
import type { FailureCode, Payment } from '../payments.types';
import { places } from '../../../common/db/places';
import { insertReceiptWish } from '../receipts/receipt-wish-rows';
import { insertEvent, insertExchange } from './exchange-record';
import type { ExchangeRecord } from './journal.types';

/** The writes of checkouts before and around their confirm; the confirm itself is ConfirmJournal's. */
export class CheckoutJournal {
  constructor(private readonly pool: SqlPool) {}

  /** Order first: the payment is CREATED before the payer sees a window. EXISTS: the order number names a payment. */
  create(made: NewCheckout): Promise<'CREATED' | 'EXISTS' | 'BARRED'> {
    return retryConflicts(() =>
      this.pool.transaction('create-checkout', async (tx) => {
        const at = databaseTime(made.at);
        await tx.execute(INSERT_PAYMENT, [
          ...[made.paymentId, made.mid, made.orderNo, made.method, made.amount, made.taxFreeAmount, made.vat],
          ...[made.amount, made.taxFreeAmount, made.goodsName, made.buyerName, made.buyerContactSealed],
          ...[made.customerKey, made.metadata === null ? null : JSON.stringify(made.metadata)],
          ...[made.contentFingerprint, made.tokenHash.toString('hex'), made.contract.contractId],
          ...[made.contract.acquirer, made.orderNo, at, at],
        ]);
        const bars = await tx.execute<unknown[]>(
          'SELECT 1 FROM barred_orders WHERE mid = ? AND order_no = ?',
          [made.mid, made.orderNo],
        );
        if (bars.length > 0) throw new Barred();
        await tx.execute(
          `INSERT INTO checkouts (id, payment_id, mid, acquirer, order_no, token_hash, expires_at,
             acknowledge_within_seconds, due_at, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND, ?)`,
          [
            ...[
              made.checkoutId,
              made.paymentId,
              made.mid,
              made.contract.acquirer,
              made.orderNo,
              made.tokenHash,
            ],
            databaseTime(new Date(made.at.getTime() + made.lifetimeMs)),
            ...[made.acknowledgeWithinSeconds, made.lifetimeMs, at],
          ],
        );
        await tx.execute(
          `INSERT INTO payment_events (payment_id, from_status, to_status, actor, reason, amount, occurred_at)
           VALUES (?, NULL, 'CREATED', ?, 'checkout created', ?, ?)`,
          [made.paymentId, made.actor, made.amount, at],
        );
        if (made.receiptWish !== null) await insertReceiptWish(tx, made.receiptWish, made.at);
        return 'CREATED' as const;
      }),
    ).catch((error: unknown) => {
      if (error instanceof Barred) return 'BARRED' as const;
      if (isDuplicateKey(error)) return 'EXISTS' as const;
      throw error;
    });
  }

  /** What preparing the window came to; the acquirer's id where it gave one. */
  async opened(
    payment: Payment,
    acquirerTransactionId: string | null,
    record: ExchangeRecord | null,
  ): Promise<void> {
    await this.pool.transaction('checkout-opened', async (tx) => {
      if (acquirerTransactionId !== null) {
        await tx.execute(
          `UPDATE payments SET acquirer_transaction_id = ?, version = version + 1 WHERE id = ? AND status = 'CREATED'`,
          [acquirerTransactionId, payment.paymentId],
        );
      }
      if (record !== null) await insertExchange(tx, record);
    });
  }

  /** Ends a payment that nobody has begun to confirm; false when it is not CREATED any more. */
  end(
    paymentId: string,
    end: {
      readonly to: Extract<PaymentStatus, 'FAILED' | 'EXPIRED'>;
      readonly failureCode: FailureCode | null;
      /** What the payer's window said, kept short. */
      readonly told?: { readonly code: string; readonly message: string };
      readonly actor: string;
      readonly reason: string;
      readonly at: Date;
    },
    record: ExchangeRecord | null = null,
  ): Promise<boolean> {
    assertTransition('CREATED', end.to);
    return retryConflicts(() =>
      this.pool.transaction('end-checkout', async (tx) => {
        const payment = await lockPayment(tx, paymentId);
        if (payment?.status !== 'CREATED') return false;
        await tx.execute(
          `UPDATE payments SET status = ?, version = version + 1, failure_code = ?, failure_acquirer_code = LEFT(?, 60),
             failure_acquirer_message = LEFT(?, 200), failed_at = ?, updated_at = ? WHERE id = ?`,
          [
            ...[end.to, end.failureCode, end.told?.code ?? null, end.told?.message ?? null],
            ...[databaseTime(end.at), databaseTime(end.at), paymentId],
          ],
        );
        await tx.execute('UPDATE checkouts SET due_at = NULL WHERE payment_id = ?', [paymentId]);
        if (record !== null) await insertExchange(tx, record);
        const { actor, reason, at, to } = end;
        await insertEvent(tx, {
          paymentId,
          from: 'CREATED',
          to,
          actor,
          reason,
          cancelId: null,
          amount: null,
          at,
        });
        return true;
      }),
    );
  }

  /** The merchant has taken notice of the approval; false when it has before, or was too late. */
  async acknowledge(checkoutId: string, at: Date): Promise<boolean> {
    const { affectedRows } = await this.pool.execute<{ affectedRows: number }>(
      `UPDATE checkouts SET acknowledged_at = ?, due_at = NULL
       WHERE id = ? AND acknowledged_at IS NULL AND acknowledgement_missed = 0 AND due_at > UTC_TIMESTAMP(3)`,
      [databaseTime(at), checkoutId],
    );
    return affectedRows === 1;
  }

  /** From here on the merchant is too late to acknowledge, and its payment may be cancelled; false when it was in time. */
  async missAcknowledgement(checkoutId: string): Promise<boolean> {
    const rows = await this.pool.transaction('miss-acknowledgement', async (tx) => {
      await tx.execute(
        'UPDATE checkouts SET acknowledgement_missed = 1 WHERE id = ? AND acknowledged_at IS NULL',
        [checkoutId],
      );
      return tx.execute<{ acknowledgement_missed: number }[]>(
        'SELECT acknowledgement_missed FROM checkouts WHERE id = ?',
        [checkoutId],
      );
    });
    return Number(rows[0]?.acknowledgement_missed) === 1;
  }

  /** Takes up to `limit` checkouts that are due, for `leaseMs`. */
  claimDue(limit: number, leaseMs: number): Promise<readonly string[]> {
    return retryConflicts(() =>
      this.pool.transaction('claim-checkouts', async (tx) => {
        const rows = await tx.execute<{ id: string }[]>(
          'SELECT id FROM checkouts WHERE due_at <= UTC_TIMESTAMP(3) ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED',
          [limit],
        );
        const ids = rows.map(({ id }) => id);
        if (ids.length > 0) {
          await tx.execute(
            `UPDATE checkouts SET due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND WHERE id IN (${places(ids)})`,
            [leaseMs, ...ids],
          );
        }
        return ids;
      }),
    );
  }

  /** Nothing is left to be done for it by time. */
  async settled(checkoutId: string): Promise<void> {
    await this.pool.execute('UPDATE checkouts SET due_at = NULL WHERE id = ?', [checkoutId]);
  }
}

const INSERT_PAYMENT = `
INSERT INTO payments (id, mid, order_no, status, version, method, channel, amount, tax_free_amount, service_charge, vat,
  balance_amount, tax_free_balance, goods_name, buyer_name, buyer_contact_sealed, customer_key, metadata,
  content_fingerprint, request_hash, contract_id, acquirer, attempt_id, attempt_count, acquirer_order_no, created_at,
  updated_at)
VALUES (?, ?, ?, 'CREATED', 1, ?, 'WINDOW', ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, ?, ?, ?)`;

/** Rolls the transaction back; never leaves the journal. */
class Barred extends Error {}
