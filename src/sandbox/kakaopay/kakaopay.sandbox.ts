import type {
  AcquirerContext,
  AcquirerSandbox,
  Answer,
  Operation,
  PlayRoute,
  WireRoute,
} from '../core/acquirer';
import { approve } from './kakaopay.approve';
import { KakaoBook } from './kakaopay.book';
import { cancel } from './kakaopay.cancel';
import { KAKAO_CONTRACTS } from './kakaopay.credentials';
import { errorAnswer, errorForStatus, isKakaoCode } from './kakaopay.errors';
import { type Handler, open } from './kakaopay.gate';
import { inquiry } from './kakaopay.inquiry';
import { finishPaymentWindow } from './kakaopay.play';
import { ready } from './kakaopay.ready';
import { KakaoWebhooks } from './kakaopay.webhooks';

/** KakaoPay online payment, single payments. */
export class KakaopaySandbox implements AcquirerSandbox {
  readonly name = 'kakaopay';
  /** `ready` takes no money and only gives the tid: it is filed as `token`. */
  readonly operations = ['token', 'confirm', 'cancel', 'inquire'] as const;
  readonly routes: readonly WireRoute[];
  readonly plays: readonly PlayRoute[];
  private readonly book: KakaoBook;

  constructor(context: AcquirerContext) {
    const book = new KakaoBook(context);
    const parts = { book, webhooks: new KakaoWebhooks(context, book) };
    this.book = book;
    const route = (service: string, operation: Operation, handler: Handler): WireRoute => ({
      method: 'POST',
      path: `/online/v1/payment/${service}`,
      operation,
      open: (call) => open(call, handler),
    });
    this.routes = [
      route('ready', 'token', (request) => ready(book, request)),
      route('approve', 'confirm', (request) => approve(parts, request)),
      route('cancel', 'cancel', (request) => cancel(parts, request)),
      route('order', 'inquire', (request) => inquiry(book, request)),
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
    return KAKAO_CONTRACTS.map((contract) => ({ ...contract }));
  }

  restore(record: unknown): void {
    this.book.restore(record);
  }

  forget(): void {
    this.book.forget();
  }

  isDeclineCode(code: string): boolean {
    return isKakaoCode(code);
  }

  errorAnswer(status: number): Answer {
    return { ...errorAnswer(errorForStatus(status)), status };
  }
}
