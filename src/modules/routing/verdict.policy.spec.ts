import { type ApprovalOutcome, DECLINE_CODES, type Exchange } from '../../acquirers/port/acquirer.types';
import { verdictOf } from './verdict.policy';

const exchange: Exchange = {
  endpoint: 'POST /pay',
  request: {},
  httpStatus: 400,
  response: null,
  code: null,
  message: null,
  latencyMs: 10,
};
const declined = (declineCode: (typeof DECLINE_CODES)[number]): ApprovalOutcome => ({
  kind: 'DECLINED',
  declineCode,
  notProcessed: false,
  exchange,
});

it('holds no decline of a card against the acquirer', () => {
  const against = DECLINE_CODES.filter((code) => verdictOf(declined(code)) !== 'WELL');
  expect(against).toEqual(['ACQUIRER_MAINTENANCE', 'ACQUIRER_REJECTED']);
});

it('tells a fault of the acquirer from one of the contract', () => {
  expect(verdictOf(declined('ACQUIRER_MAINTENANCE'))).toBe('ACQUIRER_FAULT');
  expect(verdictOf(declined('ACQUIRER_REJECTED'))).toBe('CONTRACT_FAULT');
  expect(verdictOf({ kind: 'NOT_SENT', exchange })).toBe('ACQUIRER_FAULT');
  expect(verdictOf({ kind: 'UNKNOWN', acquirerTransactionId: null, exchange })).toBe('ACQUIRER_FAULT');
});
