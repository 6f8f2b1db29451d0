import { Secret } from '../../common/masking/secret';
import type { VirtualAccountOrder } from '../port/ability.types';
import type { ContractAccess } from '../port/acquirer.types';
import { NICEPAY_ACCOUNT_REFUSALS } from './nicepay.codes';
import { legacyExchange, readLegacyAnswer } from './nicepay.legacy.answers';
import { accountForm, accountOutcome } from './nicepay.virtual-accounts';

const NOW = new Date('2026-01-01T18:04:05.000Z');
const access: ContractAccess = {
  contractId: 'c',
  acquirerMerchantId: 'testmid01m',
  credentials: new Secret({ clientKey: 'ck', secretKey: 'sk', merchantKey: 'k'.repeat(32) }),
  connectTimeoutMs: 1,
  answerTimeoutMs: 1,
};
const order: VirtualAccountOrder = {
  acquirerOrderNo: 'pay_1',
  acquirerTransactionId: 'testmid01m03012601020304050007',
  amount: 51_004,
  taxFreeAmount: 0,
  goodsName: '만년필',
  customerName: '홍길동',
  bankCode: '088',
  dueAt: new Date('2026-01-04T14:59:59.999Z'),
};
const form = accountForm(access, order, NOW);
const issued = {
  ResultCode: '4100',
  ResultMsg: '가상계좌 발급 성공',
  TID: form.TID,
  Moid: 'pay_1',
  Amt: '000000051004',
  AuthDate: '260102030405',
  VbankBankCode: '088',
  VbankBankName: '신한은행',
  VbankNum: '56012345678901',
  VbankExpDate: '20260104',
  VbankExpTime: '235900',
};
const outcome = (body: unknown, status = 200) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const result = { kind: 'ANSWER', status, body: text, latencyMs: 1 } as const;
  const answer = readLegacyAnswer(result);
  return accountOutcome(form, answer, legacyExchange('POST /x', {}, result, answer));
};

it('asks for an account under a TID of its own, until the minute that was wished', () => {
  expect(form).toMatchObject({
    TID: 'testmid01m03012601020304050007',
    EdiDate: '20260102030405',
    VbankExpDate: '202601042359',
    BankCode: '088',
    CashReceiptType: '0',
    SignData: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
  expect(() => accountForm(access, { ...order, acquirerTransactionId: null }, NOW)).toThrow('TID');
  expect(accountForm(access, { ...order, taxFreeAmount: 4 }, NOW)).toMatchObject({ TaxFreeAmt: '4' });
});

it('believes an account that is as it was asked for', () => {
  expect(outcome(issued)).toMatchObject({
    kind: 'ISSUED',
    acquirerTransactionId: form.TID,
    accountNumber: '56012345678901',
    bankCode: '088',
    dueAt: new Date('2026-01-04T14:59:00.000Z'),
    depositSecret: null,
  });
  expect(JSON.stringify(outcome(issued).exchange)).not.toContain('56012345678901');
});

it.each([
  ['another order', { Moid: 'pay_2' }],
  ['another amount', { Amt: '000000051005' }],
  ['another bank', { VbankBankCode: '004' }],
  ['another TID', { TID: `${form.TID.slice(0, -1)}x` }],
  ['no account', { VbankNum: '' }],
  ['an end that is none', { VbankExpDate: '20269999' }],
])('does not know where the answer shows %s', (_, change) => {
  expect(outcome({ ...issued, ...change })).toMatchObject({
    kind: 'UNKNOWN',
    exchange: { code: 'ANSWER_NOT_AS_ASKED' },
  });
});

it.each([...NICEPAY_ACCOUNT_REFUSALS])('%s says that no account was issued', (ResultCode) => {
  expect(outcome({ ResultCode, ResultMsg: '실패' })).toMatchObject({ kind: 'REFUSED' });
});

it.each([
  ['A225', 200],
  ['A127', 200],
  ['9999', 200],
  ['4109', 200],
  ['4104', 500],
])('the code %s with HTTP %i leaves it open', (ResultCode, status) => {
  expect(outcome({ ResultCode, ResultMsg: '실패' }, status).kind).toBe('UNKNOWN');
});
