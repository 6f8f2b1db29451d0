import type {
  AcquirerContext,
  AcquirerSandbox,
  Answer,
  Deposit,
  Operation,
  Outcome,
  PlayResult,
  PlayRoute,
  WireRoute,
} from '../core/acquirer';
import { depositInto } from './inicis.deposit';
import { chargeBillKey, issueBillKey } from './inicis.billing';
import { InicisBook } from './inicis.book';
import { isInicisCode } from './inicis.codes';
import { INICIS_CONTRACTS } from './inicis.credentials';
import {
  type Desk,
  deskV1,
  deskV2,
  type Fields,
  type Handler,
  type InicisRequest,
  open,
  STDPAY,
  textOf,
} from './inicis.gate';
import { inquiry } from './inicis.inquiry';
import { keyIn } from './inicis.key-in';
import { finishPaymentWindow } from './inicis.play';
import { bookedReceipts, cancelReceipt, issueReceipt } from './inicis.receipt';
import { partialRefund, refund } from './inicis.refund';
import { issueAccount, refundDeposit, releaseAccount } from './inicis.virtual-account';
import { netCancel, payAuth } from './inicis.window';

/** KG Inicis: INIAPI v1 and v2 and the web standard payment. It tells of deposits only. */
export class InicisSandbox implements AcquirerSandbox {
  readonly name = 'inicis';
  readonly operations = [
    'approve',
    'confirm',
    'cancel',
    'netCancel',
    'inquire',
    'billing',
    'virtualAccount',
    'cashReceipt',
  ] as const;
  readonly routes: readonly WireRoute[];
  readonly plays: readonly PlayRoute[];
  private readonly book: InicisBook;

  constructor(private readonly context: AcquirerContext) {
    const book = new InicisBook(context);
    this.book = book;
    const route = (path: string, operation: Operation, desk: Desk, handler: Handler): WireRoute => ({
      method: 'POST',
      path,
      operation,
      open: (call) => open(book, desk, call, handler),
    });
    this.routes = [
      {
        ...route('/api/v1/formpay', 'approve', deskV1('formpay'), (request) =>
          isOf(request.fields, 'Vacct') ? issueAccount(book, request) : keyIn(book, request),
        ),
        operationOf: (body) => (isOf(body, 'Vacct') ? 'virtualAccount' : 'approve'),
      },
      {
        ...route('/api/v1/refund', 'cancel', deskV1('refund'), (request) => refundV1(book, request)),
        operationOf: refundOperation,
      },
      route('/api/v1/billing', 'billing', deskV1('billing'), (request) =>
        textOf(request.fields.type) === 'Auth' ? issueBillKey(book, request) : chargeBillKey(book, request),
      ),
      route('/api/v1/receipt', 'cashReceipt', deskV1('receipt'), (request) => issueReceipt(book, request)),
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

  get discrepancies() {
    return this.book.discrepancies;
  }

  credentials() {
    return INICIS_CONTRACTS.map((contract) => ({ ...contract }));
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

  deposit(accountNumber: string, deposit: Deposit): PlayResult | null {
    return depositInto(this.context, this.book, accountNumber, deposit);
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

function isOf(body: unknown, ...methods: readonly string[]): boolean {
  const fields = typeof body === 'object' && body !== null ? (body as Fields) : {};
  return methods.includes(textOf(fields.paymethod));
}

function refundOperation(body: unknown): Operation {
  if (isOf(body, 'Receipt')) return 'cashReceipt';
  return isOf(body, 'Vacct', 'GVacct') ? 'virtualAccount' : 'cancel';
}

/** One path gives back money, releases accounts and cancels cash receipts. */
function refundV1(book: InicisBook, request: InicisRequest): Outcome {
  if (isOf(request.fields, 'Receipt')) return cancelReceipt(book, request);
  if (isOf(request.fields, 'GVacct')) return releaseAccount(book, request);
  const give = textOf(request.fields.type) === 'Refund' ? refund : partialRefund;
  return isOf(request.fields, 'Vacct') ? refundDeposit(book, request, give) : give(book, request);
}
