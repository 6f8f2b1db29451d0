import type { Exchange } from '../../../acquirers/port/acquirer.types';
import { databaseTime } from '../../../common/time/korean-time';
import type { ApprovalClosing, ApprovalIntent } from './journal.types';

const ENDPOINT_MAX = 120;
const REQUEST_MAX = 2000;
const RESPONSE_MAX = 4000;
const CODE_MAX = 60;
const MESSAGE_MAX = 200;

/** Keeps a kept text within its column; a cut JSON text would not be JSON, so it is replaced. */
function boundedJson(value: unknown, max: number): string | null {
  if (value === null) return null;
  const json = JSON.stringify(value);
  return json.length <= max ? json : '{"tooLong":true}';
}

/** An exchange as the columns of payment_attempts. */
export function exchangeColumns(exchange: Exchange) {
  return {
    endpoint: exchange.endpoint.slice(0, ENDPOINT_MAX),
    request: boundedJson(exchange.request, REQUEST_MAX),
    response: boundedJson(exchange.response, RESPONSE_MAX),
    http_status: exchange.httpStatus,
    code: exchange.code?.slice(0, CODE_MAX) ?? null,
    message: exchange.message?.slice(0, MESSAGE_MAX) ?? null,
    latency_ms: Math.max(0, Math.round(exchange.latencyMs)),
  };
}

export function intentRow(intent: ApprovalIntent) {
  return {
    id: intent.paymentId,
    mid: intent.mid,
    order_no: intent.orderNo,
    channel: intent.channel,
    amount: intent.amount,
    tax_free_amount: intent.taxFreeAmount,
    service_charge: intent.serviceCharge,
    vat: intent.vat,
    goods_name: intent.goodsName,
    buyer_name: intent.buyerName,
    buyer_contact_sealed: intent.buyerContactSealed?.toString('hex') ?? null,
    customer_key: intent.customerKey,
    branch_id: intent.branchId,
    metadata: intent.metadata === null ? null : JSON.stringify(intent.metadata),
    content_fingerprint: intent.contentFingerprint,
    request_hash: intent.requestHash,
    contract_id: intent.contractId,
    acquirer: intent.acquirer,
    attempt_id: intent.attemptId,
    acquirer_order_no: intent.acquirerOrderNo,
    acquirer_transaction_id: intent.acquirerTransactionId,
    card_first6: intent.cardFirst6,
    card_last4: intent.cardLast4,
    card_number_length: intent.cardNumberLength,
    installment_months: intent.installmentMonths,
    usage_day: intent.limits?.day ?? null,
    due_ms: intent.dueInMs,
    at: databaseTime(intent.at),
    actor: intent.actor,
  };
}

export function closingRow(closing: ApprovalClosing) {
  const exchange = exchangeColumns(closing.exchange);
  return {
    id: closing.paymentId,
    attempt_id: closing.attemptId,
    version: closing.version,
    to_status: closing.to,
    outcome: closing.outcome,
    acquirer_transaction_id: closing.acquirerTransactionId,
    approval_no: closing.approvalNo,
    card_issuer: closing.cardIssuer,
    card_type: closing.cardType,
    card_owner_type: closing.cardOwnerType,
    interest_free: closing.interestFree === null ? null : Number(closing.interestFree),
    failure_code: closing.failureCode,
    failure_acquirer_code: closing.to === 'FAILED' ? exchange.code : null,
    failure_acquirer_message: closing.to === 'FAILED' ? exchange.message : null,
    approved_at: closing.approvedAt === null ? null : databaseTime(closing.approvedAt),
    due_ms: closing.dueInMs,
    at: databaseTime(closing.at),
    actor: closing.actor,
    reason: closing.reason,
    ...exchange,
  };
}
