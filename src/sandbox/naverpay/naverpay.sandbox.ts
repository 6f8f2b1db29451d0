import type {
  AcquirerContext,
  AcquirerSandbox,
  Answer,
  Operation,
  PlayRoute,
  WireRoute,
} from '../core/acquirer';
import { apply } from './naverpay.apply';
import { NaverpayBook } from './naverpay.book';
import { cancel } from './naverpay.cancel';
import { isNaverpayCode, messageOf, type NaverpayCode } from './naverpay.codes';
import { NAVERPAY_CONTRACTS } from './naverpay.credentials';
import { type Entrance, type Handler, json, open } from './naverpay.gate';
import { history } from './naverpay.history';
import { finishPaymentWindow } from './naverpay.play';
import { reserve } from './naverpay.reserve';
import { NaverpayWebhooks } from './naverpay.webhooks';

const BASE = '/naverpay-partner/naverpay/payments';
const KEYED_FORM: Entrance = { body: 'form', keyed: true };
const JSON_BODY: Entrance = { body: 'json', keyed: false };
const CODES_OF_STATUS: Readonly<Record<number, NaverpayCode>> = {
  400: 'InvalidParameter',
  401: 'Unauthorized',
  404: 'NotFound',
};

/** NaverPay (결제형): reservation, apply, cancel and history. */
export class NaverpaySandbox implements AcquirerSandbox {
  readonly name = 'naverpay';
  readonly operations = ['approve', 'confirm', 'cancel', 'inquire'] as const;
  readonly routes: readonly WireRoute[];
  readonly plays: readonly PlayRoute[];
  private readonly book: NaverpayBook;

  constructor(context: AcquirerContext) {
    const book = new NaverpayBook(context);
    const webhooks = new NaverpayWebhooks(context);
    this.book = book;
    const route = (path: string, operation: Operation, entrance: Entrance, handler: Handler): WireRoute => ({
      method: 'POST',
      path: `${BASE}${path}`,
      operation,
      open: (call) => open(book, entrance, call, handler),
    });
    this.routes = [
      route('/v2/reserve', 'approve', JSON_BODY, (request) => reserve(book, request)),
      route('/v2.2/apply/payment', 'confirm', KEYED_FORM, (request) => apply(book, webhooks, request)),
      route('/v1/cancel', 'cancel', KEYED_FORM, (request) => cancel(book, webhooks, request)),
      route('/v2.2/list/history', 'inquire', JSON_BODY, (request) => history(book, request)),
      route('/v2.3/list/history/:paymentId', 'inquire', JSON_BODY, (request) => history(book, request)),
    ];
    this.plays = [{ path: '/payments', play: (body) => finishPaymentWindow(book, body) }];
  }

  get ledger() {
    return this.book.ledger;
  }

  get discrepancies() {
    return this.book.discrepancies;
  }

  credentials() {
    return NAVERPAY_CONTRACTS.map((contract) => ({ ...contract }));
  }

  restore(record: unknown): void {
    this.book.restore(record);
  }

  forget(): void {
    this.book.forget();
  }

  isDeclineCode(code: string): boolean {
    return isNaverpayCode(code);
  }

  errorAnswer(status: number): Answer {
    const code = CODES_OF_STATUS[status];
    if (code !== undefined) return json(status, { code, message: messageOf(code) });
    const body = `<html><body>HTTP ${status}</body></html>`;
    return { status, body, headers: {}, contentType: 'text/html;charset=UTF-8' };
  }
}
