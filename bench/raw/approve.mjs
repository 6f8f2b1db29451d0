import { monotonicFactory } from 'ulid';
import { canonicalContent, checkContent } from './content.mjs';
import { closeIntent, openIntent } from './journal.mjs';
import { openJwe } from './jwe.mjs';
import { Refused } from './refused.mjs';
import { koreanDay, koreanTime } from './time.mjs';
import { approveAtToss } from './toss.mjs';

/** Time-ordered, so that new rows go to the end of the primary key, as the gateway's do. */
const ulid = monotonicFactory();

/** One approval from its encrypted body to its answer: intent, call, outcome, each commit on its own. */
export async function approve({ pool, keys, directory, tossUrl }, mid, body) {
  const intent = await intentOf({ keys, directory }, mid, body);
  await openIntent(pool, intent);
  const ended = await approveAtToss(tossUrl, intent);
  const closing = { ...ended, at: new Date() };
  await closeIntent(pool, intent, closing);
  if (ended.to === 'FAILED') {
    throw new Refused(402, ended.failureCode, { outcome: 'FAILURE', paymentId: intent.id });
  }
  // The answer of a lost call; undoing it is the worker's, as in the gateway when its own time for it is over.
  if (ended.to === 'REVERSING') throw new Refused(504, 'ACQUIRER_TIMEOUT', { paymentId: intent.id });
  return answerOf(intent, closing);
}

async function intentOf({ keys, directory }, mid, body) {
  const opened = await openJwe(body.encData, await directory.encryptionKeys(mid));
  const { content, requestHash } = opened;
  const at = new Date();
  checkContent(content, at);
  const fingerprint = await keys.fingerprint('order-content', canonicalContent(mid, content));
  if (content.branchId !== undefined) await checkBranch(directory, mid, content.branchId);
  const { amount, taxFreeAmount = 0, serviceCharge = 0, installmentMonths = 0, cardNumber } = content;
  const contract = await directory.contractFor(mid, amount);
  if (contract === undefined) throw new Refused(422, 'NO_ACQUIRER_CONTRACT');
  const limited = contract.dailyLimit !== null || contract.monthlyLimit !== null;
  const id = `pay_${ulid()}`;
  return {
    id,
    attemptId: `att_${ulid()}`,
    mid,
    orderNo: content.orderNo,
    actor: `merchant:${mid}`,
    amount,
    taxFreeAmount,
    serviceCharge,
    vat: Math.round((amount - taxFreeAmount - serviceCharge) / 11),
    installmentMonths,
    card: { first6: cardNumber.slice(0, 6), last4: cardNumber.slice(-4), length: cardNumber.length },
    usageDay: limited ? koreanDay(at) : null,
    contactSealed: await sealedContact(keys, { id, mid }, content),
    content,
    contract,
    fingerprint,
    requestHash,
    at,
  };
}

async function checkBranch(directory, mid, branchId) {
  const status = await directory.branchStatus(mid, branchId);
  if (status === undefined) throw new Refused(404, 'BRANCH_NOT_FOUND');
  if (status !== 'ACTIVE') throw new Refused(409, 'BRANCH_NOT_ACTIVE');
}

async function sealedContact(keys, { id, mid }, { buyerPhone, buyerEmail }) {
  if (buyerPhone === undefined && buyerEmail === undefined) return null;
  const place = { table: 'payments', column: 'buyer_contact_sealed', rowId: id, mid };
  return keys.seal('pii', place, JSON.stringify({ phone: buyerPhone, email: buyerEmail }));
}

function answerOf(intent, { transactionId, approvedAt, card }) {
  const { content, amount, taxFreeAmount, serviceCharge, vat } = intent;
  const { first6, last4, length } = intent.card;
  return {
    paymentId: intent.id,
    outcome: 'SUCCESS',
    mid: intent.mid,
    orderNo: intent.orderNo,
    status: 'APPROVED',
    method: 'CARD',
    currency: 'KRW',
    amount,
    balanceAmount: amount,
    cancelledAmount: 0,
    pendingCancelAmount: 0,
    supplyAmount: amount - vat - taxFreeAmount - serviceCharge,
    vat,
    taxFreeAmount,
    serviceCharge,
    goodsName: content.goodsName,
    buyerName: content.buyerName ?? null,
    customerKey: content.customerKey ?? null,
    branchId: content.branchId ?? null,
    card: {
      number: `${first6}${'*'.repeat(length - 10)}${last4}`,
      issuer: card.issuer,
      type: card.type,
      ownerType: card.ownerType,
      installmentMonths: intent.installmentMonths,
      interestFree: card.interestFree,
    },
    acquirer: intent.contract.acquirer,
    acquirerTransactionId: transactionId,
    approvalNo: card.approvalNo,
    failure: null,
    metadata: content.metadata ?? null,
    approvedAt: koreanTime(approvedAt),
    createdAt: koreanTime(intent.at),
    nextCheckAt: null,
  };
}
