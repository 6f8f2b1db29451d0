import { isAudience, readersOf, READERS } from './audience.policy';
import { phaseOf } from './notice.state';
import { searchWords } from './search.policy';

it.each([
  [['ALL'], READERS],
  [['MERCHANT'], ['OPERATOR', 'MERCHANT']],
  [
    ['BRANCH', 'AGENCY'],
    ['OPERATOR', 'AGENCY', 'BRANCH'],
  ],
  [['OPERATOR'], ['OPERATOR']],
] as const)('a notice for %j is found by %j', (audience, readers) => {
  expect(readersOf(audience)).toEqual(readers);
});

it.each([
  [['ALL'], true],
  [['MERCHANT', 'BRANCH'], true],
  [[], false],
  [['ALL', 'BRANCH'], false],
  [['BRANCH', 'BRANCH'], false],
] as const)('%j is an audience: %s', (audience, expected) => {
  expect(isAudience(audience)).toBe(expected);
});

it('is published from its first moment, and no more at its last', () => {
  const [from, to] = [new Date('2026-11-21T00:00:00Z'), new Date('2026-11-22T00:00:00Z')];
  const at = (time: string, publishedTo: Date | null = to) =>
    phaseOf({ status: 'ACTIVE', publishedFrom: from, publishedTo }, new Date(time));
  expect(at('2026-11-20T23:59:59.999Z')).toBe('SCHEDULED');
  expect(at('2026-11-21T00:00:00Z')).toBe('PUBLISHED');
  expect(at('2026-11-21T23:59:59.999Z')).toBe('PUBLISHED');
  expect(at('2026-11-22T00:00:00Z')).toBe('ENDED');
  expect(at('2036-11-22T00:00:00Z', null)).toBe('PUBLISHED');
  expect(phaseOf({ status: 'WITHDRAWN', publishedFrom: from, publishedTo: null }, to)).toBe('WITHDRAWN');
});

it('searches by words, five at most, and takes nothing of them for a pattern', () => {
  expect(searchWords('  정산   100%_! ')).toEqual(['%정산%', '%100!%!_!!%']);
  expect(searchWords('a b c d e f')).toHaveLength(5);
});
