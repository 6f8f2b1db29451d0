import type {
  AcquirerContext,
  AcquirerSandbox,
  Answer,
  Deposit,
  PlayResult,
  PlayRoute,
  WireRoute,
} from '../core/acquirer';
import { TossBook } from './toss.book';
import { chargeBillingKey, issueBillingKey, removeBillingKey } from './toss.billing';
import { cancel } from './toss.cancel';
import { bookedReceipts, cancelCashReceipt, cashReceipts, issueCashReceipt } from './toss.cash-receipt';
import { confirm } from './toss.confirm';
import { TOSS_CONTRACTS } from './toss.credentials';
import { errorBody, errorForStatus, isTossCode } from './toss.errors';
import { openGate, type TossHandler } from './toss.gate';
import { inquireByKey, inquireByOrder, transactions } from './toss.inquiry';
import { keyIn } from './toss.key-in';
import { finishPaymentWindow } from './toss.play';
import { settlements } from './toss.settlements';
import { deposit, issueVirtualAccount } from './toss.virtual-account';

type Handler = (book: TossBook, request: Parameters<TossHandler>[0]) => ReturnType<TossHandler>;

/** TossPayments core API v1. */
export class TossSandbox implements AcquirerSandbox {
  readonly name = 'toss';
  readonly operations = [
    'approve',
    'confirm',
    'cancel',
    'inquire',
    'billing',
    'cashReceipt',
    'virtualAccount',
    'lists',
  ] as const;
  readonly routes: readonly WireRoute[];
  readonly plays: readonly PlayRoute[];
  private readonly book: TossBook;

  constructor(context: AcquirerContext) {
    this.book = new TossBook(context);
    const route = (
      method: 'GET' | 'POST' | 'DELETE',
      path: string,
      rest: Pick<WireRoute, 'operation'> & { handler: Handler },
    ) => ({
      method,
      path,
      operation: rest.operation,
      open: (call: Parameters<WireRoute['open']>[0]) =>
        openGate(this.book, call, (request) => rest.handler(this.book, request)),
    });
    this.routes = [
      route('POST', '/v1/payments/key-in', { operation: 'approve', handler: keyIn }),
      route('POST', '/v1/payments/confirm', { operation: 'confirm', handler: confirm }),
      route('POST', '/v1/payments/:paymentKey/cancel', { operation: 'cancel', handler: cancel }),
      route('GET', '/v1/payments/:paymentKey', { operation: 'inquire', handler: inquireByKey }),
      route('GET', '/v1/payments/orders/:orderId', { operation: 'inquire', handler: inquireByOrder }),
      route('POST', '/v1/billing/authorizations/card', { operation: 'billing', handler: issueBillingKey }),
      route('POST', '/v1/billing/:billingKey', { operation: 'billing', handler: chargeBillingKey }),
      route('DELETE', '/v1/billing/:billingKey', { operation: 'billing', handler: removeBillingKey }),
      route('POST', '/v1/virtual-accounts', { operation: 'virtualAccount', handler: issueVirtualAccount }),
      route('POST', '/v1/cash-receipts', { operation: 'cashReceipt', handler: issueCashReceipt }),
      route('POST', '/v1/cash-receipts/:receiptKey/cancel', {
        operation: 'cashReceipt',
        handler: cancelCashReceipt,
      }),
      route('GET', '/v1/cash-receipts', { operation: 'cashReceipt', handler: cashReceipts }),
      route('GET', '/v1/settlements', { operation: 'lists', handler: settlements }),
      route('GET', '/v1/transactions', { operation: 'lists', handler: transactions }),
    ];
    this.plays = [{ path: '/payments', play: (body) => finishPaymentWindow(this.book, body) }];
  }

  get ledger() {
    return this.book.ledger;
  }

  get discrepancies() {
    return this.book.discrepancies;
  }

  credentials() {
    return TOSS_CONTRACTS.map(({ merchantId, mid, secretKey }) => ({ merchantId, mid, secretKey }));
  }

  cashReceipts() {
    return bookedReceipts(this.book);
  }

  restore(record: unknown): void {
    this.book.restore(record);
  }

  forget(): void {
    this.book.forget();
  }

  deposit(accountNumber: string, paid: Deposit): PlayResult | null {
    return deposit(this.book, accountNumber, paid);
  }

  settle(day: string): number {
    return this.book.settlements.settle(day);
  }

  isDeclineCode(code: string): boolean {
    return isTossCode(code);
  }

  errorAnswer(status: number): Answer {
    return { status, body: errorBody(errorForStatus(status)), headers: {} };
  }
}
