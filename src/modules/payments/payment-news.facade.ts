import { Injectable } from '@nestjs/common';
import { isRetryableConflict } from '../../common/db/database-errors';
import { CancelResponse } from './dto/payment.response';
import { toCancelResponse, toPaymentResponse } from './dto/payment.views';
import { newsOf, paymentAfter, type PaymentNewsType } from './payment-news.calc';
import { type PaymentChange, PaymentNewsRepository, type SeqRange } from './payment-news.repository';
import { PaymentsRepository } from './payments.repository';

/** The form of a cancel, which other modules show too. */
export { CancelResponse };

/** Something that a merchant is to be told of a payment. */
export interface PaymentNews {
  readonly seq: number;
  readonly mid: string;
  readonly type: PaymentNewsType;
  readonly paymentId: string;
  /** The payment as the API shows it, with the cancel that it is about; null where it is about none. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
}

export interface PaymentNewsPage {
  /** Of every row that was read, told or not, ascending. */
  readonly seqs: readonly number[];
  readonly news: readonly PaymentNews[];
}

/**
 * The history of payments as an outbox: its rows are written in the transaction of what they tell, so nothing is added to
 * an approval. Rows of transactions that are still open are not seen; `among` finds them later by their numbers.
 */
@Injectable()
export class PaymentNewsFacade {
  constructor(
    private readonly changes: PaymentNewsRepository,
    private readonly payments: PaymentsRepository,
  ) {}

  /** What was committed after a number, at most `limit` rows. */
  async after(position: number, limit: number): Promise<PaymentNewsPage> {
    return this.page(await this.changes.after(position, limit));
  }

  /** What is committed by now of numbers that had no row before. */
  async among(ranges: readonly SeqRange[]): Promise<PaymentNewsPage> {
    return this.page(ranges.length === 0 ? [] : await this.changes.among(ranges));
  }

  /** Whether no row has these numbers, and no open transaction holds one: nothing can appear under them any more. */
  async areUnused(ranges: readonly SeqRange[]): Promise<boolean> {
    try {
      return (await this.changes.countLocked(ranges)) === 0;
    } catch (error) {
      if (isRetryableConflict(error)) return false;
      throw error;
    }
  }

  private async page(rows: readonly PaymentChange[]): Promise<PaymentNewsPage> {
    const told = rows.filter(({ from, to }) => newsOf(from, to) !== null);
    const ofCancels = told.flatMap(({ cancelId }) => cancelId ?? []);
    const [payments, cancels, cancelled] = await Promise.all([
      this.payments.findMany([...new Set(told.map(({ paymentId }) => paymentId))]),
      this.changes.cancels([...new Set(ofCancels)]),
      this.changes.cancelledUpTo(told.filter(({ cancelId }) => cancelId !== null).map(({ seq }) => seq)),
    ]);
    const byId = new Map(payments.map((payment) => [payment.paymentId, payment]));
    const news = told.map((change): PaymentNews => {
      const { seq, paymentId, from, to, cancelId, occurredAt } = change;
      const payment = byId.get(paymentId);
      if (payment === undefined) throw new Error('a change of a payment that is not there');
      const cancel = cancelId === null ? undefined : cancels.get(cancelId);
      const data = {
        ...toPaymentResponse(paymentAfter(payment, to, cancelled.get(seq) ?? 0)),
        cancel: cancel === undefined ? null : toCancelResponse(cancel),
      };
      return { seq, mid: payment.mid, type: newsOf(from, to)!, paymentId, data, occurredAt };
    });
    return { seqs: rows.map(({ seq }) => seq), news };
  }
}
