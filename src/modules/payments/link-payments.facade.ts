import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BlindIndex } from '../../common/crypto/blind-index';
import { type FieldError, fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { validated } from '../../common/http/validation';
import { Secret } from '../../common/masking/secret';
import { Clock } from '../../common/time/clock';
import { koreanTime } from '../../common/time/korean-time';
import { MerchantsFacade } from '../merchants/merchants.facade';
import { RoutingFacade } from '../routing/routing.facade';
import { KeyInContent } from './dto/key-in-content';
import { keyInOrder, type OpenedKeyIn } from './encrypted-body.guard';
import { canonicalContent, keyInFaults } from './key-in.rules';
import { PayerCard } from './link/payer-card';
import type { LinkOrder, LinkStanding, SalesSlip, SlipPage } from './link-payments.types';
import { wasCharged } from './payment.state';
import { PAYMENT_ERRORS } from './payments.errors';
import { PaymentsRepository } from './payments.repository';
import { salesSlip, salesSlipPage, SLIP_STYLE } from './sales-slip';
import { ApproveCard } from './use-cases/approve-card';
import { CancelPayment } from './use-cases/cancel-payment';

const STYLE_HASH = createHash('sha256').update(SLIP_STYLE).digest('base64');
const SLIP_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'`;
/** The fields that a payer types; all others are the merchant's and have been checked. */
export { PayerCard };

const CARD_FIELDS: ReadonlySet<keyof PayerCard> = new Set(['cardExpiry', 'installmentMonths'] as const);
const FINGERPRINT_PURPOSE = 'order-content';

/** Payments whose payer types the card on a page of ours: order and amount are bound before a card is seen. */
@Injectable()
export class LinkPaymentsFacade {
  constructor(
    private readonly approveCard: ApproveCard,
    private readonly cancelPayment: CancelPayment,
    private readonly payments: PaymentsRepository,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly index: BlindIndex,
    private readonly clock: Clock,
  ) {}

  /**
   * Refuses what could never be paid: a branch that takes no payments, an order number that is in use
   * (ORDER_NO_CONFLICT), a merchant without a contract for it (NO_ACQUIRER_CONTRACT, VALIDATION_FAILED).
   */
  async checkOrder({ mid, orderNo, amount, branchId }: LinkOrder): Promise<void> {
    if (branchId !== null) {
      const branch = await this.merchants.findBranch(mid, branchId);
      if (branch === null) throw fault(PAYMENT_ERRORS, 'BRANCH_NOT_FOUND');
      if (branch.status !== 'ACTIVE') throw fault(PAYMENT_ERRORS, 'BRANCH_NOT_ACTIVE');
    }
    const known = await this.payments.findByOrder({ kind: 'MERCHANT', mid }, orderNo);
    if (known !== null) throw fault(PAYMENT_ERRORS, 'ORDER_NO_CONFLICT');
    const { candidates, excluded } = await this.routing.keyInCandidates(mid, { amount, cardFirst6: null });
    if (candidates.length > 0) return;
    if (excluded.some(({ why }) => why === 'AMOUNT')) {
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [AMOUNT_OUT_OF_CONTRACT] });
    }
    // What is closed for now only may be open when the payer comes.
    if (excluded.some(({ why }) => why === 'MAINTENANCE' || why === 'HOURS')) return;
    throw fault(PAYMENT_ERRORS, 'NO_ACQUIRER_CONTRACT');
  }

  /**
   * A payer's card, checked as strictly as a merchant's own request; throws VALIDATION_FAILED with every bad field
   * named. `sealedText`: the bytes that it came in, which tell a repetition from another try.
   */
  async readCard(order: LinkOrder, plaintext: unknown, sealedText: string): Promise<Secret<OpenedKeyIn>> {
    const now = this.clock.now();
    const { installmentMonthsMax, amount } = order;
    const card = validated(PayerCard, plaintext, (given, isGood) => {
      const faults = keyInFaults({ ...given, amount } as KeyInContent, now, (...fields) =>
        isGood(
          ...fields
            .filter((field) => CARD_FIELDS.has(field as keyof PayerCard))
            .map((field) => field as keyof PayerCard),
        ),
      );
      const months = isGood('installmentMonths') ? (given.installmentMonths ?? 0) : 0;
      return months > installmentMonthsMax ? [...faults, TOO_MANY_MONTHS] : faults;
    });
    const content = Object.assign(new KeyInContent(), {
      ...card,
      orderNo: order.orderNo,
      amount,
      taxFreeAmount: order.taxFreeAmount,
      goodsName: order.goodsName,
      buyerName: order.buyerName ?? undefined,
      buyerPhone: order.buyerPhone,
      branchId: order.branchId ?? undefined,
      requestedAt: koreanTime(now),
    });
    const fingerprint = await this.index.fingerprint(
      FINGERPRINT_PURPOSE,
      canonicalContent(order.mid, content),
    );
    return new Secret({
      content,
      contentFingerprint: fingerprint.toString('hex'),
      requestHash: createHash('sha256').update(sealedText, 'utf8').digest('hex'),
    });
  }

  /**
   * Approves, exactly as a key-in request of the merchant would be: throws a decline (402), a lost answer (504) or a
   * conflict (409). Answers the payment's id.
   */
  async approve(mid: string, actor: string, card: Secret<OpenedKeyIn>): Promise<string> {
    const { payment } = await this.approveCard.run({ mid, actor, ...keyInOrder(card.expose()) });
    return payment.paymentId;
  }

  /** Null when the order number names no payment. */
  async standingOf(mid: string, orderNo: string, actor: string): Promise<LinkStanding | null> {
    const payment = await this.payments.findByOrder({ kind: 'MERCHANT', mid }, orderNo);
    if (payment === null) return null;
    const { events } = await this.payments.withHistory(payment);
    const begun = events.findLast(({ to }) => to === 'IN_PROGRESS');
    return {
      paymentId: payment.paymentId,
      status: payment.status,
      isOurs: begun?.actor === actor,
      failureCode: payment.failureCode,
      nextCheckAt: payment.status === 'REVERSING' ? payment.dueAt : null,
    };
  }

  /** The sales slip; throws NOT_CHARGED (409) while there is nothing to show. */
  async slipOf(mid: string, paymentId: string): Promise<SalesSlip> {
    const payment = await this.payments.find({ kind: 'MERCHANT', mid }, paymentId);
    const merchant = await this.merchants.findMerchant(mid);
    if (payment === null || merchant === null) throw fault(PAYMENT_ERRORS, 'PAYMENT_NOT_FOUND');
    if (!wasCharged(payment)) {
      throw fault(PAYMENT_ERRORS, 'NOT_CHARGED', { members: { paymentStatus: payment.status } });
    }
    return salesSlip(await this.payments.withHistory(payment), merchant);
  }

  pageOf(slip: SalesSlip, language: 'ko' | 'en'): SlipPage {
    return { html: salesSlipPage(slip, language), policy: SLIP_POLICY };
  }

  /** Cancels all that is left, by the rules of every cancel. `requestKey`: hex of the caller's idempotency key. */
  async cancel(
    { mid, paymentId }: { readonly mid: string; readonly paymentId: string },
    how: { readonly reason: string; readonly actor: string; readonly requestKey: string | null },
  ): Promise<void> {
    await this.cancelPayment.run({ scope: { kind: 'MERCHANT', mid }, paymentId, wish: {}, ...how });
  }
}

const AMOUNT_OUT_OF_CONTRACT: FieldError = {
  field: 'amount',
  code: 'OUT_OF_RANGE',
  message: {
    ko: '계약의 1회 결제 금액 범위를 벗어났습니다.',
    en: 'Outside the amounts per payment of the contract.',
  },
};

const TOO_MANY_MONTHS: FieldError = {
  field: 'installmentMonths',
  code: 'OUT_OF_RANGE',
  message: { ko: '이 결제에서 고를 수 없는 할부입니다.', en: 'Not offered for this payment.' },
};
