import { Secret } from '../../common/masking/secret';
import type { AcquirerContract } from '../merchants/merchants.types';
import { type AcquirerFacts, fittingContracts } from './candidate.policy';

const contract = (over: Partial<AcquirerContract> = {}): AcquirerContract => ({
  contractId: 'ctr_1',
  mid: 'M0000001',
  acquirer: 'toss',
  acquirerMerchantId: 'tosstest01',
  credentials: new Secret({}),
  methods: ['CARD'],
  priority: 1,
  weight: 100,
  amountMin: 100,
  amountMax: 10_000_000,
  dailyLimit: null,
  monthlyLimit: null,
  connectTimeoutMs: null,
  answerTimeoutMs: null,
  issuers: null,
  hours: null,
  enabled: true,
  ...over,
});
/** A Saturday at noon in Korea. */
const at = new Date('2026-11-21T03:00:00Z');
const wanted = { method: 'CARD', amount: 1_000, issuer: 'SHINHAN', at } as const;
const fine: AcquirerFacts = {
  hasAdapter: () => true,
  inMaintenance: () => false,
  breakerOpen: () => false,
};
const why = (over: Partial<AcquirerContract>, facts: Partial<AcquirerFacts> = {}, more: object = {}) =>
  fittingContracts([contract(over)], { ...wanted, ...more }, { ...fine, ...facts }).excluded[0]?.why;

describe('fittingContracts', () => {
  it('keeps what fits, in the order given', () => {
    const contracts = [
      contract({ contractId: 'a', issuers: ['KB', 'SHINHAN'] }),
      contract({ contractId: 'b', hours: { from: '09:00', to: '18:00', days: ['SAT'] } }),
    ];
    expect(fittingContracts(contracts, wanted, fine)).toEqual({ fitting: contracts, excluded: [] });
  });

  it.each([
    ['DISABLED', { enabled: false }],
    ['METHOD', { methods: ['EASY_PAY'] }],
    ['AMOUNT', { amountMax: 999 }],
    ['AMOUNT', { amountMin: 1_001 }],
    ['ISSUER', { issuers: ['KB'] }],
    ['HOURS', { hours: { from: '13:00', to: '18:00', days: null } }],
  ] as const)('leaves out and says why: %s', (reason, over) => {
    expect(why(over)).toBe(reason);
  });

  it('asks for no issuer where the contract took the card before', () => {
    expect(why({ issuers: ['KB'] }, {}, { issuer: null })).toBe('ISSUER');
    expect(why({ issuers: ['KB'] }, {}, { issuer: null, anyIssuer: true })).toBeUndefined();
  });

  it('leaves out an acquirer without an adapter, in maintenance, or with an open breaker', () => {
    expect(why({}, { hasAdapter: () => false })).toBe('NO_ADAPTER');
    expect(why({}, { inMaintenance: () => true })).toBe('MAINTENANCE');
    expect(why({}, { breakerOpen: () => true })).toBe('BREAKER');
  });

  it('gives a card of an unknown issuer to contracts for every issuer only', () => {
    expect(why({ issuers: ['SHINHAN'] }, {}, { issuer: null })).toBe('ISSUER');
    expect(why({}, {}, { issuer: null })).toBeUndefined();
  });
});
