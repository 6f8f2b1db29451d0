import { AppError } from '../../../common/errors/app-error';
import { Clock } from '../../../common/time/clock';
import { CancelPayment } from './cancel-payment';

const PAYMENT_ID = 'pay_01KAJR38VNR81X7S9FZBZ4D62E';
const payment = { paymentId: PAYMENT_ID, mid: 'M0000001', contractId: 'ctr_1' };
const broken = (code: string) => Object.assign(new Error('driver'), { code });
const command = {
  scope: { kind: 'ALL' },
  paymentId: PAYMENT_ID,
  wish: {},
  reason: 'r',
  actor: 'key:1',
  requestKey: null,
} as const;

/** A cancel whose steps answer as they are told; what was logged as not written. */
function world({ open, settle, find }: { open?: Error; settle?: Error; find?: Error }) {
  const logged: string[] = [];
  let cancelId = '';
  let finds = 0;
  const payments = {
    find: () => {
      finds += 1;
      return finds > 1 && find !== undefined ? Promise.reject(find) : Promise.resolve(payment);
    },
    findCancel: () => Promise.resolve({ cancelId, status: 'DONE' }),
    withHistory: (one: object) => Promise.resolve({ ...one }),
  };
  const journal = {
    cancels: {
      open: (intent: { cancelId: string }) => {
        ({ cancelId } = intent);
        if (open !== undefined) return Promise.reject(open);
        return Promise.resolve({ kind: 'OPENED', payment, cancel: { cancelId, dueAt: null } });
      },
    },
  };
  const settler = {
    settle: () => (settle === undefined ? Promise.resolve({ kind: 'DONE' }) : Promise.reject(settle)),
  };
  const useCase = new CancelPayment(
    payments as never,
    journal as never,
    { findContract: () => Promise.resolve({}) } as never,
    { accessTo: () => ({}) } as never,
    settler as never,
    { check: () => Promise.resolve() } as never,
    {} as never,
    { turnWaitMs: 1, abandonedAfterMs: () => 1 } as never,
    new Clock(),
    { failure: (event: string) => logged.push(event) } as never,
  );
  const answered = useCase.run(command).catch((error: unknown) => error);
  return { answered, logged, cancelIdOf: () => cancelId };
}

it.each([
  ['the commit of its intent', { open: broken('ECONNRESET') }],
  ['what the acquirer answered', { settle: broken('PROTOCOL_CONNECTION_LOST') }],
  ['what the acquirer answered, for another reason', { settle: new Error('out of range') }],
  ['the reading of what came of it', { find: broken('POOL_WAIT_EXCEEDED') }],
])('is never told as not done when the database fails at %s', async (_, faults) => {
  const { answered, logged, cancelIdOf } = world(faults);
  const error = await answered;
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({
    code: 'CANCEL_OUTCOME_UNKNOWN',
    extras: { members: { paymentId: PAYMENT_ID, cancelId: cancelIdOf(), outcome: 'UNKNOWN' } },
  });
  expect(logged).toEqual(['cancel.outcome-not-written']);
});

it.each(['POOL_WAIT_EXCEEDED', 'ECONNREFUSED'])(
  'was not begun where the database was never reached: %s',
  async (code) => {
    const error = broken(code);
    expect(await world({ open: error }).answered).toBe(error);
  },
);

it('answers with the cancel', async () => {
  const { answered, cancelIdOf } = world({});
  expect(await answered).toMatchObject({ cancel: { cancelId: cancelIdOf(), status: 'DONE' } });
});
