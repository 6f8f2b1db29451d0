import type { AcquirerContext, Outcome, Webhook, WireCall } from '../../src/sandbox/core/acquirer';
import { NAVERPAY_CONTRACTS } from '../../src/sandbox/naverpay/naverpay.credentials';
import { NaverpaySandbox } from '../../src/sandbox/naverpay/naverpay.sandbox';

const NOW = Date.parse('2026-01-02T03:04:05+09:00');
const BASE = '/naverpay-partner/naverpay/payments';
const headersOf = (place: number) => ({
  'x-naver-client-id': NAVERPAY_CONTRACTS[place]?.clientId ?? '',
  'x-naver-client-secret': NAVERPAY_CONTRACTS[place]?.clientSecret ?? '',
  'x-naverpay-chain-id': NAVERPAY_CONTRACTS[place]?.chainId ?? '',
});
/** The three headers of another merchant. */
export const STRANGER = headersOf(1);
export const ORDER = 'pay_0001_1';

/** NaverPay's sandbox without a server, and what it wrote and sent. */
export function newWorld() {
  const journal: unknown[] = [];
  const sent: Webhook[] = [];
  const clock = { offsetMs: 0, nowMs: () => NOW + clock.offsetMs };
  const sandbox = new NaverpaySandbox({
    journal: { append: (record: unknown) => journal.push(record), barrier: () => null },
    clock,
    timeScale: 1,
    webhooks: { isOpen: true, send: (webhook: Webhook) => sent.push(webhook) },
  } as unknown as AcquirerContext);
  return { sandbox, journal, sent, clock };
}
export type World = ReturnType<typeof newWorld>;

export interface Sent {
  readonly form?: Record<string, string>;
  readonly json?: Record<string, unknown>;
  readonly key?: string;
  readonly headers?: Record<string, string>;
  readonly declineWith?: string;
}

export async function call({ sandbox }: Pick<World, 'sandbox'>, path: string, sent: Sent): Promise<Outcome> {
  const route = sandbox.routes.find((known) => known.path === BASE + path);
  const wire = {
    url: BASE + path,
    params: {},
    headers: {
      ...headersOf(0),
      'content-type': sent.form === undefined ? 'application/json' : 'application/x-www-form-urlencoded',
      ...(sent.key !== undefined && { 'x-naverpay-idempotency-key': sent.key }),
      ...sent.headers,
    },
    body: sent.form ?? sent.json,
    about: () => undefined,
    issuerTakes: async () => true,
  } as unknown as WireCall;
  return route!.open(wire).run(sent.declineWith);
}

export interface Said {
  readonly code: string;
  readonly body: Record<string, unknown> & {
    detail: Record<string, unknown>;
    list: Record<string, unknown>[];
  };
}
export const said = (outcome: Outcome) => JSON.parse(outcome.answer.body.toString()) as Said;
export const codeOf = (outcome: Outcome) => said(outcome).code;

export function finish(world: World, payer: Record<string, unknown> = {}): string {
  const played = world.sandbox.plays[0]!.play({ orderId: ORDER, amount: 1_004, ...payer });
  return 'data' in played ? String(played.data.paymentId) : '';
}
export const apply = (world: World, paymentId: string, more: Sent = {}) =>
  call(world, '/v2.2/apply/payment', { form: { paymentId }, ...more });
export const history = (world: Pick<World, 'sandbox'>, json: Record<string, unknown>) =>
  call(world, '/v2.2/list/history', { json });

export async function paid(world: World, payer: Record<string, unknown> = {}): Promise<string> {
  const paymentId = finish(world, payer);
  expect(codeOf(await apply(world, paymentId))).toBe('Success');
  return paymentId;
}

export const cancelForm = (paymentId: string, change: Record<string, string> = {}) => ({
  paymentId,
  cancelAmount: '1004',
  cancelReason: '고객 변심',
  cancelRequester: '2',
  taxScopeAmount: '1004',
  taxExScopeAmount: '0',
  doCompareRest: '1',
  expectedRestAmount: '0',
  ...change,
});
export const part = (amount: number, rest: number) => ({
  cancelAmount: String(amount),
  taxScopeAmount: String(amount),
  expectedRestAmount: String(rest),
});
export const cancel = (world: World, form: Record<string, string>, key?: string) =>
  call(world, '/v1/cancel', { form, key });

export const reservation = (change: Record<string, unknown> = {}) => ({
  modelVersion: '2',
  merchantPayKey: ORDER,
  merchantUserKey: 'customer-1',
  productName: '만년필',
  productCount: 1,
  totalPayAmount: 1_004,
  taxScopeAmount: 1_000,
  taxExScopeAmount: 4,
  returnUrl: 'https://shop.example/return',
  ...change,
});
export const reserve = (world: World, change: Record<string, unknown> = {}) =>
  call(world, '/v2/reserve', { json: reservation(change) });
