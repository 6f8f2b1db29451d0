import type {
  AcquirerContext,
  AcquirerSandbox,
  Answer,
  Deposit,
  PlayResult,
  PlayRoute,
  WireCall,
  WireRoute,
} from '../core/acquirer';
import { deposit, openAccountIssue } from './nicepay.accounts';
import { approve, checkAmount } from './nicepay.approve';
import { chargeKey, expireKey, registerCard } from './nicepay.billing';
import { NicepayBook } from './nicepay.book';
import { cancel, netCancel } from './nicepay.cancel';
import { isRefusal } from './nicepay.codes';
import { NICEPAY_CONTRACTS } from './nicepay.credentials';
import { type NicepayHandler, openGate, statusAnswer } from './nicepay.gate';
import { accessToken, inquireByOrder, inquireByTid } from './nicepay.inquiry';
import { openKeyIn } from './nicepay.key-in';
import { openLegacyCancel } from './nicepay.legacy-cancel';
import { authenticatePayer } from './nicepay.play';
import { bookedReceipts, cancelReceipt, findReceipt, issueReceipt } from './nicepay.receipts';
import { NicepayTokens } from './nicepay.tokens';
import { NicepayWebhooks } from './nicepay.webhooks';

/** NICEPAY: the new API ("For Startups") and the legacy webapi's key-in and cancel, over one book. */
export class NicepaySandbox implements AcquirerSandbox {
  readonly name = 'nicepay';
  readonly operations = [
    ...(['approve', 'confirm', 'cancel', 'netCancel', 'inquire', 'token'] as const),
    'virtualAccount',
    'billing',
    'cashReceipt',
  ] as const;
  readonly routes: readonly WireRoute[];
  readonly plays: readonly PlayRoute[];
  private readonly book: NicepayBook;
  private readonly webhooks: NicepayWebhooks;
  private readonly tokens = new NicepayTokens();

  constructor(context: AcquirerContext) {
    const book = new NicepayBook(context);
    this.book = book;
    const webhooks = new NicepayWebhooks(book, context.webhooks);
    this.webhooks = webhooks;
    const parts = { book, tokens: this.tokens };
    const behindKeys = (handler: NicepayHandler) => (call: WireCall) => openGate(parts, call, handler);
    const find = behindKeys((request) => inquireByOrder(book, request));
    const byTid = behindKeys((request) => inquireByTid(book, request));
    const confirm = behindKeys((request) => approve({ book, webhooks }, request));
    const cancelOne = behindKeys((request) => cancel({ book, webhooks }, request));
    const netCancelOne = behindKeys((request) => netCancel({ book, webhooks }, request));
    const check = behindKeys((request) => checkAmount(book, request));
    const regist = behindKeys((request) => registerCard(book, request));
    const charge = behindKeys((request) => chargeKey({ book, webhooks }, request));
    const expire = behindKeys((request) => expireKey(book, request));
    const receipt = behindKeys((request) => issueReceipt(book, request));
    const receiptCancel = behindKeys((request) => cancelReceipt(book, request));
    const receiptFind = behindKeys((request) => findReceipt(book, request));
    const token = behindKeys((request) => accessToken(book, this.tokens, request));
    this.routes = [
      {
        method: 'POST',
        path: '/webapi/card_keyin.jsp',
        operation: 'approve',
        open: (call) => openKeyIn(book, call),
      },
      {
        method: 'POST',
        path: '/webapi/cancel_process.jsp',
        operation: 'cancel',
        open: (call) => openLegacyCancel(book, call),
      },
      {
        method: 'POST',
        path: '/webapi/get_vacount.jsp',
        operation: 'virtualAccount',
        open: (call) => openAccountIssue(book, call),
      },
      { method: 'POST', path: '/v1/access-token', operation: 'token', open: token },
      { method: 'POST', path: '/v1/payments/netcancel', operation: 'netCancel', open: netCancelOne },
      { method: 'POST', path: '/v1/payments/:tid', operation: 'confirm', open: confirm },
      { method: 'POST', path: '/v1/payments/:tid/cancel', operation: 'cancel', open: cancelOne },
      { method: 'GET', path: '/v1/payments/:tid', operation: 'inquire', open: byTid },
      { method: 'GET', path: '/v1/payments/find/:orderId', operation: 'inquire', open: find },
      { method: 'POST', path: '/v1/subscribe/regist', operation: 'billing', open: regist },
      { method: 'POST', path: '/v1/subscribe/:bid/payments', operation: 'billing', open: charge },
      { method: 'POST', path: '/v1/subscribe/:bid/expire', operation: 'billing', open: expire },
      { method: 'POST', path: '/v1/receipt', operation: 'cashReceipt', open: receipt },
      { method: 'POST', path: '/v1/receipt/:tid/cancel', operation: 'cashReceipt', open: receiptCancel },
      { method: 'GET', path: '/v1/receipt/:tid', operation: 'cashReceipt', open: receiptFind },
      { method: 'POST', path: '/v1/check-amount/:tid', operation: 'inquire', open: check },
    ];
    this.plays = [{ path: '/payments', play: (body) => authenticatePayer(book, body) }];
  }

  get ledger() {
    return this.book.ledger;
  }

  get discrepancies() {
    return this.book.discrepancies;
  }

  credentials() {
    return NICEPAY_CONTRACTS.map(({ merchantId, mid, clientKey, secretKey, merchantKey }) => ({
      merchantId,
      mid,
      clientKey,
      secretKey,
      merchantKey,
    }));
  }

  cashReceipts() {
    return bookedReceipts(this.book);
  }

  restore(record: unknown): void {
    this.book.restore(record);
  }

  forget(): void {
    this.book.forget();
    this.tokens.clear();
  }

  deposit(accountNumber: string, transfer: Deposit): PlayResult | null {
    return deposit({ book: this.book, webhooks: this.webhooks }, accountNumber, transfer);
  }

  isDeclineCode(code: string): boolean {
    return isRefusal(code);
  }

  errorAnswer(status: number): Answer {
    return statusAnswer(status);
  }
}
