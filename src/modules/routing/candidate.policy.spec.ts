import { Secret } from '../../common/masking/secret';
import type { AcquirerContract } from '../merchants/merchants.types';
import { chooseCandidates } from './candidate.policy';

const contract = (over: Partial<AcquirerContract>): AcquirerContract => ({
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
const request = { method: 'CARD', amount: 1_000 } as const;
const all = () => true;

describe('chooseCandidates', () => {
  it('orders by priority, then weight, then age', () => {
    const contracts = [
      contract({ contractId: 'd', priority: 2 }),
      contract({ contractId: 'c', weight: 10 }),
      contract({ contractId: 'b', weight: 90 }),
      contract({ contractId: 'a', weight: 10 }),
    ];
    const { candidates } = chooseCandidates(contracts, request, all);
    expect(candidates.map(({ contractId }) => contractId)).toEqual(['b', 'a', 'c', 'd']);
  });

  it.each([
    ['DISABLED', { enabled: false }],
    ['METHOD', { methods: ['EASY_PAY'] }],
    ['AMOUNT', { amountMax: 999 }],
    ['AMOUNT', { amountMin: 1_001 }],
  ] as const)('leaves out and says why: %s', (why, over) => {
    const { candidates, excluded } = chooseCandidates([contract(over)], request, all);
    expect(candidates).toEqual([]);
    expect(excluded).toEqual([{ contractId: 'ctr_1', why }]);
  });

  it('leaves out an acquirer that no adapter speaks to', () => {
    expect(chooseCandidates([contract({})], request, () => false).excluded[0]?.why).toBe('NO_ADAPTER');
  });
});
