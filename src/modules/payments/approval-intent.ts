import type { ApprovalOrder } from '../../acquirers/port/acquirer.types';
import { includedVat } from '../../common/money/won';
import { koreanDay } from '../../common/time/korean-time';
import type { AcquirerContract } from '../merchants/merchants.types';
import type { PaymentPoints } from '../points/points.types';
import { cardAmountOf, cardTaxFreeOf } from './hybrid.calc';
import type { ApprovalClosing, ApprovalIntent, ContractLimits } from './journal/journal.types';
import type { Payment } from './payments.types';
import { type Instrument, type OrderContent, cardOf, channelOf } from './use-cases/approval.types';

export interface IntentParts {
  readonly paymentId: string;
  readonly attemptId: string;
  readonly attemptNumber: number;
  /** Made up beforehand where the acquirer wants that, else null. */
  readonly acquirerTransactionId: string | null;
  readonly mid: string;
  readonly order: OrderContent;
  readonly instrument: Instrument;
  readonly contract: AcquirerContract;
  readonly buyerContactSealed: Buffer | null;
  /** Null where the payment neither uses nor can earn points. */
  readonly points: PaymentPoints | null;
  readonly contentFingerprint: string;
  readonly requestHash: string;
  readonly dueInMs: number;
  readonly actor: string;
  readonly at: Date;
}

/** Our number of one attempt at an acquirer: 32 characters at most, so that every acquirer takes it whole. */
export function acquirerOrderNo(paymentId: string, attemptNumber: number): string {
  return attemptNumber === 1 ? paymentId : `${paymentId}-${attemptNumber}`;
}

export function buildIntent(parts: IntentParts): ApprovalIntent {
  const { order, contract } = parts;
  const card = cardOf(parts.instrument);
  const taxFreeAmount = order.taxFreeAmount ?? 0;
  const serviceCharge = order.serviceCharge ?? 0;
  return {
    paymentId: parts.paymentId,
    attemptId: parts.attemptId,
    mid: parts.mid,
    orderNo: order.orderNo,
    channel: channelOf(parts.instrument),
    contractId: contract.contractId,
    acquirer: contract.acquirer,
    acquirerOrderNo: acquirerOrderNo(parts.paymentId, parts.attemptNumber),
    acquirerTransactionId: parts.acquirerTransactionId,
    amount: order.amount,
    taxFreeAmount,
    serviceCharge,
    vat: includedVat(order.amount, taxFreeAmount, serviceCharge),
    goodsName: order.goodsName,
    buyerName: order.buyerName ?? null,
    buyerContactSealed: parts.buyerContactSealed,
    customerKey: order.customerKey ?? null,
    points: pointsOf(parts),
    branchId: order.branchId ?? null,
    metadata: order.metadata ?? null,
    contentFingerprint: parts.contentFingerprint,
    requestHash: parts.requestHash,
    cardFirst6: card.first6,
    cardLast4: card.last4,
    cardNumberLength: card.length,
    installmentMonths: order.installmentMonths ?? 0,
    dueInMs: parts.dueInMs,
    at: parts.at,
    actor: parts.actor,
    limits: limitsOf(contract, parts.at),
  };
}

/** With the card part that they leave: that is what the payment earns on. */
function pointsOf({ points, mid, order }: IntentParts): ApprovalIntent['points'] {
  const { customerKey, amount } = order;
  if (points === null || customerKey === undefined) return null;
  const { pointAmount } = points;
  return { ...points, mid, customerKey, cardAmount: cardAmountOf({ amount, pointAmount }) };
}

/** The order as its acquirer is told of it, in won. */
export function cardPartOf({ amount, taxFreeAmount, points }: ApprovalIntent) {
  const order = { amount, taxFreeAmount, pointAmount: points?.pointAmount ?? 0 };
  return { amount: cardAmountOf(order), taxFreeAmount: cardTaxFreeOf(order) };
}

/** The contract's day and month limits that a payment of this moment counts towards; null without any. */
export function limitsOf(contract: AcquirerContract, at: Date): ContractLimits | null {
  const { dailyLimit, monthlyLimit } = contract;
  return dailyLimit === null && monthlyLimit === null
    ? null
    : { day: koreanDay(at), dailyLimit, monthlyLimit };
}

/** What every acquirer is asked, by whichever instrument. */
export function askedOf(intent: ApprovalIntent, order: OrderContent): Omit<ApprovalOrder, 'card'> {
  return {
    acquirerOrderNo: intent.acquirerOrderNo,
    acquirerTransactionId: intent.acquirerTransactionId,
    requestedAt: intent.at,
    ...cardPartOf(intent),
    goodsName: intent.goodsName,
    installmentMonths: intent.installmentMonths,
    buyerName: order.buyerName,
    buyerEmail: order.buyerEmail,
  };
}

/**
 * The payment as the journal has just written it, without reading it again. Field by field: a spread of the intent, with
 * as many again after it, cost a tenth of all that an approval allocates.
 */
export function paymentAfter(
  intent: ApprovalIntent,
  closing: ApprovalClosing,
  attemptNumber: number,
): Payment {
  const isFailed = closing.to === 'FAILED';
  return {
    paymentId: intent.paymentId,
    mid: intent.mid,
    orderNo: intent.orderNo,
    status: closing.to,
    version: closing.version + 1,
    method: 'CARD',
    channel: intent.channel,
    amount: intent.amount,
    pointAmount: intent.points?.pointAmount ?? 0,
    taxFreeAmount: intent.taxFreeAmount,
    serviceCharge: intent.serviceCharge,
    vat: intent.vat,
    balanceAmount: intent.amount,
    pendingCancelAmount: 0,
    cancelledAmount: 0,
    taxFreeBalance: intent.taxFreeAmount,
    goodsName: intent.goodsName,
    buyerName: intent.buyerName,
    customerKey: intent.customerKey,
    branchId: intent.branchId,
    metadata: intent.metadata,
    contentFingerprint: intent.contentFingerprint,
    requestHash: intent.requestHash,
    contractId: intent.contractId,
    acquirer: intent.acquirer,
    attemptId: intent.attemptId,
    attemptCount: attemptNumber,
    acquirerOrderNo: intent.acquirerOrderNo,
    acquirerTransactionId: closing.acquirerTransactionId ?? intent.acquirerTransactionId,
    approvalNo: closing.approvalNo,
    cardFirst6: intent.cardFirst6,
    cardLast4: intent.cardLast4,
    cardNumberLength: intent.cardNumberLength,
    cardIssuer: closing.cardIssuer,
    cardType: closing.cardType,
    cardOwnerType: closing.cardOwnerType,
    interestFree: closing.interestFree,
    installmentMonths: intent.installmentMonths,
    failureCode: closing.failureCode,
    failureAcquirerCode: isFailed ? closing.exchange.code : null,
    failureAcquirerMessage: isFailed ? closing.exchange.message : null,
    usageDay: intent.limits?.day ?? null,
    unknownSince: null,
    reversalTries: 0,
    reversalRefusals: 0,
    dueAt: null,
    approvedAt: closing.approvedAt,
    failedAt: isFailed ? closing.at : null,
    createdAt: intent.at,
    updatedAt: closing.at,
  };
}
