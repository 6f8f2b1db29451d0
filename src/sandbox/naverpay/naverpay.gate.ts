import type { Answer, Exchange, Outcome, WireCall } from '../core/acquirer';
import type { NaverpayBook } from './naverpay.book';
import { messageOf, type NaverpayCode, isNaverpayCode, statusOf } from './naverpay.codes';
import { contractOf, type NaverpayContract } from './naverpay.credentials';

export const KEY_HEADER = 'x-naverpay-idempotency-key';
const KEY_FORM = /^[A-Za-z0-9_-]{1,64}$/;
const REPLAYED = 409;

export type Fields = Readonly<Record<string, unknown>>;

/** A call whose sender is known and whose body is of the right kind. */
export interface NaverpayRequest {
  readonly call: WireCall;
  readonly contract: NaverpayContract;
  readonly fields: Fields;
  readonly refuse: (code: NaverpayCode, message?: string) => Outcome;
  readonly success: (body: Fields) => Answer;
}

export type Handler = (request: NaverpayRequest) => Outcome | Promise<Outcome>;

export interface Entrance {
  readonly body: 'form' | 'json';
  /** Whether this API knows idempotency keys. */
  readonly keyed: boolean;
}

/** What NaverPay does before it looks at a request: who calls, what it sent, whether the key was used before. */
export function open(book: NaverpayBook, entrance: Entrance, call: WireCall, handler: Handler): Exchange {
  const keys = new KeyedAnswers(book, call, entrance.keyed ? headerOf(call) : undefined);
  const answer = (status: number, members: Fields) => json(status, members, keys.headers);
  const refuse = (code: NaverpayCode, message = messageOf(code)): Outcome => ({
    answer: answer(statusOf(code), { code, message }),
    effect: 'refused',
  });
  const success = (members: Fields) => answer(200, { code: 'Success', message: '성공', body: members });
  return {
    run: (declineWith) => {
      const contract = contractOf(call.headers);
      if (!contract) return refuse('Unauthorized');
      const fields = fieldsOf(call, entrance.body);
      if (fields === undefined || !keys.isPlain) return refuse('InvalidParameter');
      const handled = (watched: WireCall) =>
        declineWith !== undefined && isNaverpayCode(declineWith)
          ? refuse(declineWith)
          : handler({ call: watched, contract, fields, refuse, success });
      // What a key answers whose first call is still running is not documented.
      return keys.once(contract.mid, handled) ?? refuse('AlreadyOnGoing');
    },
    abandon: () => keys.release(),
  };
}

/** One call under its idempotency key, if it has one: the first is handled, any later one gets that answer again. */
class KeyedAnswers {
  private scope: string | null = null;

  constructor(
    private readonly book: NaverpayBook,
    private readonly call: WireCall,
    private readonly key: string | undefined,
  ) {}

  /** The key is echoed. */
  get headers(): Record<string, string> {
    return this.key === undefined ? {} : { [KEY_HEADER]: this.key };
  }

  get isPlain(): boolean {
    return this.key === undefined || KEY_FORM.test(this.key);
  }

  /** Null while another call under the same key is running. */
  once(
    mid: string,
    handled: (call: WireCall) => Outcome | Promise<Outcome>,
  ): Outcome | Promise<Outcome> | null {
    if (this.key === undefined) return handled(this.call);
    const scope = `${mid} ${this.call.url} ${this.key}`;
    const earlier = this.book.earlierAnswer(scope);
    if (earlier) {
      this.call.about(earlier.acquirerOrderNo);
      const answer = { status: REPLAYED, body: earlier.body, headers: this.headers };
      return { answer, effect: 'replayed' };
    }
    if (!this.book.begin(scope)) return null;
    this.scope = scope;
    let acquirerOrderNo = '';
    const watched: WireCall = {
      ...this.call,
      about: (orderNo) => {
        acquirerOrderNo = orderNo;
        this.call.about(orderNo);
      },
    };
    const over = (outcome: Outcome) => this.keep(scope, acquirerOrderNo, outcome);
    const outcome = handled(watched);
    return outcome instanceof Promise ? outcome.then(over) : over(outcome);
  }

  release(): void {
    if (this.scope !== null) this.book.end(this.scope);
  }

  /** Refusals are kept too; an answer that was broken or never given is not. */
  private keep(scope: string, acquirerOrderNo: string, outcome: Outcome): Outcome {
    this.release();
    const { answer, effect } = outcome;
    if (effect !== 'nothing' && answer.status < 500)
      this.book.keep({ scope, body: answer.body.toString(), acquirerOrderNo, atMs: this.book.nowMs() });
    return outcome;
  }
}

export function json(status: number, members: Fields, headers: Record<string, string> = {}): Answer {
  return { status, body: JSON.stringify(members), headers };
}

function headerOf({ headers }: WireCall): string | undefined {
  const value = headers[KEY_HEADER];
  return Array.isArray(value) ? value[0] : value;
}

function fieldsOf({ headers, body }: WireCall, kind: 'form' | 'json'): Fields | undefined {
  const type = kind === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
  if (!String(headers['content-type']).startsWith(type)) return undefined;
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Fields) : undefined;
}

/** Texts and numbers as text; the empty one for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** Whole won; undefined for anything else. */
export function wonOf(value: unknown): number | undefined {
  const text = textOf(value);
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
