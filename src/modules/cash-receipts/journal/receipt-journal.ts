import { Inject, Injectable } from '@nestjs/common';
import { isDuplicateKey } from '../../../common/db/database-errors';
import { type SqlConnection, SqlPool, type SqlValue } from '../../../common/db/pool';
import { JOURNAL_POOL } from '../../../common/db/tokens';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { databaseTime } from '../../../common/time/korean-time';
import type { CashReceipt, ProviderWord, ReceiptFailureCode } from '../cash-receipts.types';
import { assertReceiptTransition, isReplaceable, type ReceiptStatus } from '../receipt.state';
import { insertEvent, insertExchange, type ReceiptExchange, tellIssued } from './receipt-records';
import { receiptFromRow, type Row } from './receipt-rows';

/** A receipt to be asked for: what the table needs of it. */
export type NewReceipt = Pick<
  CashReceipt,
  | 'receiptId'
  | 'mid'
  | 'orderNo'
  | 'paymentId'
  | 'purpose'
  | 'identifierKind'
  | 'identifierMasked'
  | 'identifierSealed'
  | 'goodsName'
  | 'amount'
  | 'supplyAmount'
  | 'vat'
  | 'taxFreeAmount'
  | 'serviceCharge'
  | 'contentFingerprint'
  | 'contractId'
  | 'provider'
  | 'acquirerOrderNo'
  | 'requestedBy'
  | 'generation'
> & { readonly leaseMs: number; readonly at: Date };

export interface ReceiptIssue {
  readonly providerReceiptId: string;
  readonly approvalNo: string;
  readonly issuedAt: Date;
}

export interface ReceiptFailure {
  readonly code: ReceiptFailureCode;
  /** What the provider said to the request itself. */
  readonly said: ProviderWord | null;
}

export interface DueReceipt {
  readonly receipt: CashReceipt;
  /** Since it was sent last, by the database's clock. Milliseconds. */
  readonly unansweredForMs: number;
}

const DUE = 'UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND';

/** The writes of receipts: each compares the version that it starts from and tells in the same transaction. */
@Injectable()
export class ReceiptJournal {
  constructor(@Inject(JOURNAL_POOL) private readonly pool: SqlPool) {}

  /** The intent. False: the order number has a receipt already. */
  open(made: NewReceipt): Promise<boolean> {
    return retryConflicts(() =>
      this.pool.transaction('open-cash-receipt', async (tx) => {
        await insertReceipt(tx, made);
        return true;
      }),
    ).catch((error: unknown) => {
      if (isDuplicateKey(error)) return false;
      throw error;
    });
  }

  /**
   * The intent of one for the rest, in the place of one that is gone whole or was never issued. That is marked in the
   * same transaction, so that it is never asked for again and has one successor. False: somebody else was faster.
   */
  replace(before: CashReceipt, made: NewReceipt): Promise<boolean> {
    if (!isReplaceable(before.status)) throw new Error(`a receipt that is ${before.status} is not replaced`);
    return retryConflicts(() =>
      this.pool.transaction('replace-cash-receipt', async (tx) => {
        const { affectedRows } = await tx.execute<{ affectedRows: number }>(
          `UPDATE cash_receipts SET replaced_by_id = ?, version = version + 1, updated_at = ?
           WHERE id = ? AND status = ? AND version = ? AND replaced_by_id IS NULL`,
          [made.receiptId, databaseTime(made.at), before.receiptId, before.status, before.version],
        );
        if (affectedRows !== 1) return false;
        await insertReceipt(tx, made);
        return true;
      }),
    );
  }

  /** A new attempt on one that failed, with what is asked for now. False: somebody else was faster. */
  reopen(before: CashReceipt, made: NewReceipt): Promise<boolean> {
    if (before.replacedById !== null) return Promise.resolve(false);
    return this.change(
      before,
      { to: 'IN_PROGRESS', actor: made.requestedBy, reason: 'asked for again', at: made.at },
      {
        set: `purpose = ?, identifier_kind = ?, identifier_masked = ?, identifier_sealed = ?, goods_name = ?,
        content_fingerprint = ?, contract_id = ?, provider = ?, acquirer_order_no = ?, requested_by = ?,
        attempt_count = attempt_count + 1, failure_code = NULL, failure_provider_code = NULL,
        failure_provider_message = NULL, sends = 1, looks = 0, last_sent_at = UTC_TIMESTAMP(3), due_at = ${DUE}`,
        values: [
          ...[
            made.purpose,
            made.identifierKind,
            made.identifierMasked,
            made.identifierSealed,
            made.goodsName,
          ],
          ...[
            made.contentFingerprint,
            made.contractId,
            made.provider,
            made.acquirerOrderNo,
            made.requestedBy,
          ],
          made.leaseMs,
        ],
      },
    );
  }

  issued(receipt: CashReceipt, issue: ReceiptIssue, writer: Writer, records: readonly ReceiptExchange[]) {
    return this.change(
      receipt,
      { ...writer, to: 'ISSUED', records },
      {
        set: 'provider_receipt_id = ?, approval_no = ?, issued_at = ?, due_at = NULL',
        values: [issue.providerReceiptId, issue.approvalNo, databaseTime(issue.issuedAt)],
        also: (tx) => tellIssued(tx, receipt, { ...issue, at: writer.at }),
      },
    );
  }

  failed(
    receipt: CashReceipt,
    { code, said }: ReceiptFailure,
    writer: Writer,
    records: readonly ReceiptExchange[],
  ) {
    return this.change(
      receipt,
      { ...writer, to: 'FAILED', records },
      {
        set: `failure_code = ?, failure_provider_code = LEFT(?, 60), failure_provider_message = LEFT(?, 200),
          due_at = NULL`,
        values: [code, said?.code ?? null, said?.message ?? null],
      },
    );
  }

  unconfirmed(receipt: CashReceipt, writer: Writer, records: readonly ReceiptExchange[]): Promise<boolean> {
    return this.change(
      receipt,
      { ...writer, to: 'UNCONFIRMED', records },
      { set: 'due_at = NULL', values: [] },
    );
  }

  /** Not known yet. The receipt as it is then, or null when somebody else has taken it over. */
  postpone(
    receipt: CashReceipt,
    next: { readonly dueInMs: number; readonly looked: boolean },
    records: readonly ReceiptExchange[],
  ): Promise<CashReceipt | null> {
    return this.touch(
      receipt,
      'looks = looks + ?, due_at = ' + DUE,
      [Number(next.looked), next.dueInMs],
      records,
    );
  }

  /** It is about to be sent once more, under the same number. Null: somebody else has taken it over. */
  resending(receipt: CashReceipt, leaseMs: number, records: readonly ReceiptExchange[]) {
    const set = `sends = sends + 1, last_sent_at = UTC_TIMESTAMP(3), due_at = ${DUE}`;
    return this.touch(receipt, set, [leaseMs], records);
  }

  /** Takes up to `limit` that are due, for `leaseMs`; a claim is a new version, so an old owner's writes fail. */
  claimDue(limit: number, leaseMs: number): Promise<DueReceipt[]> {
    return retryConflicts(() =>
      this.pool.transaction('claim-cash-receipts', async (tx) => {
        const rows = await tx.execute<Row[]>(
          `SELECT *, TIMESTAMPDIFF(MICROSECOND, last_sent_at, UTC_TIMESTAMP(3)) DIV 1000 AS unanswered_for_ms
           FROM cash_receipts WHERE due_at <= UTC_TIMESTAMP(3) ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED`,
          [limit],
        );
        for (const { id } of rows) {
          await tx.execute(`UPDATE cash_receipts SET version = version + 1, due_at = ${DUE} WHERE id = ?`, [
            leaseMs,
            id as string,
          ]);
        }
        return rows.map((row) => ({
          receipt: receiptFromRow({ ...row, version: Number(row.version) + 1 }),
          unansweredForMs: Number(row.unanswered_for_ms),
        }));
      }),
    );
  }

  private change(receipt: CashReceipt, move: Move, write: Write): Promise<boolean> {
    assertReceiptTransition(receipt.status, move.to);
    return retryConflicts(() =>
      this.pool.transaction('change-cash-receipt', async (tx) => {
        const { receiptId, status, version, amount } = receipt;
        const { to, actor, reason, at } = move;
        const { affectedRows } = await tx.execute<{ affectedRows: number }>(
          `UPDATE cash_receipts SET status = ?, version = version + 1, updated_at = ?, ${write.set}
           WHERE id = ? AND status = ? AND version = ?`,
          [to, databaseTime(at), ...write.values, receiptId, status, version],
        );
        if (affectedRows !== 1) return false;
        for (const record of move.records ?? []) await insertExchange(tx, record);
        await insertEvent(tx, { receiptId, cancelId: null, from: status, to, actor, reason, amount, at });
        await write.also?.(tx);
        return true;
      }),
    );
  }

  private touch(
    receipt: CashReceipt,
    set: string,
    values: readonly SqlValue[],
    records: readonly ReceiptExchange[],
  ): Promise<CashReceipt | null> {
    return retryConflicts(() =>
      this.pool.transaction('touch-cash-receipt', async (tx) => {
        const { affectedRows } = await tx.execute<{ affectedRows: number }>(
          `UPDATE cash_receipts SET version = version + 1, ${set} WHERE id = ? AND status = 'IN_PROGRESS' AND version = ?`,
          [...values, receipt.receiptId, receipt.version],
        );
        if (affectedRows !== 1) return null;
        for (const record of records) await insertExchange(tx, record);
        const rows = await tx.execute<Row[]>('SELECT * FROM cash_receipts WHERE id = ?', [receipt.receiptId]);
        return receiptFromRow(rows[0]!);
      }),
    );
  }
}

export interface Writer {
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

interface Move extends Writer {
  readonly to: ReceiptStatus;
  readonly records?: readonly ReceiptExchange[];
}

interface Write {
  readonly set: string;
  readonly values: readonly SqlValue[];
  also?(tx: SqlConnection): Promise<void>;
}

async function insertReceipt(tx: SqlConnection, made: NewReceipt): Promise<void> {
  await tx.execute(INSERT, [
    ...[made.receiptId, made.mid, made.orderNo, made.paymentId, made.generation, made.purpose],
    ...[made.identifierKind, made.identifierMasked, made.identifierSealed, made.goodsName],
    ...[...amountsOf(made), made.amount, made.contentFingerprint, made.contractId, made.provider],
    ...[made.acquirerOrderNo, made.leaseMs, made.requestedBy, databaseTime(made.at), databaseTime(made.at)],
  ]);
  const { receiptId, requestedBy: actor, amount, at } = made;
  const reason = made.generation === 1 ? 'asked for' : 'asked for, for the rest';
  await insertEvent(tx, {
    receiptId,
    cancelId: null,
    from: null,
    to: 'IN_PROGRESS',
    actor,
    reason,
    amount,
    at,
  });
}

function amountsOf(made: NewReceipt): number[] {
  return [made.amount, made.supplyAmount, made.vat, made.taxFreeAmount, made.serviceCharge];
}

const INSERT = `
INSERT INTO cash_receipts (id, mid, order_no, origin_payment_id, generation, status, version, purpose,
  identifier_kind, identifier_masked, identifier_sealed, goods_name, amount, supply_amount, vat, tax_free_amount, service_charge,
  balance_amount, content_fingerprint, contract_id, provider, acquirer_order_no, last_sent_at, due_at, requested_by,
  created_at, updated_at)
VALUES (?, ?, ?, ?, ?, 'IN_PROGRESS', 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3), ${DUE}, ?, ?, ?)`;
