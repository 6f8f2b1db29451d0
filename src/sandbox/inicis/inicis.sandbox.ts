import type {
  AcquirerContext,
  AcquirerSandbox,
  Answer,
  Operation,
  PlayRoute,
  WireRoute,
} from '../core/acquirer';
import { InicisBook } from './inicis.book';
import { isInicisCode } from './inicis.codes';
import { INICIS_CONTRACTS } from './inicis.credentials';
import { type Desk, deskV1, deskV2, type Handler, open, STDPAY, textOf } from './inicis.gate';
import { inquiry } from './inicis.inquiry';
import { keyIn } from './inicis.key-in';
import { finishPaymentWindow } from './inicis.play';
import { partialRefund, refund } from './inicis.refund';
import { netCancel, payAuth } from './inicis.window';

/** KG Inicis: INIAPI v1 and v2 and the web standard payment, the card part of them. Sends no notices of cards. */
export class InicisSandbox implements AcquirerSandbox {
  readonly name = 'inicis';
  readonly operations = ['approve', 'confirm', 'cancel', 'netCancel', 'inquire'] as const;
  readonly routes: readonly WireRoute[];
  readonly plays: readonly PlayRoute[];
  private readonly book: InicisBook;

  constructor(context: AcquirerContext) {
    const book = new InicisBook(context);
    this.book = book;
    const route = (path: string, operation: Operation, desk: Desk, handler: Handler): WireRoute => ({
      method: 'POST',
      path,
      operation,
      open: (call) => open(book, desk, call, handler),
    });
    this.routes = [
      route('/api/v1/formpay', 'approve', deskV1('formpay'), (request) => keyIn(book, request)),
      route('/api/v1/refund', 'cancel', deskV1('refund'), (request) =>
        textOf(request.fields.type) === 'Refund' ? refund(book, request) : partialRefund(book, request),
      ),
      route('/v2/pg/refund', 'cancel', deskV2('refund'), (request) => refund(book, request)),
      route('/v2/pg/partialRefund', 'cancel', deskV2('partialRefund'), (request) =>
        partialRefund(book, request),
      ),
      route('/v2/pg/inquiry', 'inquire', deskV2('inquiry'), (request) => inquiry(book, request)),
      route('/api/payAuth', 'confirm', STDPAY, (request) => payAuth(book, request)),
      route('/api/netCancel', 'netCancel', STDPAY, (request) => netCancel(book, request)),
    ];
    this.plays = [{ path: '/payments', play: (body) => finishPaymentWindow(book, body) }];
  }

  get ledger() {
    return this.book.ledger;
  }

  credentials() {
    return INICIS_CONTRACTS.map((contract) => ({ ...contract }));
  }

  restore(record: unknown): void {
    this.book.restore(record);
  }

  forget(): void {
    this.book.forget();
  }

  isDeclineCode(code: string): boolean {
    return isInicisCode(code);
  }

  /** A path that is no service is echoed as text with HTTP 200 (KG Inicis' INIAPI FAQ). */
  errorAnswer(status: number, url?: string): Answer {
    if (url !== undefined) return { status: 200, body: url, headers: {}, contentType: 'text/plain' };
    const body = `<html><body>HTTP ${status}</body></html>`;
    return { status, body, headers: {}, contentType: 'text/html;charset=UTF-8' };
  }
}
