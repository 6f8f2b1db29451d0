import { Inject, Injectable } from '@nestjs/common';
import {
  maskReceiptIdentifier,
  readReceiptIdentifier,
} from '../../../common/cash-receipts/receipt-identifier';
import { Sealer } from '../../../common/crypto/sealer';
import { SqlPool } from '../../../common/db/pool';
import { JOURNAL_POOL } from '../../../common/db/tokens';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { Secret } from '../../../common/masking/secret';
import { wonFromDatabase } from '../../../common/money/won';
import { PaymentsRepository } from '../payments.repository';
import type { Payment } from '../payments.types';
import type {
  ClaimedReceiptWish,
  DonePaymentCancel,
  ReceiptWish,
  SealedReceiptWish,
} from './receipt-wish.types';

type Row = Readonly<Record<string, string | number | Buffer | null>>;

/**
 * Wishes for cash receipts that come with payments by transfer or virtual account. A payment keeps its wish in its own
 * transaction; who issues receipts reads them here, with the payment as it is committed, and asks for each once.
 */
@Injectable()
export class ReceiptWishes {
  constructor(
    @Inject(JOURNAL_POOL) private readonly pool: SqlPool,
    private readonly sealer: Sealer,
    private readonly payments: PaymentsRepository,
  ) {}

  /** Before the transaction is opened. The wish must have been checked (ReceiptWishRequest); throws when it was not. */
  async seal(mid: string, paymentId: string, wish: ReceiptWish): Promise<SealedReceiptWish> {
    const identifier = readReceiptIdentifier(wish.purpose, wish.identifier);
    if (identifier === null) throw new Error('a wish for a cash receipt was not checked');
    return {
      paymentId,
      mid,
      purpose: wish.purpose,
      identifierKind: identifier.kind,
      identifierMasked: maskReceiptIdentifier(identifier),
      identifierSealed: await this.sealer.seal('pii', contextOf(mid, paymentId), identifier.digits),
    };
  }

  /** Takes up to `limit` wishes that are due, for `leaseMs`. */
  async claimDue(limit: number, leaseMs: number): Promise<ClaimedReceiptWish[]> {
    const rows = await this.claim(limit, leaseMs);
    const payments = await this.payments.findMany(rows.map((row) => row.payment_id as string));
    const cancels = await this.doneCancels(payments.map(({ paymentId }) => paymentId));
    const byId = new Map(payments.map((payment) => [payment.paymentId, payment]));
    const claimed: ClaimedReceiptWish[] = [];
    for (const row of rows) {
      const payment = byId.get(row.payment_id as string);
      if (payment !== undefined) claimed.push(await this.opened(row, payment, cancels));
    }
    return claimed;
  }

  /** Looked at, and to be looked at again; nothing changes when the payment has changed meanwhile. */
  async postpone(wish: ClaimedReceiptWish, dueInMs: number): Promise<void> {
    await this.pool.execute(
      `UPDATE cash_receipt_wishes SET due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND
       WHERE payment_id = ? AND looks = ?`,
      [dueInMs, wish.paymentId, wish.looks],
    );
  }

  /** Nothing is left to be done for it; `note` says why. */
  async end(wish: ClaimedReceiptWish, note: string): Promise<void> {
    await this.pool.execute(
      'UPDATE cash_receipt_wishes SET due_at = NULL, note = ? WHERE payment_id = ? AND looks = ?',
      [note, wish.paymentId, wish.looks],
    );
  }

  private claim(limit: number, leaseMs: number): Promise<Row[]> {
    return retryConflicts(() =>
      this.pool.transaction('claim-receipt-wishes', async (tx) => {
        const rows = await tx.execute<Row[]>(
          `SELECT *, TIMESTAMPDIFF(SECOND, created_at, UTC_TIMESTAMP(3)) AS age_s FROM cash_receipt_wishes
           WHERE due_at <= UTC_TIMESTAMP(3) ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED`,
          [limit],
        );
        for (const { payment_id: id } of rows) {
          await tx.execute(
            `UPDATE cash_receipt_wishes SET looks = looks + 1,
               due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND WHERE payment_id = ?`,
            [leaseMs, id as string],
          );
        }
        return rows;
      }),
    );
  }

  private async doneCancels(paymentIds: readonly string[]): Promise<Map<string, DonePaymentCancel[]>> {
    const found = new Map<string, DonePaymentCancel[]>();
    for (const paymentId of paymentIds) {
      const rows = await this.pool.execute<Row[]>(
        `SELECT id, amount, tax_free_amount, reason FROM payment_cancels
         WHERE payment_id = ? AND status = 'DONE' ORDER BY id`,
        [paymentId],
      );
      const cancels = rows.map((row) => ({
        cancelId: row.id as string,
        amount: wonFromDatabase(row.amount as string),
        taxFreeAmount: wonFromDatabase(row.tax_free_amount as string),
        reason: row.reason as string,
      }));
      found.set(paymentId, cancels);
    }
    return found;
  }

  private async opened(
    row: Row,
    payment: Payment,
    cancels: ReadonlyMap<string, DonePaymentCancel[]>,
  ): Promise<ClaimedReceiptWish> {
    const { paymentId, mid } = payment;
    const sealed = row.identifier_sealed as Buffer;
    const digits = await this.sealer.open('pii', contextOf(mid, paymentId), sealed);
    return {
      paymentId,
      mid,
      looks: Number(row.looks) + 1,
      ageMs: Number(row.age_s) * 1_000,
      purpose: row.purpose as ClaimedReceiptWish['purpose'],
      identifier: new Secret(digits.toString('utf8')),
      identifierKind: row.identifier_kind as ClaimedReceiptWish['identifierKind'],
      identifierMasked: row.identifier_masked as string,
      payment: {
        orderNo: payment.orderNo,
        status: payment.status,
        method: payment.method,
        contractId: payment.contractId,
        goodsName: payment.goodsName,
        amount: payment.amount,
        taxFreeAmount: payment.taxFreeAmount,
        serviceCharge: payment.serviceCharge,
        vat: payment.vat,
        approvedAt: payment.approvedAt,
        cancels: cancels.get(paymentId) ?? [],
      },
    };
  }
}

function contextOf(mid: string, paymentId: string) {
  return { table: 'cash_receipt_wishes', column: 'identifier_sealed', rowId: paymentId, mid };
}
