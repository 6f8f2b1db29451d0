import type { SqlConnection } from '../../../common/db/pool';
import { databaseTime } from '../../../common/time/korean-time';
import type { SealedReceiptWish } from './receipt-wish.types';

/** Keeps a wish with its payment, in the transaction that makes the payment. */
export async function insertReceiptWish(tx: SqlConnection, wish: SealedReceiptWish, at: Date): Promise<void> {
  await tx.execute(
    `INSERT INTO cash_receipt_wishes (payment_id, mid, purpose, identifier_kind, identifier_masked, identifier_sealed,
       due_at, created_at) VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3), ?)`,
    [
      ...[wish.paymentId, wish.mid, wish.purpose, wish.identifierKind, wish.identifierMasked],
      ...[wish.identifierSealed, databaseTime(at)],
    ],
  );
}

/**
 * The payment has been approved or cancelled in this transaction: its receipt is looked after at once. Nothing depends
 * on it, since every wish is looked at by time as well. Does nothing where there is no wish, or its end is known.
 */
export async function wakeReceiptWish(tx: SqlConnection, paymentId: string): Promise<void> {
  await tx.execute(
    `UPDATE cash_receipt_wishes SET due_at = UTC_TIMESTAMP(3), looks = looks + 1
     WHERE payment_id = ? AND due_at IS NOT NULL`,
    [paymentId],
  );
}
