import type { AcquirerContext } from '../core/acquirer';
import { CardBook } from '../core/card-book';
import type { BookPayment } from '../core/card-book.types';
import { compactTime } from './inicis.time';

/** What KG Inicis keeps of a payment besides what every book keeps. */
export interface InicisExtra {
  readonly goodName: string;
  readonly buyerName: string;
  readonly buyerTel: string;
  readonly buyerEmail: string;
  /** The hash of the token under which a payer authenticated; only for payments that came from the window. */
  readonly session?: string;
}

export type InicisPayment = BookPayment<InicisExtra>;

const SERIAL_DIGITS = 6;
const MID_AT = 10;
const MID_LENGTH = 10;

export class InicisBook extends CardBook<InicisExtra> {
  constructor(private readonly acquirer: AcquirerContext) {
    super(acquirer);
  }

  /** The time of the world, which signed timestamps follow; the book's own may have been moved for a test. */
  realNowMs(): number {
    return this.acquirer.clock.nowMs() - this.acquirer.clock.offsetMs;
  }

  /**
   * A transaction id of 40 characters: a kind of ten, the merchant id, the Korean time, six digits. The digits grow
   * with every payment, decline and cancel, so that no two of them share one within a second.
   */
  newTid(kind: 'INIAPICARD' | 'StdpayCARD', mid: string): string {
    const serial = (this.ledger.nextSeq + this.size) % 10 ** SERIAL_DIGITS;
    return `${kind}${mid}${compactTime(this.nowMs())}${String(serial).padStart(SERIAL_DIGITS, '0')}`;
  }

  /** The approved payment of an order number; a window that nobody confirmed is none. */
  approvedByOrder(mid: string, moid: string): InicisPayment | undefined {
    const found = this.latestByOrder(mid, moid);
    return found?.approval ? found : undefined;
  }

  /** What became of a window that a payer finished; undefined while its token is unused. */
  confirmed(mid: string, session: InicisPayment): InicisPayment | undefined {
    const { transactionId, acquirerOrderNo } = session.order;
    return this.byOrder(mid, acquirerOrderNo).find(({ order }) => order.extra.session === transactionId);
  }
}

/** The merchant id inside a transaction id, by which a stranger's payment is told from one that is not there. */
export function midOfTid(tid: string): string {
  return tid.slice(MID_AT, MID_AT + MID_LENGTH);
}
