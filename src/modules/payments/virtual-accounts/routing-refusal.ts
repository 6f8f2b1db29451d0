import { type AppError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import type { Exclusion, RoutingDecision } from '../../routing/routing.types';
import { PAYMENT_ERRORS } from '../payments.errors';

const AMOUNT_OUT_OF_CONTRACT = {
  field: 'amount',
  code: 'OUT_OF_RANGE',
  message: {
    ko: '계약의 1회 결제 금액 범위를 벗어났습니다.',
    en: 'Outside the amounts per payment of the contract.',
  },
};

/** Why no contract of the merchant may take a payment. Nothing was sent to anybody. */
export function refusalOf({ excluded }: RoutingDecision): AppError {
  const isLeftOut = (...reasons: Exclusion[]) => excluded.some(({ why }) => reasons.includes(why));
  if (isLeftOut('MAINTENANCE', 'HOURS')) {
    return fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', {
      retryAfterSeconds: 5,
      members: { outcome: 'FAILURE' },
    });
  }
  if (isLeftOut('AMOUNT'))
    return fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [AMOUNT_OUT_OF_CONTRACT] });
  return fault(PAYMENT_ERRORS, 'NO_ACQUIRER_CONTRACT');
}
