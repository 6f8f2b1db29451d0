import type { AcquirerRegistry } from '../../../acquirers/port/acquirer.port';
import type {
  ApprovalReference,
  ContractAccess,
  InquiryOutcome,
} from '../../../acquirers/port/acquirer.types';
import { Clock } from '../../../common/time/clock';
import type { AppConfig } from '../../../config/app-config';
import type { AskedOrder, AskedOrders } from './asked-orders.repository';
import { Inquirer } from './inquirer';

const ORDERS = 40;
/** As many as are under way when the first of them is not answered. */
const AT_ONCE = 4;

const exchangeOf = (httpStatus: number | null) => ({
  ...{ endpoint: 'x', request: {}, httpStatus, response: null, code: null, message: null, latencyMs: 1 },
});
const unknown = (httpStatus: number | null): InquiryOutcome => ({
  kind: 'UNKNOWN',
  exchange: exchangeOf(httpStatus),
});
const same: InquiryOutcome = {
  ...{ kind: 'FOUND', state: 'APPROVED', amount: 1_000, balanceAmount: 1_000, acquirerTransactionId: 't' },
  ...{ cancels: [], exchange: exchangeOf(200) },
};

const orderOf = (paymentId: string, isCharged: boolean): AskedOrder => ({
  own: {
    ...{ paymentId, state: isCharged ? 'APPROVED' : 'FAILED', acquirerOrderNo: paymentId, isCharged },
    ...{ acquirerTransactionId: 't', amount: 1_000, balanceAmount: isCharged ? 1_000 : 0 },
  },
  reference: {
    ...{ acquirerOrderNo: paymentId, acquirerTransactionId: 't', amount: 1_000, channel: 'KEY_IN' },
    requestedAt: new Date(0),
  },
  openSince: null,
});

const ids = Array.from({ length: ORDERS }, (_, at) => `pay_${at}`);
const access = {} as ContractAccess;

function inquirerOf(inquire: (reference: ApprovalReference) => Promise<InquiryOutcome>, isCharged = true) {
  const registry = new Map([
    ['silent', { inquire: (_: ContractAccess, reference: ApprovalReference) => inquire(reference) }],
  ]) as unknown as AcquirerRegistry;
  const orders = {
    read: (paymentIds: readonly string[]) => Promise.resolve(paymentIds.map((id) => orderOf(id, isCharged))),
  } as AskedOrders;
  const config = { reconciliation: { openLimitMs: 0 } } as AppConfig;
  return new Inquirer(registry, orders, new Clock(), config);
}

it('keeps its lease after every answer', async () => {
  let kept = 0;
  const keepLease = () => Promise.resolve(void (kept += 1));
  const asked = await inquirerOf(() => Promise.resolve(same)).ask(
    { acquirer: 'silent', access, keepLease },
    ids,
  );
  expect(asked).toEqual({
    findings: [],
    openCount: 0,
    openPaymentIds: [],
    unansweredCount: 0,
    askedCount: ORDERS,
  });
  expect(kept).toBe(ORDERS);
});

it.each([
  ['of charged orders by silence', true, null],
  ['of charged orders by an answer that cannot be read', true, 200],
  ['of others by silence: they may be charged there', false, null],
])('asks no further once one is not answered, %s', async (_, isCharged, httpStatus) => {
  let count = 0;
  const inquire = () => {
    count += 1;
    return Promise.resolve(unknown(httpStatus));
  };
  const asking = { acquirer: 'silent', access, keepLease: () => Promise.resolve() };
  const asked = await inquirerOf(inquire, isCharged).ask(asking, ids);
  expect(asked.unansweredCount).toBeGreaterThan(0);
  expect(count).toBeLessThanOrEqual(AT_ONCE);
});

it('takes an answer with a code that is not documented for an order that was never taken', async () => {
  const asking = { acquirer: 'silent', access, keepLease: () => Promise.resolve() };
  const asked = await inquirerOf(() => Promise.resolve(unknown(200)), false).ask(asking, ids);
  expect(asked).toEqual({
    findings: [],
    openCount: 0,
    openPaymentIds: [],
    unansweredCount: 0,
    askedCount: ORDERS,
  });
});

it('asks no further once the work is somebody else’s', async () => {
  let count = 0;
  const inquire = () => {
    count += 1;
    return Promise.resolve(same);
  };
  const keepLease = () => Promise.reject(new Error('lost'));
  await expect(inquirerOf(inquire).ask({ acquirer: 'silent', access, keepLease }, ids)).rejects.toThrow(
    'lost',
  );
  expect(count).toBeLessThanOrEqual(AT_ONCE);
});
