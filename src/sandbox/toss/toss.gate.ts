import { randomUUID } from 'node:crypto';
import type { Answer, Exchange, Outcome, WireCall } from '../core/acquirer';
import type { TossBook } from './toss.book';
import { contractOf } from './toss.credentials';
import { errorBody, isTossCode, tossError, type TossCode, type TossError } from './toss.errors';
import { IDEMPOTENCY_KEY_MAX, type StoredAnswer } from './toss.idempotency';
import { paymentBody, type TossPayment } from './toss.payment';
import type { IdempotencyMark } from './toss.records';

/** A call that has passed the gate: somebody known, and the first with its idempotency key. */
export class TossRequest {
  constructor(
    readonly call: WireCall,
    readonly mid: string,
    private readonly book: TossBook,
    private readonly identity: {
      readonly traceId: string;
      readonly key?: string;
      readonly mark?: IdempotencyMark;
    },
  ) {}

  get mark(): IdempotencyMark | undefined {
    return this.identity.mark;
  }

  /** The mark of a call that changed the books but whose key must replay another answer than the payment. */
  markWith(error: TossError): IdempotencyMark | undefined {
    return this.mark && { ...this.mark, answer: { status: error.status, body: errorBody(error) } };
  }

  /** The mark of a call whose key must replay this very text. */
  markAs({ status, body }: Answer): IdempotencyMark | undefined {
    return this.mark && { ...this.mark, answer: { status, body: body.toString() } };
  }

  /** An error; an idempotency key keeps it, 4xx included (TossPayments docs, "멱등키", and measured). */
  refuse(code: TossCode): Outcome {
    const error = tossError(code);
    const mark = this.markWith(error);
    if (mark) this.book.commit({ kind: 'answer', mark });
    return { answer: this.errorAnswer(error), effect: 'refused' };
  }

  /** The call came to an end without being processed; its key can be used again as if it had never been sent. */
  nothing(delivery: 'never' | 'drop'): Outcome {
    return { answer: this.answer(200, ''), effect: 'nothing', delivery, over: () => this.release() };
  }

  paymentAnswer(payment: TossPayment): Answer {
    const { mid, cancels } = payment;
    return this.answer(200, paymentBody(payment, this.book.nowMs(), cancels.length, mid ?? this.mid));
  }

  errorAnswer(error: TossError): Answer {
    return this.answer(error.status, errorBody(error));
  }

  answer(status: number, body: string): Answer {
    return { status, body, headers: headersOf(this.identity.traceId, this.identity.key) };
  }

  release(): void {
    if (this.mark) this.book.idempotency.release(this.mark.scope);
  }
}

export type TossHandler = (request: TossRequest) => Outcome | Promise<Outcome>;

/**
 * What TossPayments does before it looks at a request's content: who calls, whether the idempotency key is known, and
 * the error that a test code asks for ("테스트 코드": before any other check, paymentKey lookup included).
 */
export function openGate(book: TossBook, call: WireCall, handler: TossHandler): Exchange {
  const traceId = randomUUID().replaceAll('-', '');
  const contract = contractOf(call.headers.authorization);
  if (typeof contract === 'string') return over(refusal(contract, traceId));
  const key = call.method === 'POST' ? headerOf(call, 'idempotency-key') : undefined;
  if (key === undefined) return admitted(new TossRequest(call, contract.mid, book, { traceId }), handler);
  if (key.length > IDEMPOTENCY_KEY_MAX) return over(refusal('INVALID_IDEMPOTENCY_KEY', traceId));
  // The body is no part of the scope: the same key with another body replays the first answer.
  const scope = `${contract.mid} ${call.method} ${call.url} ${key}`;
  const nowMs = book.nowMs();
  const earlier = book.idempotency.begin(scope, nowMs);
  if (earlier === 'running') return over(refusal('IDEMPOTENT_REQUEST_PROCESSING', traceId, key));
  if (earlier !== 'first') return over(replay(earlier, `${traceId},${earlier.traceId}`, key, call));
  const mark = { scope, traceId, atMs: nowMs };
  return admitted(new TossRequest(call, contract.mid, book, { traceId, key, mark }), handler);
}

function admitted(request: TossRequest, handler: TossHandler): Exchange {
  return {
    run: (declineWith) => {
      if (declineWith !== undefined && isTossCode(declineWith)) return request.refuse(declineWith);
      const testCode =
        request.call.method === 'POST' ? headerOf(request.call, 'tosspayments-test-code') : undefined;
      if (testCode === undefined) return handler(request);
      return request.refuse(isTossCode(testCode) ? testCode : 'INVALID_TEST_CODE');
    },
    abandon: () => request.release(),
  };
}

/** An exchange that was decided at the gate. */
function over(outcome: Outcome): Exchange {
  return { run: () => outcome, abandon: () => undefined };
}

function refusal(code: TossCode, traceId: string, key?: string): Outcome {
  const error = tossError(code);
  return {
    answer: { status: error.status, body: errorBody(error), headers: headersOf(traceId, key) },
    effect: 'refused',
  };
}

function replay(stored: StoredAnswer, traceId: string, key: string, call: WireCall): Outcome {
  const headers = headersOf(traceId, key);
  if ('answer' in stored) return { answer: { ...stored.answer, headers }, effect: 'replayed' };
  call.about(stored.payment.order.orderId);
  // An approved payment's text depends on its cancels alone, so no time is needed to write it again.
  const body = paymentBody(stored.payment, 0, stored.cancelCount);
  return { answer: { status: 200, body, headers }, effect: 'replayed' };
}

function headersOf(traceId: string, key?: string): Record<string, string> {
  return key === undefined
    ? { 'x-tosspayments-trace-id': traceId }
    : { 'x-tosspayments-trace-id': traceId, 'idempotency-key': key };
}

function headerOf(call: WireCall, name: string): string | undefined {
  const value = call.headers[name];
  const text = Array.isArray(value) ? value[0] : value;
  return text === '' ? undefined : text;
}
