import type { KeyInContent } from './dto/key-in-content';
import { isOffClock } from '../../common/http/request-age';
import { canonicalContent, keyInFaults } from './key-in.rules';

const now = new Date('2026-11-30T14:59:00.000Z');
const content = (over: Partial<KeyInContent> = {}): KeyInContent => ({
  orderNo: 'ORDER-0001',
  amount: 50_000,
  goodsName: 'goods',
  cardNumber: '4242424242424242',
  cardExpiry: '2611',
  requestedAt: '2026-11-30T23:59:00+09:00',
  ...over,
});
const codes = (over: Partial<KeyInContent>, at = now) =>
  keyInFaults(content(over), at).map(({ code }) => code);

describe('rules between fields', () => {
  it('lets a card live to the end of its month in Korea', () => {
    expect(codes({})).toEqual([]);
    expect(codes({}, new Date('2026-11-30T15:00:00.000Z'))).toEqual(['EXPIRED']);
  });

  it('needs 50,000 won for installments', () => {
    expect(codes({ installmentMonths: 3 })).toEqual([]);
    expect(codes({ installmentMonths: 3, amount: 49_999 })).toEqual(['INSTALLMENT_AMOUNT_TOO_SMALL']);
  });

  it('needs a customer for points, and 100 won of them left to the card', () => {
    const customerKey = 'customer-1';
    expect(codes({ pointAmount: 49_900, customerKey })).toEqual([]);
    expect(codes({ pointAmount: 49_901, customerKey })).toEqual(['CARD_PART_TOO_SMALL']);
    expect(codes({ pointAmount: 50_000, customerKey })).toEqual(['CARD_PART_TOO_SMALL']);
    expect(codes({ pointAmount: 1_000 })).toEqual(['REQUIRED']);
    expect(codes({ pointAmount: 0 })).toEqual([]);
  });

  it('needs 50,000 won of the card itself for installments', () => {
    const points = { installmentMonths: 3, customerKey: 'customer-1', pointAmount: 1_000 };
    expect(codes({ ...points, amount: 51_000 })).toEqual([]);
    expect(codes({ ...points, amount: 50_999 })).toEqual(['INSTALLMENT_AMOUNT_TOO_SMALL']);
  });

  it('keeps the parts within the amount', () => {
    expect(codes({ taxFreeAmount: 40_000, serviceCharge: 10_000 })).toEqual([]);
    expect(codes({ taxFreeAmount: 40_000, serviceCharge: 10_001 })).toEqual(['PARTS_EXCEED_AMOUNT']);
  });

  it('takes a request time within five minutes either way', () => {
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000).toISOString();
    expect([-300, 0, 300].map((seconds) => isOffClock(at(seconds), now, 300_000))).toEqual([
      false,
      false,
      false,
    ]);
    expect([-301, 301].map((seconds) => isOffClock(at(seconds), now, 300_000))).toEqual([true, true]);
    expect(isOffClock('nonsense', now, 300_000)).toBe(true);
  });
});

describe('canonicalContent', () => {
  const canonical = (over: Partial<KeyInContent>) => canonicalContent('M0000001', content(over));

  it('is the same whenever the order is: sending time, password digits and order of metadata do not matter', () => {
    const base = canonical({ metadata: { a: '1', b: '2' } });
    expect(canonical({ metadata: { b: '2', a: '1' }, requestedAt: 'x', cardPasswordTwoDigits: '12' })).toBe(
      base,
    );
    expect(canonical({ metadata: { a: '1', b: '2' }, pointAmount: 0 })).toBe(base);
    expect(canonical({ metadata: { a: '1', b: '2' }, taxFreeAmount: 0, installmentMonths: 0 })).toBe(base);
  });

  it.each([
    { amount: 50_001 },
    { cardNumber: '5555555555554444' },
    { goodsName: 'other' },
    { taxFreeAmount: 1 },
    { branchId: 'brn_1' },
    { pointAmount: 1_000 },
  ])('differs with %p', (over) => expect(canonical(over)).not.toBe(canonical({})));
});
