import type { Exchange, Outcome, WireCall } from '../core/acquirer';
import type { PortoneBooks } from './portone.books';
import { failure, isFailureCode, type Failure } from './portone.cards';
import type { PortoneContract } from './portone.credentials';
import { refusal, REFUSALS, refused } from './portone.envelope';

/** A call of somebody known. */
export interface PortoneRequest {
  readonly call: WireCall;
  readonly contract: PortoneContract;
  /** The shop's code; books are kept by it. */
  readonly mid: string;
  readonly books: PortoneBooks;
  /** A fault wants the provider to refuse. */
  readonly fault: Failure | undefined;
}

export type PortoneHandler = (request: PortoneRequest) => Outcome | Promise<Outcome>;

/** The token comes first; `Tier`, which picks one of an agency's shops, has no meaning for the demo contracts. */
export function openGate(books: PortoneBooks, call: WireCall, handler: PortoneHandler): Exchange {
  const contract = books.tokens.contractOf(call.headers.authorization);
  return exchange((fault) => {
    if (!contract) return refused(REFUSALS.unauthorized);
    return handler({ call, contract, mid: contract.impCode, books, fault });
  });
}

/** For handlers that have nothing of their own that a provider could refuse. */
export function plain(handler: PortoneHandler): PortoneHandler {
  return (request) => (request.fault ? refused(refusal(-1, request.fault.message)) : handler(request));
}

export function exchange(run: (fault: Failure | undefined) => Outcome | Promise<Outcome>): Exchange {
  return {
    run: (code) => run(code !== undefined && isFailureCode(code) ? failure(code) : undefined),
    abandon: () => undefined,
  };
}
