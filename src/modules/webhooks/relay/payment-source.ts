import { Injectable } from '@nestjs/common';
import { PaymentNewsFacade, type PaymentNewsPage } from '../../payments/payment-news.facade';
import type { NewsPage, NewsSource, SeqRange } from './news.types';

/** Payments, by their own history. */
@Injectable()
export class PaymentSource implements NewsSource {
  readonly name = 'PAYMENT';

  constructor(private readonly payments: PaymentNewsFacade) {}

  async after(position: number, limit: number): Promise<NewsPage> {
    return asNews(await this.payments.after(position, limit));
  }

  async among(ranges: readonly SeqRange[]): Promise<NewsPage> {
    return asNews(await this.payments.among(ranges));
  }

  areUnused(ranges: readonly SeqRange[]): Promise<boolean> {
    return this.payments.areUnused(ranges);
  }
}

function asNews({ seqs, news }: PaymentNewsPage): NewsPage {
  return {
    seqs,
    news: news.map(({ seq, mid, type, paymentId, data, occurredAt }) => ({
      ...{ source: 'PAYMENT' as const, seq, eventId: null, mid, subjectId: paymentId, data, occurredAt },
      type: `payment.${type}` as const,
    })),
  };
}
