import type { IssueVirtualAccountRequest } from './dto/virtual-account.request';
import { canonicalIssue, dueAtOf, issueFaults } from './virtual-account.rules';

const now = new Date('2026-01-02T03:04:05.000Z');
const request = (over: Partial<IssueVirtualAccountRequest> = {}): IssueVirtualAccountRequest => ({
  orderNo: 'ORDER-1',
  amount: 10_000,
  goodsName: '만년필',
  customerName: '홍길동',
  bankCode: '088',
  ...over,
});
const fields = (over: Partial<IssueVirtualAccountRequest>) =>
  issueFaults(request(over), now).map(({ field, code }) => `${field} ${code}`);

describe('the time until which money may be deposited', () => {
  it('is seven days, or the hours or the time that were wished for', () => {
    expect(dueAtOf(request(), now).toISOString()).toBe('2026-01-09T03:04:05.000Z');
    expect(dueAtOf(request({ validHours: 2 }), now).toISOString()).toBe('2026-01-02T05:04:05.000Z');
    const expiresAt = '2026-01-03T00:00:00+09:00';
    expect(dueAtOf(request({ expiresAt }), now).toISOString()).toBe('2026-01-02T15:00:00.000Z');
  });

  it.each(['2026-01-02T03:04:05Z', '2025-12-31T00:00:00Z', '2026-04-03T00:00:00Z', '2026-02-31T99:00:00Z'])(
    'may not be %s',
    (expiresAt) => {
      expect(fields({ expiresAt })).toEqual(['expiresAt OUT_OF_RANGE']);
    },
  );

  it('is told in one way only', () => {
    expect(fields({ expiresAt: '2026-01-03T00:00:00Z', validHours: 1 })).toEqual(['validHours NOT_ALLOWED']);
  });
});

it('takes no tax-free part above the amount', () => {
  expect(fields({ taxFreeAmount: 10_001 })).toEqual(['taxFreeAmount PARTS_EXCEED_AMOUNT']);
  expect(fields({ taxFreeAmount: 10_000 })).toEqual([]);
});

it('has one form of the same content, and another of any other', () => {
  const form = (over: Partial<IssueVirtualAccountRequest>) => canonicalIssue('M1', request(over));
  expect(form({ metadata: { a: '1', b: '2' } })).toBe(form({ metadata: { b: '2', a: '1' } }));
  for (const other of [{ amount: 1 }, { bankCode: '004' }, { customerName: '김' }, { validHours: 1 }])
    expect(form(other)).not.toBe(form({}));
});
