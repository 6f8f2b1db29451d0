import type {
  AcquirerContext,
  AcquirerSandbox,
  Answer,
  Exchange,
  Outcome,
  PlayRoute,
  WireCall,
  WireRoute,
} from '../core/acquirer';
import { CardBook } from '../core/card-book';
import { approve, cancel, inquire, refused, type Extra } from './__name__.calls';
import { errorAnswer, isCode } from './__name__.codes';
import { __NAME___CONTRACTS, contractOf } from './__name__.credentials';

type Handler = (book: CardBook<Extra>, mid: string, call: WireCall) => Outcome | Promise<Outcome>;

/** __Name__ as its manual describes it. */
export class __Name__Sandbox implements AcquirerSandbox {
  readonly name = '__name__';
  readonly operations = ['approve', 'cancel', 'inquire'] as const;
  readonly routes: readonly WireRoute[];
  readonly plays: readonly PlayRoute[] = [];
  private readonly book: CardBook<Extra>;

  constructor(context: AcquirerContext) {
    this.book = new CardBook<Extra>(context);
    const open = (handler: Handler) => (call: WireCall) => this.open(call, handler);
    this.routes = [
      { method: 'POST', path: '/v1/approve', operation: 'approve', open: open(approve) },
      { method: 'POST', path: '/v1/cancel', operation: 'cancel', open: open(cancel) },
      { method: 'GET', path: '/v1/orders/:orderNo', operation: 'inquire', open: open(inquire) },
    ];
  }

  get ledger() {
    return this.book.ledger;
  }

  credentials() {
    return __NAME___CONTRACTS.map((contract) => ({ ...contract }));
  }

  restore(record: unknown): void {
    this.book.restore(record);
  }

  forget(): void {
    this.book.forget();
  }

  isDeclineCode(code: string): boolean {
    return isCode(code);
  }

  errorAnswer(status: number): Answer {
    return errorAnswer(status < 500 ? 'INVALID_REQUEST' : 'SYSTEM_ERROR', status);
  }

  private open(call: WireCall, handler: Handler): Exchange {
    const contract = contractOf(call.headers.authorization);
    return {
      run: (declineWith) => {
        if (contract === undefined) return refused('UNAUTHORIZED', 401);
        if (declineWith !== undefined && isCode(declineWith)) return refused(declineWith);
        return handler(this.book, contract.mid, call);
      },
      abandon: () => undefined,
    };
  }
}
