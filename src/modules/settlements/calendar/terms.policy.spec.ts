import { termsOn } from './terms.policy';

const MID = 'M0000001';
let seq = 0;
const terms = (
  cycle: string,
  more: { contractId?: string; method?: 'CARD'; from?: string; mid?: string } = {},
) => ({
  mid: more.mid ?? MID,
  contractId: more.contractId ?? null,
  method: more.method ?? null,
  effectiveFrom: more.from ?? '2026-01-01',
  seq: (seq += 1),
  cycle,
});
const cycle = (given: ReturnType<typeof terms>[], day = '2026-06-01', contractId: string | null = 'ctr_a') =>
  termsOn(given, { mid: MID, contractId, method: 'CARD' }, day)?.cycle ?? null;

it('takes the most particular terms', () => {
  const merchant = terms('D+1');
  const method = terms('D+2', { method: 'CARD' });
  const contract = terms('D+3', { contractId: 'ctr_a' });
  const both = terms('D+4', { contractId: 'ctr_a', method: 'CARD' });
  expect(cycle([both, contract, method, merchant])).toBe('D+4');
  expect(cycle([merchant, method, contract])).toBe('D+3');
  expect(cycle([method, merchant])).toBe('D+2');
  expect(cycle([both, contract, method, merchant], '2026-06-01', 'ctr_b')).toBe('D+2');
  expect(cycle([both, contract], '2026-06-01', null)).toBeNull();
});

it('takes what began last, and of one day what was said last', () => {
  const first = terms('D+1');
  const again = terms('D+2');
  const later = terms('D+3', { from: '2026-06-01' });
  expect(cycle([again, later, first], '2026-05-31')).toBe('D+2');
  expect(cycle([later, first, again], '2026-06-01')).toBe('D+3');
  expect(cycle([first, again], '2025-12-31')).toBeNull();
});

it('takes nobody else’s', () => {
  expect(cycle([terms('D+9', { mid: 'M0000002' })])).toBeNull();
});
