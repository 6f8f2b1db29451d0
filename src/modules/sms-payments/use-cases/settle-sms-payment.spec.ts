import type { AppConfig } from '../../../config/app-config';
import { Clock } from '../../../common/time/clock';
import type { LinkPaymentsFacade } from '../../payments/link-payments.facade';
import type { SmsPaymentsJournal } from '../sms-payments.journal';
import type { SmsPaymentsRepository } from '../sms-payments.repository';
import type { SmsPayment } from '../sms-payments.types';
import { SettleSmsPayment } from './settle-sms-payment';

const payment = (smsPaymentId: string) =>
  ({ smsPaymentId, status: 'REQUESTED', expiresAt: new Date(0) }) as unknown as SmsPayment;

it('comes to every one that is due, also behind one that fails', async () => {
  const moved: string[] = [];
  const journal = {
    claimDue: () => Promise.resolve(['one', 'two', 'three'].map(payment)),
    move: ({ smsPaymentId }: SmsPayment) => {
      moved.push(smsPaymentId);
      return smsPaymentId === 'one' ? Promise.reject(new Error('away')) : Promise.resolve(true);
    },
  };
  const settling = new SettleSmsPayment(
    journal as unknown as SmsPaymentsJournal,
    {} as SmsPaymentsRepository,
    {} as LinkPaymentsFacade,
    { worker: { leaseMs: 1 }, timeScale: 1 } as unknown as AppConfig,
    new Clock(),
  );
  await expect(settling.sweep()).rejects.toThrow('away');
  expect(moved).toEqual(['one', 'two', 'three']);
});
