import type {
  AcquirerContext,
  AcquirerSandbox,
  Answer,
  Exchange,
  Operation,
  PlayRoute,
  WireCall,
  WireRoute,
} from '../core/acquirer';
import { Ledger } from '../core/ledger';
import { PopbillBook } from './popbill.book';
import { type Handled, info, issue, type PopbillCall, revoke, withdraw } from './popbill.cashbills';
import { answerOf, isPopbillCode, refusalAnswer, refusalByCode } from './popbill.codes';
import { POPBILL_CONTRACTS } from './popbill.credentials';
import { PopbillTokens } from './popbill.tokens';

type Handler = (book: PopbillBook, call: PopbillCall) => Handled;

const SERVICE_IDS = ['POPBILL', 'POPBILL_TEST'] as const;
/** What is neither GET nor POST comes as a POST that names its verb in a header. */
const OF_ALL: Readonly<Record<string, Handler>> = { ISSUE: issue, REVOKEISSUE: revoke };
const OF_ONE: Readonly<Record<string, Handler>> = { CANCELISSUE: withdraw };

/** Popbill: cash receipts of businesses, independent of any acquirer; its token service lives below the same prefix. */
export class PopbillSandbox implements AcquirerSandbox {
  readonly name = 'popbill';
  readonly operations = ['cashReceipt', 'inquire', 'token'] as const;
  readonly routes: readonly WireRoute[];
  readonly plays: readonly PlayRoute[] = [];
  /** It moves no money. */
  readonly ledger = new Ledger();
  private readonly book: PopbillBook;
  private readonly tokens: PopbillTokens;

  constructor(context: AcquirerContext) {
    this.book = new PopbillBook(context);
    this.tokens = new PopbillTokens(() => context.clock.nowMs() - context.clock.offsetMs);
    this.routes = [
      ...SERVICE_IDS.map((serviceId) => this.tokenRoute(serviceId)),
      this.route('POST', '/Cashbill', 'cashReceipt', OF_ALL),
      this.route('POST', '/Cashbill/:mgtKey', 'cashReceipt', OF_ONE),
      this.route('GET', '/Cashbill/:mgtKey', 'inquire', { '': info }),
    ];
  }

  credentials() {
    return POPBILL_CONTRACTS.map((contract) => ({ ...contract }));
  }

  cashReceipts() {
    return this.book.booked();
  }

  restore(record: unknown): void {
    this.book.restore(record);
  }

  forget(): void {
    this.book.forget();
  }

  isDeclineCode(code: string): boolean {
    return isPopbillCode(code);
  }

  errorAnswer(status: number): Answer {
    return refusalAnswer(status === 401 ? 'noToken' : status < 500 ? 'field' : 'service', status);
  }

  private tokenRoute(serviceId: string): WireRoute {
    return {
      method: 'POST',
      path: `/${serviceId}/Token`,
      operation: 'token',
      open: (call) =>
        exchange((fault) => {
          if (fault !== undefined) return { answer: refusalAnswer(refusalByCode(fault)), effect: 'refused' };
          const answer = this.tokens.answer(call, serviceId);
          return { answer, effect: answer.status === 200 ? 'read' : 'refused' };
        }),
    };
  }

  private route(
    method: 'GET' | 'POST',
    path: string,
    operation: Operation,
    handlers: Readonly<Record<string, Handler>>,
  ): WireRoute {
    return { method, path, operation, open: (call) => this.open(call, handlers) };
  }

  private open(call: WireCall, handlers: Readonly<Record<string, Handler>>): Exchange {
    const fields = (call.body ?? {}) as Record<string, unknown>;
    const named = call.params.mgtKey ?? fields.mgtKey;
    if (typeof named === 'string') call.about(named);
    return exchange((fault) => {
      const contract = this.tokens.contractOf(call.headers.authorization);
      if (contract === null) return { answer: refusalAnswer('noToken', 401), effect: 'refused' };
      if (fault !== undefined) return { answer: refusalAnswer(refusalByCode(fault)), effect: 'refused' };
      const handler = handlers[String(call.headers['x-http-method-override'] ?? '').toUpperCase()];
      if (handler === undefined) return { answer: refusalAnswer('field'), effect: 'refused' };
      const { params, query } = call;
      const handled = handler(this.book, { corpNum: contract.businessNumber, fields, params, query });
      if ('refusal' in handled) return { answer: refusalAnswer(handled.refusal), effect: 'refused' };
      return { answer: answerOf(handled.body), effect: handled.wrote ? 'processed' : 'read' };
    });
  }
}

function exchange(run: Exchange['run']): Exchange {
  return { run, abandon: () => undefined };
}
