import type { SqlConnection } from '../../common/db/pool';
import { fromDatabaseTime } from '../../common/time/korean-time';
import { wonFromDatabase } from '../../common/money/won';
import type { PaymentStatus } from './payment.state';
import type { FailureCode, Payment, PaymentCancel } from './payments.types';

type Row = Readonly<Record<string, string | number | Buffer | null>>;

const text = (row: Row, column: string) => row[column] as string;
const textOrNull = (row: Row, column: string) => (row[column] ?? null) as string | null;
const won = (row: Row, column: string) => wonFromDatabase(row[column] as string | number);
const time = (row: Row, column: string) => fromDatabaseTime(row[column] as string);
const timeOrNull = (row: Row, column: string) => {
  const value = row[column];
  return value === null || value === undefined ? null : fromDatabaseTime(value as string);
};

/** A payments row as our type, column by column. */
export function paymentFromRow(row: Row): Payment {
  const metadata = textOrNull(row, 'metadata');
  return {
    paymentId: text(row, 'id'),
    mid: text(row, 'mid'),
    orderNo: text(row, 'order_no'),
    status: text(row, 'status') as PaymentStatus,
    version: Number(row.version),
    method: text(row, 'method') as Payment['method'],
    channel: text(row, 'channel') as Payment['channel'],
    amount: won(row, 'amount'),
    pointAmount: won(row, 'point_amount'),
    taxFreeAmount: won(row, 'tax_free_amount'),
    serviceCharge: won(row, 'service_charge'),
    vat: won(row, 'vat'),
    balanceAmount: won(row, 'balance_amount'),
    pendingCancelAmount: won(row, 'pending_cancel_amount'),
    cancelledAmount: won(row, 'cancelled_amount'),
    taxFreeBalance: won(row, 'tax_free_balance'),
    goodsName: text(row, 'goods_name'),
    buyerName: textOrNull(row, 'buyer_name'),
    customerKey: textOrNull(row, 'customer_key'),
    branchId: textOrNull(row, 'branch_id'),
    metadata: metadata === null ? null : (JSON.parse(metadata) as Record<string, string>),
    contentFingerprint: text(row, 'content_fingerprint'),
    requestHash: text(row, 'request_hash'),
    contractId: text(row, 'contract_id'),
    acquirer: text(row, 'acquirer'),
    attemptId: text(row, 'attempt_id'),
    attemptCount: Number(row.attempt_count),
    acquirerOrderNo: text(row, 'acquirer_order_no'),
    acquirerTransactionId: textOrNull(row, 'acquirer_transaction_id'),
    approvalNo: textOrNull(row, 'approval_no'),
    cardFirst6: textOrNull(row, 'card_first6'),
    cardLast4: textOrNull(row, 'card_last4'),
    cardNumberLength: row.card_number_length as number | null,
    cardIssuer: textOrNull(row, 'card_issuer'),
    cardType: textOrNull(row, 'card_type'),
    cardOwnerType: textOrNull(row, 'card_owner_type'),
    interestFree: row.interest_free === null ? null : Number(row.interest_free) === 1,
    installmentMonths: Number(row.installment_months),
    failureCode: textOrNull(row, 'failure_code') as FailureCode | null,
    failureAcquirerCode: textOrNull(row, 'failure_acquirer_code'),
    failureAcquirerMessage: textOrNull(row, 'failure_acquirer_message'),
    usageDay: textOrNull(row, 'usage_day'),
    unknownSince: timeOrNull(row, 'unknown_since'),
    reversalTries: Number(row.reversal_tries),
    reversalRefusals: Number(row.reversal_refusals),
    dueAt: timeOrNull(row, 'due_at'),
    approvedAt: timeOrNull(row, 'approved_at'),
    failedAt: timeOrNull(row, 'failed_at'),
    createdAt: time(row, 'created_at'),
    updatedAt: time(row, 'updated_at'),
  };
}

export function cancelFromRow(row: Row): PaymentCancel {
  return {
    cancelId: text(row, 'id'),
    paymentId: text(row, 'payment_id'),
    status: text(row, 'status') as PaymentCancel['status'],
    version: Number(row.version),
    amount: won(row, 'amount'),
    pointAmount: won(row, 'point_amount'),
    taxFreeAmount: won(row, 'tax_free_amount'),
    cardTaxFreeAmount: won(
      row,
      row.card_tax_free_amount === null ? 'tax_free_amount' : 'card_tax_free_amount',
    ),
    reason: text(row, 'reason'),
    requestedBy: text(row, 'requested_by'),
    cancelKey: text(row, 'cancel_key'),
    refundAccount: refundFromRow(row),
    acquirerCancelId: textOrNull(row, 'acquirer_cancel_id'),
    failureCode: textOrNull(row, 'failure_code'),
    failureAcquirerCode: textOrNull(row, 'failure_acquirer_code'),
    failureAcquirerMessage: textOrNull(row, 'failure_acquirer_message'),
    balanceAfter: row.balance_after === null ? null : won(row, 'balance_after'),
    tries: Number(row.tries),
    dueAt: timeOrNull(row, 'due_at'),
    requestedAt: time(row, 'requested_at'),
    cancelledAt: timeOrNull(row, 'cancelled_at'),
  };
}

function refundFromRow(row: Row): PaymentCancel['refundAccount'] {
  const [bankCode, accountMasked] = [
    textOrNull(row, 'refund_bank_code'),
    textOrNull(row, 'refund_account_masked'),
  ];
  return bankCode === null || accountMasked === null ? null : { bankCode, accountMasked };
}

/** Reads one payment and holds its row until the transaction ends: the first statement of every write to it. */
export async function lockPayment(tx: SqlConnection, paymentId: string): Promise<Payment | null> {
  const rows = await tx.execute<Row[]>('SELECT * FROM payments WHERE id = ? FOR UPDATE', [paymentId]);
  return rows[0] === undefined ? null : paymentFromRow(rows[0]);
}

export async function lockPaymentByOrder(
  tx: SqlConnection,
  mid: string,
  orderNo: string,
): Promise<Payment | null> {
  const rows = await tx.execute<Row[]>('SELECT * FROM payments WHERE mid = ? AND order_no = ? FOR UPDATE', [
    mid,
    orderNo,
  ]);
  return rows[0] === undefined ? null : paymentFromRow(rows[0]);
}
