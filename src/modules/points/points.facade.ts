import { Injectable } from '@nestjs/common';
import { type AppError, fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import type { SqlTransaction } from '../../common/outbox/outbox';
import type { PaymentMethod } from '../merchants/merchants.types';
import { PaymentPointsBook } from './payment-points';
import { PointLedger } from './point-ledger';
import { PointPolicies } from './point-policies.service';
import { useFault } from './points.calc';
import { POINTS_ERRORS } from './points.errors';
import type { PaymentPoints, PointPayment, PointTerms } from './points.types';

export type { PaymentPointsBook };

/** What payments may ask of points. */
@Injectable()
export class PointsFacade {
  /** The writes that go with those of a payment, in its own transactions. */
  readonly book = new PaymentPointsBook(new PointLedger());

  constructor(private readonly policies: PointPolicies) {}

  /** The terms that hold at a moment near now; null without a policy. Mostly from memory. */
  termsAt(mid: string, method: PaymentMethod, at: Date): Promise<PointTerms | null> {
    return this.policies.at(mid, method, at);
  }

  /** Why an order may not be paid with so many points; null when it may. Says nothing of the balance. */
  refusal(order: { amount: number; pointAmount: number }, terms: PointTerms | null): AppError | null {
    if (order.pointAmount === 0) return null;
    if (terms === null) return fault(POINTS_ERRORS, 'POINTS_NOT_CONTRACTED');
    const code = useFault(order.amount, order.pointAmount, terms);
    if (code === null) return null;
    const message = USE_TEXTS[code];
    return fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'pointAmount', code, message }] });
  }

  /** An approval whose method came with the approval itself, as in a payment window: it uses no points, but may earn. */
  async earn(tx: SqlTransaction, payment: PointPayment & { readonly method: string }): Promise<void> {
    const terms = await this.policies.atWithin(tx, payment.mid, payment.method, payment.at);
    if (terms === null) return;
    await this.book.approved(tx, payment, pointsOf(0, terms));
  }
}

/** What points have to do with a payment that is asked for under these terms. */
export function pointsOf(pointAmount: number, { earnRatePpm, refundOrder }: PointTerms): PaymentPoints {
  return { pointAmount, earnRatePpm, refundOrder };
}

const USE_TEXTS = {
  BELOW_MINIMUM_USE: {
    ko: '한 번에 쓸 수 있는 최소 포인트보다 적습니다.',
    en: 'Fewer points than one payment must use.',
  },
  OVER_MAXIMUM_SHARE: {
    ko: '주문에서 포인트로 낼 수 있는 몫보다 많습니다.',
    en: 'More points than may pay such an order.',
  },
};
