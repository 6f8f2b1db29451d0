import { eventually, pause } from '../support/program';
import type { ReceivedWebhook } from '../support/webhook-receiver';
import { toss } from './conformance/fixtures/toss';
import { Lab } from './conformance/lab';
import { AMOUNT, cancelOf, pay, prepare } from './conformance/payments';

jest.setTimeout(60_000);

/** A minute of TossPayments' retry schedule is 60 ms. */
const TIME_SCALE = 0.001;
const QUIET_MS = 300;

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start(toss, TIME_SCALE);
});
afterAll(() => lab?.stop());

interface Told {
  readonly eventType: string;
  readonly createdAt: string;
  readonly data: { orderId: string; status: string; balanceAmount: number; mId: string | null };
}
const read = ({ body }: ReceivedWebhook) => JSON.parse(body.toString('utf8')) as Told;
const about = (orderNo: string) =>
  lab.receiver.received.filter((message) => read(message).data.orderId === orderNo);
const statuses = (orderNo: string) => about(orderNo).map((message) => read(message).data.status);
const arrived = (orderNo: string, count: number) =>
  eventually(async () => (about(orderNo).length >= count ? about(orderNo) : undefined), {
    withinMs: 10_000,
    what: `${count} webhooks of ${orderNo}`,
  });

it('tells of an approval in the form of the manual', async () => {
  const { acquirerOrderNo } = await pay(lab);
  const [message] = await arrived(acquirerOrderNo, 1);
  expect(read(message!)).toMatchObject({
    eventType: 'PAYMENT_STATUS_CHANGED',
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/),
    data: { status: 'DONE', mId: 'tosstest01', balanceAmount: AMOUNT },
  });
  expect(message!.headers).toMatchObject({
    'content-type': 'application/json',
    'tosspayments-webhook-transmission-retried-count': '0',
    'tosspayments-webhook-transmission-id': expect.stringMatching(/^[\w-]{10,}$/),
    'tosspayments-webhook-transmission-time': expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\+09:00$/),
  });
  expect(message!.headers).not.toHaveProperty('tosspayments-webhook-signature');
});

it.each(['key-in', 'window'] as const)(
  'tells of each cancel of a %s payment as it stood',
  async (channel) => {
    const reference = await pay(lab, { channel });
    const { acquirerOrderNo } = reference;
    await arrived(acquirerOrderNo, 1);
    const adapter = lab.adapter();
    await adapter.cancel(lab.access(), cancelOf(reference, { cancelAmount: 10_000 }));
    await arrived(acquirerOrderNo, 2);
    await adapter.cancel(lab.access(), cancelOf(reference, { cancelAmount: AMOUNT - 10_000 }));
    const told = (await arrived(acquirerOrderNo, 3)).map((message) => read(message).data);
    expect(told.map(({ status, balanceAmount }) => [status, balanceAmount])).toEqual([
      ['DONE', AMOUNT],
      ['PARTIAL_CANCELED', AMOUNT - 10_000],
      ['PARTIAL_CANCELED', 0],
    ]);
  },
);

it('tells of a confirm that the issuer refused, and of no key-in that left no payment', async () => {
  const cardNumber = '4000000000000002';
  const confirmed = await prepare(lab, 'window', { cardNumber });
  const keyedIn = await prepare(lab, 'key-in', { cardNumber });
  await confirmed.run();
  await keyedIn.run();
  await arrived(confirmed.reference.acquirerOrderNo, 1);
  await pause(QUIET_MS);
  expect(statuses(confirmed.reference.acquirerOrderNo)).toEqual(['ABORTED']);
  expect(statuses(keyedIn.reference.acquirerOrderNo)).toEqual([]);
});

it('tells once of a window that nobody confirmed in time', async () => {
  const prepared = await prepare(lab, 'window');
  const { acquirerOrderNo } = prepared.reference;
  await lab.control.clock(11 * 60_000);
  try {
    expect((await prepared.run()).kind).toBe('DECLINED');
    expect(await lab.adapter().inquire(lab.access(), prepared.reference)).toMatchObject({
      state: 'NOT_APPROVED',
    });
  } finally {
    await lab.control.clock(0);
  }
  await arrived(acquirerOrderNo, 1);
  await pause(QUIET_MS);
  expect(statuses(acquirerOrderNo)).toEqual(['EXPIRED']);
});

it('tries again after 1, 4 and 16 minutes under the same id, and stops at 200', async () => {
  lab.receiver.statuses = [500, 302, 204];
  const { acquirerOrderNo } = await pay(lab);
  const tries = await arrived(acquirerOrderNo, 4);
  const header = (name: string) => tries.map(({ headers }) => headers[`tosspayments-webhook-${name}`]);
  expect(header('transmission-retried-count')).toEqual(['0', '1', '2', '3']);
  expect(new Set(header('transmission-id')).size).toBe(1);
  expect(new Set(tries.map(({ body }) => body.toString())).size).toBe(1);
  const pauses = tries.slice(1).map(({ atMs }, index) => atMs - (tries[index]?.atMs ?? 0));
  expect(pauses.map((ms, index) => ms >= [60, 240, 960][index]! - 20)).toEqual([true, true, true]);
  await pause(QUIET_MS);
  expect(about(acquirerOrderNo)).toHaveLength(4);
});
