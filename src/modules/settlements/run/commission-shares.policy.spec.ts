import { type CommissionShare, sharesUnder } from './commission-shares.policy';

const share = (kind: CommissionShare['kind'], code: string, ratePpm: number) => ({ kind, code, ratePpm });
const AGREED = [
  share('AGENCY', 'AG0002', 200_000),
  share('AGENCY', 'AG0001', 50_000),
  share('SELLER', 'SL0001', 30_000),
];
const PARTNERS = { agencyCode: 'AG0002', sellerCode: 'SL0001' };
const NOTHING = { agencyCommissionPpm: null, sellerCommissionPpm: null };
const rates = (shares: readonly CommissionShare[]) => shares.map(({ code, ratePpm }) => `${code} ${ratePpm}`);

it('is what is agreed where the policy says nothing', () => {
  expect(rates(sharesUnder(AGREED, PARTNERS, NOTHING))).toEqual([
    'AG0002 200000',
    'SL0001 30000',
    'AG0001 50000',
  ]);
  expect(sharesUnder([], { agencyCode: 'AG0002', sellerCode: null }, NOTHING)).toEqual([]);
});

it('takes the policy’s rates for the agency itself and the seller, also for one that has none agreed', () => {
  expect(
    rates(sharesUnder(AGREED, PARTNERS, { agencyCommissionPpm: 0, sellerCommissionPpm: 400_000 })),
  ).toEqual(['SL0001 400000', 'AG0001 50000']);
  expect(rates(sharesUnder([], PARTNERS, { agencyCommissionPpm: 1, sellerCommissionPpm: 2 }))).toEqual([
    ...['AG0002 1', 'SL0001 2'],
  ]);
});

it('gives away the whole fee at most, and refuses a policy that would pass it with the agencies above', () => {
  const under = (sellerCommissionPpm: number) =>
    sharesUnder(AGREED, PARTNERS, { agencyCommissionPpm: 700_000, sellerCommissionPpm });
  expect(rates(under(250_000))).toEqual(['AG0002 700000', 'SL0001 250000', 'AG0001 50000']);
  expect(() => under(250_001)).toThrow('COMMISSION_ABOVE_FEE');
});
