import type { Exchange } from '../../../acquirers/port/acquirer.types';
import type { SqlConnection } from '../../../common/db/pool';
import { newId } from '../../../common/ids/id';
import { recordEvent } from '../../../common/outbox/outbox';
import { databaseTime, koreanTime } from '../../../common/time/korean-time';
import type { CashReceipt, CashReceiptCancel } from '../cash-receipts.types';

const REQUEST_MAX = 2_000;
const RESPONSE_MAX = 4_000;

/** One exchange with a provider, as it is kept with its receipt. */
export interface ReceiptExchange {
  readonly receipt: CashReceipt;
  readonly cancelId: string | null;
  readonly operation: 'ISSUE' | 'CANCEL' | 'INQUIRE';
  readonly outcome: string;
  readonly acquirerOrderNo: string;
  /** Null where nothing was asked: the provider offers no look-up. */
  readonly exchange: Exchange | null;
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

export async function insertExchange(tx: SqlConnection, record: ReceiptExchange): Promise<void> {
  const { receipt, exchange } = record;
  await tx.execute(
    `INSERT INTO cash_receipt_attempts (id, receipt_id, cancel_id, operation, outcome, provider, contract_id,
       acquirer_order_no, endpoint, request_masked, response_masked, http_status, code, message, latency_ms, started_at,
       finished_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, LEFT(?, 120), ?, ?, ?, LEFT(?, 60), LEFT(?, 200), ?, ?, ?)`,
    [
      ...[newId('att'), receipt.receiptId, record.cancelId, record.operation, record.outcome],
      ...[receipt.provider, receipt.contractId, record.acquirerOrderNo, exchange?.endpoint ?? null],
      ...[kept(exchange?.request, REQUEST_MAX), kept(exchange?.response, RESPONSE_MAX)],
      ...[exchange?.httpStatus ?? null, exchange?.code ?? null, exchange?.message ?? null],
      ...[exchange?.latencyMs ?? null, databaseTime(record.startedAt), databaseTime(record.finishedAt)],
    ],
  );
}

/** Cut JSON is no JSON, and is kept as text all the same: it is for people. */
function kept(value: object | null | undefined, max: number): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value).slice(0, max);
}

export interface ReceiptEvent {
  readonly receiptId: string;
  readonly cancelId: string | null;
  readonly from: string | null;
  readonly to: string;
  readonly actor: string;
  readonly reason: string;
  readonly amount: number | null;
  readonly at: Date;
}

export async function insertEvent(tx: SqlConnection, event: ReceiptEvent): Promise<void> {
  await tx.execute(
    `INSERT INTO cash_receipt_events (receipt_id, cancel_id, from_status, to_status, actor, reason, amount, occurred_at)
     VALUES (?, ?, ?, ?, ?, LEFT(?, 200), ?, ?)`,
    [
      ...[event.receiptId, event.cancelId, event.from, event.to, event.actor, event.reason, event.amount],
      databaseTime(event.at),
    ],
  );
}

/** What a merchant is told of a receipt: never the customer's number in clear. */
function told(receipt: CashReceipt) {
  return {
    receiptId: receipt.receiptId,
    orderNo: receipt.orderNo,
    paymentId: receipt.paymentId,
    purpose: receipt.purpose,
    identifier: receipt.identifierMasked,
    amount: receipt.amount,
    supplyAmount: receipt.supplyAmount,
    vat: receipt.vat,
    taxFreeAmount: receipt.taxFreeAmount,
    serviceCharge: receipt.serviceCharge,
  };
}

export async function tellIssued(
  tx: SqlConnection,
  receipt: CashReceipt,
  issued: { readonly approvalNo: string; readonly issuedAt: Date; readonly at: Date },
): Promise<void> {
  const { approvalNo, issuedAt, at } = issued;
  const data = { ...told(receipt), status: 'ISSUED', approvalNo, issuedAt: koreanTime(issuedAt) };
  await recordEvent(tx, {
    mid: receipt.mid,
    type: 'cash_receipt.issued',
    subjectId: receipt.receiptId,
    data,
    at,
  });
}

export async function tellCancelled(
  tx: SqlConnection,
  receipt: CashReceipt,
  done: {
    readonly cancel: CashReceiptCancel;
    readonly status: string;
    readonly cancelledAmount: number;
    readonly approvalNo: string;
    readonly cancelledAt: Date;
    readonly at: Date;
  },
): Promise<void> {
  const { cancel, status, cancelledAmount, approvalNo, cancelledAt, at } = done;
  const data = {
    ...told(receipt),
    status,
    approvalNo: receipt.approvalNo,
    cancelledAmount,
    cancel: {
      cancelId: cancel.cancelId,
      amount: cancel.amount,
      supplyAmount: cancel.supplyAmount,
      vat: cancel.vat,
      taxFreeAmount: cancel.taxFreeAmount,
      serviceCharge: cancel.serviceCharge,
      approvalNo,
      cancelledAt: koreanTime(cancelledAt),
    },
  };
  const subjectId = receipt.receiptId;
  await recordEvent(tx, { mid: receipt.mid, type: 'cash_receipt.cancelled', subjectId, data, at });
}
