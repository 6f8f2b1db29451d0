import { type AppError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { Clock } from '../../../common/time/clock';
import { PAYMENT_ERRORS } from '../payments.errors';
import { EndCheckout } from './end-checkout';

const CHECKOUT_ID = 'chk_01KAJR38VNR81X7S9FZBZ4D62E';

/** The worker's sweep over a checkout that nobody acknowledged, whose cancel ends as told. */
async function sweepOver(
  cancel: () => Promise<unknown>,
  pendingCancelAmount = 0,
): Promise<{ settled: boolean; logged: string[] }> {
  const logged: string[] = [];
  let settled = false;
  const checkouts = {
    claimDue: () => Promise.resolve([CHECKOUT_ID]),
    missAcknowledgement: () => Promise.resolve(true),
    settled: () => Promise.resolve((settled = true)),
  };
  const found = {
    checkout: { acknowledgeWithinSeconds: 10, acknowledgedAt: null },
    payment: { paymentId: 'pay_1', status: 'APPROVED', pendingCancelAmount },
  };
  const useCase = new EndCheckout(
    {} as never,
    {} as never,
    {} as never,
    { checkouts } as never,
    { find: () => Promise.resolve(found) } as never,
    {} as never,
    {} as never,
    { run: cancel } as never,
    { workerLeaseMs: 1 } as never,
    new Clock(),
    { failure: (event: string) => logged.push(event) } as never,
  );
  expect(await useCase.sweep()).toBe(1);
  return { settled, logged };
}

describe('a payment that was not acknowledged in time', () => {
  it('is done with once it is cancelled', async () => {
    expect(await sweepOver(() => Promise.resolve({}))).toEqual({ settled: true, logged: [] });
  });

  it.each<[string, AppError]>([
    ['it was cancelled before', fault(PAYMENT_ERRORS, 'ALREADY_CANCELLED')],
    ['the acquirer refuses', fault(PAYMENT_ERRORS, 'CANCEL_REFUSED')],
    ['the cancel is asked for again by its own worker', fault(PAYMENT_ERRORS, 'ACQUIRER_TIMEOUT')],
  ])('is done with where %s', async (_, error) => {
    expect(await sweepOver(() => Promise.reject(error))).toEqual({ settled: true, logged: [] });
  });

  it('is looked at again while a cancel is under way, which may still be refused', async () => {
    const nothingLeft = () => Promise.reject(fault(PAYMENT_ERRORS, 'ALREADY_CANCELLED'));
    expect(await sweepOver(nothingLeft, 10_000)).toEqual({ settled: false, logged: [] });
  });

  it.each<[string, Error]>([
    ['the acquirer was not reached', fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE')],
    ['what came of the cancel was not written', fault(PAYMENT_ERRORS, 'CANCEL_OUTCOME_UNKNOWN')],
    ['the database was not reached', fault(COMMON_ERRORS, 'SERVICE_UNAVAILABLE')],
    ['something broke', new Error('out of range')],
  ])('is tried again where %s', async (_, error) => {
    expect(await sweepOver(() => Promise.reject(error))).toEqual({
      settled: false,
      logged: ['worker.checkout'],
    });
  });
});
