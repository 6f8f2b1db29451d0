import type { Exchange } from '../../../acquirers/port/acquirer.types';
import { isDuplicateKey } from '../../../common/db/database-errors';
import type { SqlConnection, SqlPool } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { recordEvent } from '../../../common/outbox/outbox';
import { databaseTime } from '../../../common/time/korean-time';
import { lockPayment } from '../payment-rows';
import type { Payment } from '../payments.types';
import { insertReceiptWish } from '../receipts/receipt-wish-rows';
import type { SealedReceiptWish } from '../receipts/receipt-wish.types';
import { accountEvent } from '../virtual-accounts/account-event';
import type { ConfirmJournal } from './confirm-journal';
import { bookUsage } from './contract-usage';
import { insertEvent } from './exchange-record';
import type { ContractLimits } from './journal.types';

/** What is committed before an acquirer is asked for an account. */
export interface AccountIntent {
  readonly virtualAccountId: string;
  readonly paymentId: string;
  readonly attemptId: string;
  readonly mid: string;
  readonly orderNo: string;
  readonly contractId: string;
  readonly acquirer: string;
  readonly acquirerOrderNo: string;
  /** Made up beforehand where the acquirer wants that, so that a lost account is found by it; else null. */
  readonly acquirerTransactionId: string | null;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly vat: number;
  readonly goodsName: string;
  readonly customerName: string;
  readonly buyerContactSealed: Buffer | null;
  readonly customerKey: string | null;
  readonly branchId: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly contentFingerprint: string;
  readonly bankCode: string;
  readonly dueAt: Date;
  /** Null where the payer wants no cash receipt. */
  readonly receiptWish: SealedReceiptWish | null;
  readonly limits: ContractLimits | null;
  /** Milliseconds after which a worker may take it for abandoned and undo it. */
  readonly dueInMs: number;
  readonly actor: string;
  readonly at: Date;
}

export type OpenAccount =
  | { readonly kind: 'OPENED'; readonly payment: Payment }
  | { readonly kind: 'EXISTS' }
  | { readonly kind: 'BARRED' }
  | { readonly kind: 'OVER_LIMIT' };

/** The account as the acquirer issued it, sealed already. */
export interface IssuedAccount {
  readonly acquirerTransactionId: string;
  readonly bankCode: string;
  readonly accountSealed: Buffer;
  readonly accountMasked: string;
  readonly depositSecretSealed: Buffer | null;
  readonly dueAt: Date;
  /** Milliseconds until the worker first asks whether money has come. */
  readonly lookInMs: number;
  readonly exchange: Exchange;
  readonly actor: string;
  readonly at: Date;
}

/** The writes that bring a virtual account into being; what becomes of it is DepositJournal's. */
export class AccountJournal {
  constructor(
    private readonly pool: SqlPool,
    private readonly confirms: ConfirmJournal,
  ) {}

  /** A new order. EXISTS: the order number names a payment already. */
  open(intent: AccountIntent): Promise<OpenAccount> {
    return this.opening('open-account', intent, async (tx) => {
      const at = databaseTime(intent.at);
      await tx.execute(INSERT_PAYMENT, [
        ...[intent.paymentId, intent.mid, intent.orderNo, intent.amount, intent.taxFreeAmount, intent.vat],
        ...[intent.amount, intent.taxFreeAmount, intent.goodsName, intent.customerName],
        ...[intent.buyerContactSealed, intent.customerKey, intent.branchId],
        intent.metadata === null ? null : JSON.stringify(intent.metadata),
        ...[intent.contentFingerprint, intent.contractId, intent.acquirer, intent.attemptId],
        ...[intent.acquirerOrderNo, intent.acquirerTransactionId, intent.limits?.day ?? null],
        ...[intent.dueInMs, at, at],
      ]);
      await tx.execute(
        `INSERT INTO virtual_accounts (id, payment_id, mid, bank_code, holder_name, due_at, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [
          ...[intent.virtualAccountId, intent.paymentId, intent.mid, intent.bankCode, intent.customerName],
          ...[databaseTime(intent.dueAt), at],
        ],
      );
      if (intent.receiptWish !== null) await insertReceiptWish(tx, intent.receiptWish, intent.at);
      return null;
    });
  }

  /** A further attempt on an order that failed: at the next acquirer, or because the merchant asks again. */
  reopen(before: Payment, intent: AccountIntent): Promise<OpenAccount> {
    return this.opening('reopen-account', intent, async (tx) => {
      const { affectedRows } = await tx.execute<{ affectedRows: number }>(
        `UPDATE payments SET status = 'IN_PROGRESS', version = version + 1, attempt_id = ?,
           attempt_count = attempt_count + 1, acquirer_order_no = ?, acquirer_transaction_id = ?, contract_id = ?,
           acquirer = ?, usage_day = ?, failure_code = NULL, failure_acquirer_code = NULL,
           failure_acquirer_message = NULL, failed_at = NULL, updated_at = ?,
           due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND
         WHERE id = ? AND status = 'FAILED' AND version = ?`,
        [
          ...[intent.attemptId, intent.acquirerOrderNo, intent.acquirerTransactionId, intent.contractId],
          ...[intent.acquirer, intent.limits?.day ?? null, databaseTime(intent.at), intent.dueInMs],
          ...[before.paymentId, before.version],
        ],
      );
      if (affectedRows !== 1) throw new Taken();
      await tx.execute('UPDATE virtual_accounts SET due_at = ? WHERE payment_id = ?', [
        databaseTime(intent.dueAt),
        before.paymentId,
      ]);
      return 'FAILED';
    });
  }

  /** The account is there: from now on it waits. Null when the fence was passed: somebody has begun to undo it. */
  issued(payment: Payment, account: IssuedAccount): Promise<Payment | null> {
    const { acquirerTransactionId, exchange, actor, at } = account;
    return this.confirms.close(
      {
        payment,
        to: 'WAITING_FOR_DEPOSIT',
        outcome: 'OPENED',
        exchange,
        set: { acquirerTransactionId },
        dueInMs: null,
        actor,
        reason: 'virtual account issued',
        at,
      },
      async (tx) => {
        await tx.execute(
          `UPDATE virtual_accounts SET bank_code = ?, account_sealed = ?, account_masked = ?, deposit_secret_sealed = ?,
             due_at = ?, issued_at = ?, check_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND
           WHERE payment_id = ?`,
          [
            ...[account.bankCode, account.accountSealed, account.accountMasked, account.depositSecretSealed],
            ...[databaseTime(account.dueAt), databaseTime(at), account.lookInMs, payment.paymentId],
          ],
        );
        await recordEvent(tx, await accountEvent(tx, payment, 'virtual_account.issued', at));
      },
    );
  }

  private opening(
    name: string,
    intent: AccountIntent,
    write: (tx: SqlConnection) => Promise<'FAILED' | null>,
  ): Promise<OpenAccount> {
    return retryConflicts(() =>
      this.pool.transaction(name, async (tx): Promise<OpenAccount> => {
        const from = await write(tx);
        const bars = await tx.execute<unknown[]>(
          'SELECT 1 FROM barred_orders WHERE mid = ? AND order_no = ?',
          [intent.mid, intent.orderNo],
        );
        if (bars.length > 0) throw new Barred();
        await tx.execute(
          `INSERT INTO payment_attempts (id, payment_id, operation, outcome, acquirer, contract_id, acquirer_order_no,
             acquirer_transaction_id, started_at)
           VALUES (?, ?, 'OPEN', 'SENDING', ?, ?, ?, ?, ?)`,
          [
            ...[intent.attemptId, intent.paymentId, intent.acquirer, intent.contractId],
            ...[intent.acquirerOrderNo, intent.acquirerTransactionId, databaseTime(intent.at)],
          ],
        );
        const { paymentId, actor, amount, at } = intent;
        const reason = 'virtual account requested';
        await insertEvent(tx, {
          paymentId,
          from,
          to: 'IN_PROGRESS',
          actor,
          reason,
          cancelId: null,
          amount,
          at,
        });
        if (intent.limits !== null && !(await bookUsage(tx, intent.contractId, amount, intent.limits))) {
          throw new OverLimit();
        }
        const payment = await lockPayment(tx, paymentId);
        if (payment === null) throw new Error('the payment just written is gone');
        return { kind: 'OPENED', payment };
      }),
    ).catch((error: unknown): OpenAccount => {
      if (error instanceof Barred) return { kind: 'BARRED' };
      if (error instanceof OverLimit) return { kind: 'OVER_LIMIT' };
      if (error instanceof Taken || isDuplicateKey(error)) return { kind: 'EXISTS' };
      throw error;
    });
  }
}

const INSERT_PAYMENT = `
INSERT INTO payments (id, mid, order_no, status, version, method, channel, amount, tax_free_amount, service_charge, vat,
  balance_amount, tax_free_balance, goods_name, buyer_name, buyer_contact_sealed, customer_key, branch_id, metadata,
  content_fingerprint, request_hash, contract_id, acquirer, attempt_id, attempt_count, acquirer_order_no,
  acquirer_transaction_id, usage_day, due_at, created_at, updated_at)
VALUES (?, ?, ?, 'IN_PROGRESS', 1, 'VIRTUAL_ACCOUNT', 'VIRTUAL_ACCOUNT', ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?,
  ?, 1, ?, ?, ?, UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND, ?, ?)`;

/* Each rolls its transaction back; none leaves the journal. */
class Barred extends Error {}
class OverLimit extends Error {}
class Taken extends Error {}
