import { lastingOf, type Violation } from './violation';

const violation = (id: string, { invariant = 'INV-2', what = 'is missing' } = {}): Violation => ({
  ...{ invariant, id, what },
});

it('keeps what both looks found of a row, whatever it is called, and nothing else', () => {
  const first = [violation('pay_1'), violation('pay_2'), violation('pay_3', { invariant: 'INV-3' })];
  const second = [violation('pay_2', { what: 'differs' }), violation('pay_3'), violation('pay_4')];
  expect(lastingOf(first, second)).toEqual([second[0]]);
});

it('compares as many as a whole table has, one look at each', () => {
  const many = Array.from({ length: 300_000 }, (_, index) => violation(`pay_${index}`));
  const start = performance.now();
  expect(lastingOf(many, many)).toHaveLength(many.length);
  expect(performance.now() - start).toBeLessThan(5_000);
});
