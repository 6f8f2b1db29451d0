import { fromDatabaseTime } from '../../../common/time/korean-time';
import { wonFromDatabase } from '../../../common/money/won';
import { wasCharged } from '../../payments/payments.facade';
import type { HistoryAccount, HistoryCancel, HistoryRow, Method, Movement } from '../history.types';

export type Row = Readonly<Record<string, string | number | null>>;

const text = (row: Row, column: string) => row[column] as string;
const textOrNull = (row: Row, column: string) => (row[column] ?? null) as string | null;
const won = (row: Row, column: string) => wonFromDatabase(row[column] as string | number);
const time = (row: Row, column: string) => fromDatabaseTime(row[column] as string);
const timeOrNull = (row: Row, column: string) => {
  const value = row[column] ?? null;
  return value === null ? null : fromDatabaseTime(value as string);
};

export function historyRow(row: Row): HistoryRow {
  const status = row.status as HistoryRow['status'];
  const approvedAt = timeOrNull(row, 'approved_at');
  return {
    place: { at: time(row, 'at'), key: String(row.place_key) },
    paymentId: text(row, 'payment_id'),
    mid: text(row, 'mid'),
    branchId: textOrNull(row, 'branch_id'),
    orderNo: text(row, 'order_no'),
    status,
    method: row.method as Method,
    amount: won(row, 'amount'),
    pointAmount: won(row, 'point_amount'),
    // What was never charged has nothing left to cancel.
    balanceAmount: wasCharged({ status, approvedAt }) ? won(row, 'balance_amount') : 0,
    cancelledAmount: won(row, 'cancelled_amount'),
    goodsName: text(row, 'goods_name'),
    buyerName: textOrNull(row, 'buyer_name'),
    cardNumber: cardNumber(row),
    cardIssuer: textOrNull(row, 'card_issuer'),
    cardType: textOrNull(row, 'card_type'),
    installmentMonths: Number(row.installment_months),
    acquirer: text(row, 'acquirer'),
    acquirerTransactionId: textOrNull(row, 'acquirer_transaction_id'),
    approvalNo: textOrNull(row, 'approval_no'),
    failureCode: textOrNull(row, 'failure_code'),
    approvedAt,
    createdAt: time(row, 'created_at'),
    cancel: cancelOf(row),
    account: accountOf(row),
  };
}

function cardNumber(row: Row): string | null {
  const [first, last, length] = [
    textOrNull(row, 'card_first6'),
    textOrNull(row, 'card_last4'),
    row.card_number_length,
  ];
  if (first === null || last === null || typeof length !== 'number') return null;
  return `${first}${'*'.repeat(length - 10)}${last}`;
}

function cancelOf(row: Row): HistoryCancel | null {
  const cancelId = textOrNull(row, 'cancel_id');
  if (cancelId === null) return null;
  return {
    cancelId,
    amount: won(row, 'cancel_amount'),
    reason: text(row, 'cancel_reason'),
    cancelledAt: time(row, 'cancelled_at'),
  };
}

function accountOf(row: Row): HistoryAccount | null {
  const virtualAccountId = textOrNull(row, 'account_id');
  if (virtualAccountId === null) return null;
  return {
    virtualAccountId,
    bankCode: text(row, 'bank_code'),
    accountMasked: textOrNull(row, 'account_masked'),
    holderName: text(row, 'holder_name'),
    depositor: textOrNull(row, 'depositor'),
    dueAt: time(row, 'due_at'),
    depositedAt: timeOrNull(row, 'deposited_at'),
  };
}

export function movementFromRow(row: Row): Movement {
  return {
    kind: text(row, 'kind'),
    sourceId: text(row, 'source_id'),
    amount: won(row, 'amount'),
    settledAmount: won(row, 'settled_amount'),
    capturedOn: text(row, 'captured_day'),
    occurredAt: time(row, 'occurred_at'),
  };
}
