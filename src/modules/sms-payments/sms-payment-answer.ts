import { type AppError, fault } from '../../common/errors/app-error';
import { koreanTime } from '../../common/time/korean-time';
import type { SendVerdict } from './code.policy';
import { SMS_PAYMENT_ERRORS } from './sms-payments.errors';
import type { CodeVerdict } from './sms-payments.types';

type Refusal = Exclude<SendVerdict, { kind: 'SEND' }> | Exclude<CodeVerdict, { kind: 'CLAIM' | 'OLD_KEY' }>;

/** What a refused wish is answered with. */
export function refusalOf(refusal: Refusal, now: Date): AppError {
  switch (refusal.kind) {
    case 'TOO_SOON': {
      const waitMs = refusal.nextSendAt.getTime() - now.getTime();
      return fault(SMS_PAYMENT_ERRORS, 'SMS_SENT_RECENTLY', {
        retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1_000)),
        members: { nextSendAt: koreanTime(refusal.nextSendAt) },
      });
    }
    case 'TOO_MANY':
      return fault(SMS_PAYMENT_ERRORS, 'SMS_SENDS_EXHAUSTED');
    case 'WRONG': {
      const { triesLeft } = refusal;
      return fault(SMS_PAYMENT_ERRORS, 'SMS_CODE_WRONG', { members: { triesLeft } });
    }
    case 'NO_CODE':
      return fault(SMS_PAYMENT_ERRORS, 'SMS_CODE_EXPIRED', { members: { triesLeft: 0 } });
    case 'BUSY':
      return fault(SMS_PAYMENT_ERRORS, 'SMS_PAYMENT_IN_PROGRESS', { retryAfterSeconds: 1 });
    case 'CLOSED': {
      const members = { smsPaymentStatus: refusal.status };
      return fault(
        SMS_PAYMENT_ERRORS,
        refusal.status === 'EXPIRED' ? 'PAY_LINK_EXPIRED' : 'SMS_PAYMENT_CLOSED',
        { members },
      );
    }
  }
}
