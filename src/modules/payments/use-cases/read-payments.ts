import { Injectable } from '@nestjs/common';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import type { Principal } from '../../../common/http/principal';
import { isId } from '../../../common/ids/id';
import { Clock } from '../../../common/time/clock';
import { addDays, koreanDay } from '../../../common/time/korean-time';
import { dataScope } from '../../../common/http/data-scope';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import type { Merchant } from '../../merchants/merchants.types';
import { wasCharged } from '../payment.state';
import { PAYMENT_ERRORS } from '../payments.errors';
import { PaymentsRepository } from '../payments.repository';
import type { Payment, PaymentWithHistory } from '../payments.types';
import { PaymentCounts, type PaymentStats } from '../statistics/payment-counts.repository';

const ORDER_NO = /^[A-Za-z0-9_-]{6,40}$/;
const STATS_DAYS = 30;
const STATS_DAYS_MAX = 366;

@Injectable()
export class ReadPayments {
  constructor(
    private readonly payments: PaymentsRepository,
    private readonly counts: PaymentCounts,
    private readonly merchants: MerchantsFacade,
    private readonly clock: Clock,
  ) {}

  async byId(principal: Principal, paymentId: string): Promise<PaymentWithHistory> {
    return this.payments.withHistory(await this.one(principal, paymentId));
  }

  /** Order numbers are unique within a merchant only: an operator or agency looks payments up by their id. */
  async byOrder(principal: Principal, orderNo: string): Promise<PaymentWithHistory> {
    const scope = dataScope(principal);
    if (!ORDER_NO.test(orderNo)) throw fault(PAYMENT_ERRORS, 'PAYMENT_NOT_FOUND');
    if (scope.kind !== 'MERCHANT' && scope.kind !== 'BRANCH')
      throw fault(PAYMENT_ERRORS, 'PAYMENT_NOT_FOUND');
    const payment = await this.payments.findByOrder(scope, orderNo);
    if (payment === null) throw fault(PAYMENT_ERRORS, 'PAYMENT_NOT_FOUND');
    return this.payments.withHistory(payment);
  }

  async withMerchant(
    principal: Principal,
    paymentId: string,
  ): Promise<{ found: PaymentWithHistory; merchant: Merchant }> {
    const found = await this.byId(principal, paymentId);
    if (!wasCharged(found.payment)) {
      throw fault(PAYMENT_ERRORS, 'NOT_CHARGED', { members: { paymentStatus: found.payment.status } });
    }
    const merchant = await this.merchants.findMerchant(found.payment.mid);
    if (merchant === null) throw fault(PAYMENT_ERRORS, 'MERCHANT_NOT_FOUND');
    return { found, merchant };
  }

  stats(principal: Principal, days: { from?: string; to?: string }): Promise<PaymentStats> {
    const to = days.to ?? koreanDay(this.clock.now());
    const from = days.from ?? addDays(to, 1 - STATS_DAYS);
    if (from > to || from < addDays(to, -STATS_DAYS_MAX)) {
      const message = { ko: '기간은 1년까지입니다.', en: 'A period may last one year at most.' };
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', {
        errors: [{ field: 'from', code: 'OUT_OF_RANGE', message }],
      });
    }
    return this.counts.ofDays(dataScope(principal), { from, to });
  }

  private async one(principal: Principal, paymentId: string): Promise<Payment> {
    if (!isId('pay', paymentId)) throw fault(PAYMENT_ERRORS, 'PAYMENT_NOT_FOUND');
    const payment = await this.payments.find(dataScope(principal), paymentId);
    if (payment === null) throw fault(PAYMENT_ERRORS, 'PAYMENT_NOT_FOUND');
    return payment;
  }
}
