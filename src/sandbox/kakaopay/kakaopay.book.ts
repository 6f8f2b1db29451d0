import { createHash, randomBytes } from 'node:crypto';
import { CardBook } from '../core/card-book';
import type { BookPayment } from '../core/card-book.types';
import { KAKAO_CONTRACTS } from './kakaopay.credentials';

/** How long a payment waits for its approval. Unconfirmed: KakaoPay publishes no such time. */
export const APPROVE_WITHIN_MS = 15 * 60_000;
const ID_DIGITS = 19;

export type KakaoMethod = 'CARD' | 'MONEY';

/** What KakaoPay keeps of a payment besides what every book keeps. */
export interface KakaoExtra {
  readonly userId: string;
  readonly itemName: string;
  readonly itemCode: string;
  readonly quantity: number;
  readonly vat: number;
  readonly greenDeposit: number;
  /** What the shop restricts the payer to. */
  readonly onlyMethod: KakaoMethod | null;
  /** What the payer has chosen; null before. */
  readonly method: KakaoMethod | null;
  /** The payload of the approval. */
  readonly payload: string;
  /** Only of an authentication: the payment that it is for, and the hash of the token that proves it. */
  readonly proof?: { readonly tid: string; readonly tokenHash: string };
}

export type KakaoPayment = BookPayment<KakaoExtra>;

/**
 * A payment is opened by `ready`. When the payer authenticates, that is a record of its own beside it, with the card
 * behind it; approval and failure then replace the opened payment, under the same tid.
 */
export class KakaoBook extends CardBook<KakaoExtra> {
  newTid(): string {
    return `T${hex()}`;
  }

  /** A payment of this contract by its tid. */
  payment(cid: string, tid: string): KakaoPayment | undefined {
    const found = this.byTransaction(cid, tid);
    return found?.order.extra.proof === undefined ? found : undefined;
  }

  /** The payer's latest authentication of a payment; it makes the ones before it worthless. */
  authentication({ mid, order }: KakaoPayment): KakaoPayment | undefined {
    const ofOrder = this.byOrder(mid ?? '', order.acquirerOrderNo);
    return ofOrder.filter(({ order: { extra } }) => extra.proof?.tid === order.transactionId).at(-1);
  }

  isExpired({ order, approval, failure }: KakaoPayment): boolean {
    return approval === null && failure === null && this.nowMs() - order.requestedAtMs > APPROVE_WITHIN_MS;
  }

  /** The latest payment of an order, of whichever contract, that still waits for its payer. */
  waiting(orderNo: string): KakaoPayment | undefined {
    return KAKAO_CONTRACTS.flatMap(({ cid }) => this.byOrder(cid, orderNo))
      .map(({ mid, order }) => this.payment(mid ?? '', order.transactionId))
      .filter((payment) => payment !== undefined)
      .filter((payment) => payment.approval === null && payment.failure === null && !this.isExpired(payment))
      .sort((a, b) => a.order.requestedAtMs - b.order.requestedAtMs)
      .at(-1);
  }

  /** The payer authenticates: the token that the browser takes back to the shop. Only its hash is kept. */
  authenticate(payment: KakaoPayment, by: Pick<KakaoPayment, 'profile'> & Authenticated): string {
    const { order, mid } = payment;
    const pgToken = hex();
    const tokenHash = hashOf(pgToken);
    const { card, cancelPlay, method, profile } = by;
    const extra = { ...order.extra, method, proof: { tid: order.transactionId, tokenHash } };
    this.open(
      mid,
      { ...order, transactionId: `authentication ${tokenHash}`, card, cancelPlay, extra },
      profile,
    );
    return pgToken;
  }
}

type Authenticated = Pick<KakaoPayment['order'], 'card' | 'cancelPlay'> & { readonly method: KakaoMethod };

export function isProvedBy(authentication: KakaoPayment, pgToken: string): boolean {
  return authentication.order.extra.proof?.tokenHash === hashOf(pgToken);
}

/** `A` and 19 digits: the id of one movement of money. */
export function aidOf({ movementId }: { readonly movementId: string }): string {
  return `A${movementId.slice(0, ID_DIGITS).toLowerCase()}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hex(): string {
  return randomBytes(ID_DIGITS).toString('hex').slice(0, ID_DIGITS);
}
