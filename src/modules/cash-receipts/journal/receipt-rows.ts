import type { SqlConnection } from '../../../common/db/pool';
import { wonFromDatabase } from '../../../common/money/won';
import { fromDatabaseTime } from '../../../common/time/korean-time';
import type { ReceiptAmounts } from '../amounts.calc';
import type { CashReceipt, CashReceiptCancel, CashReceiptEvent } from '../cash-receipts.types';

export type Row = Readonly<Record<string, string | number | Buffer | null>>;

const text = (row: Row, column: string) => row[column] as string;
const textOrNull = (row: Row, column: string) => (row[column] ?? null) as string | null;
const won = (row: Row, column: string) => wonFromDatabase(row[column] as string | number);
const timeOrNull = (row: Row, column: string) => {
  const value = row[column] ?? null;
  return value === null ? null : fromDatabaseTime(value as string);
};

function amountsFromRow(row: Row): ReceiptAmounts {
  return {
    amount: won(row, 'amount'),
    supplyAmount: won(row, 'supply_amount'),
    vat: won(row, 'vat'),
    taxFreeAmount: won(row, 'tax_free_amount'),
    serviceCharge: won(row, 'service_charge'),
  };
}

function failureFromRow(row: Row) {
  return {
    failureCode: textOrNull(row, 'failure_code') as CashReceipt['failureCode'],
    failureProviderCode: textOrNull(row, 'failure_provider_code'),
    failureProviderMessage: textOrNull(row, 'failure_provider_message'),
  };
}

export function receiptFromRow(row: Row): CashReceipt {
  return {
    ...amountsFromRow(row),
    ...failureFromRow(row),
    receiptId: text(row, 'id'),
    mid: text(row, 'mid'),
    orderNo: text(row, 'order_no'),
    paymentId: textOrNull(row, 'origin_payment_id'),
    generation: Number(row.generation),
    replacedById: textOrNull(row, 'replaced_by_id'),
    status: text(row, 'status') as CashReceipt['status'],
    version: Number(row.version),
    purpose: text(row, 'purpose') as CashReceipt['purpose'],
    identifierKind: text(row, 'identifier_kind') as CashReceipt['identifierKind'],
    identifierMasked: text(row, 'identifier_masked'),
    identifierSealed: row.identifier_sealed as Buffer,
    goodsName: text(row, 'goods_name'),
    balanceAmount: won(row, 'balance_amount'),
    pendingCancelAmount: won(row, 'pending_cancel_amount'),
    cancelledAmount: won(row, 'cancelled_amount'),
    contentFingerprint: text(row, 'content_fingerprint'),
    contractId: text(row, 'contract_id'),
    provider: text(row, 'provider'),
    acquirerOrderNo: text(row, 'acquirer_order_no'),
    attemptCount: Number(row.attempt_count),
    providerReceiptId: textOrNull(row, 'provider_receipt_id'),
    approvalNo: textOrNull(row, 'approval_no'),
    issuedAt: timeOrNull(row, 'issued_at'),
    sends: Number(row.sends),
    looks: Number(row.looks),
    lastSentAt: fromDatabaseTime(row.last_sent_at as string),
    dueAt: timeOrNull(row, 'due_at'),
    requestedBy: text(row, 'requested_by'),
    createdAt: fromDatabaseTime(row.created_at as string),
  };
}

export function receiptCancelFromRow(row: Row): CashReceiptCancel {
  return {
    ...amountsFromRow(row),
    ...failureFromRow(row),
    cancelId: text(row, 'id'),
    receiptId: text(row, 'receipt_id'),
    paymentCancelId: textOrNull(row, 'origin_payment_cancel_id'),
    status: text(row, 'status') as CashReceiptCancel['status'],
    version: Number(row.version),
    reason: text(row, 'reason'),
    acquirerOrderNo: text(row, 'acquirer_order_no'),
    approvalNo: textOrNull(row, 'approval_no'),
    cancelledAt: timeOrNull(row, 'cancelled_at'),
    sends: Number(row.sends),
    looks: Number(row.looks),
    lastSentAt: timeOrNull(row, 'last_sent_at'),
    dueAt: timeOrNull(row, 'due_at'),
    requestedAt: fromDatabaseTime(row.requested_at as string),
  };
}

export function receiptEventFromRow(row: Row): CashReceiptEvent {
  return {
    cancelId: textOrNull(row, 'cancel_id'),
    from: textOrNull(row, 'from_status'),
    to: text(row, 'to_status'),
    actor: text(row, 'actor'),
    reason: text(row, 'reason'),
    occurredAt: fromDatabaseTime(row.occurred_at as string),
  };
}

/** The receipt, locked until the transaction ends. */
export async function lockReceipt(tx: SqlConnection, receiptId: string): Promise<CashReceipt | null> {
  const rows = await tx.execute<Row[]>('SELECT * FROM cash_receipts WHERE id = ? FOR UPDATE', [receiptId]);
  return rows[0] === undefined ? null : receiptFromRow(rows[0]);
}
