import { NaverpayAdapter } from '../../src/acquirers/naverpay/naverpay.adapter';
import type { ApprovalReference, ContractAccess } from '../../src/acquirers/port/acquirer.types';
import type { OutboundRequest, OutboundResult } from '../../src/common/http/outbound-client';
import { Secret } from '../../src/common/masking/secret';

export const MID = 'np_test';
export const ORDER_NO = 'pay_0001_1';
export const PAYMENT_ID = '20260102NP0000000001';
export const AMOUNT = 10_004;
/** 03:04:05 on 2 January 2026 in Korea. */
export const NOW = new Date(1_767_290_645_000);

export const access: ContractAccess = {
  contractId: 'c',
  acquirerMerchantId: MID,
  credentials: new Secret({ clientId: 'client-id', clientSecret: 'client-secret', chainId: 'chain-id' }),
  connectTimeoutMs: 1,
  answerTimeoutMs: 1,
};

export const reference: ApprovalReference = {
  acquirerOrderNo: ORDER_NO,
  acquirerTransactionId: PAYMENT_ID,
  channel: 'WINDOW',
  requestedAt: NOW,
  amount: AMOUNT,
};

interface Given {
  readonly status?: number;
  readonly body: unknown;
}

/** NaverPay's adapter over a wire that gives these answers, the last one for ever; what was sent is kept. */
export function wired(...answers: (Given | OutboundResult)[]) {
  const sent: OutboundRequest[] = [];
  const http = {
    send: async (request: OutboundRequest): Promise<OutboundResult> => {
      const given = answers[Math.min(sent.length, answers.length - 1)] ?? { body: '' };
      sent.push(request);
      if ('kind' in given) return given;
      const { status = 200, body } = given;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return { kind: 'ANSWER', status, body: text, latencyMs: 1 };
    },
  };
  const config = { acquirer: { urls: { naverpay: 'http://naver.test' } } };
  const adapter = new NaverpayAdapter(http as never, config as never);
  return {
    adapter,
    sent,
    form: (place = 0) => Object.fromEntries(new URLSearchParams(sent[place]?.body)),
    json: (place = 0) => JSON.parse(sent[place]?.body ?? 'null') as Record<string, unknown>,
  };
}

export const success = (body: unknown): Given => ({ body: { code: 'Success', message: 'm', body } });
export const failure = (code: string, status = 200): Given => ({ status, body: { code, message: 'm' } });
export const lost: OutboundResult = { kind: 'BROKEN', reason: 'ECONNRESET', latencyMs: 1 };
export const refused: OutboundResult = { kind: 'NOT_SENT', reason: 'ECONNREFUSED', latencyMs: 1 };

/** A row of the history, and the `detail` of an apply. */
export const row = (change: Record<string, unknown> = {}) => ({
  paymentId: PAYMENT_ID,
  payHistId: '20260102NH0000000001',
  merchantId: MID,
  merchantPayKey: ORDER_NO,
  admissionTypeCode: '01',
  admissionState: 'SUCCESS',
  admissionYmdt: '20260102030405',
  totalPayAmount: AMOUNT,
  primaryPayMeans: 'CARD',
  cardCorpCode: 'C0',
  cardNo: '424242******4242',
  cardAuthNo: '30000001',
  merchantUserKey: 'somebody',
  ...change,
});

export const page = (list: unknown[], change: Record<string, unknown> = {}): Given =>
  success({
    list,
    totalCount: list.length,
    responseCount: list.length,
    totalPageCount: list.length === 0 ? 0 : 1,
    currentPageNumber: 1,
    ...change,
  });
