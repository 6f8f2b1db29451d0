import { outcomeOfStatus, paceAfter, retryAfterMs, slotsOf, verdictOn } from './delivery.policy';
import type { DeliveryOutcome } from './delivery.types';

const scheduleMs = [
  0, 5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000, 86_400_000,
];
const rules = { scheduleMs, retryAfterMaxMs: 86_400_000 };
const failed = (retry: number | null = null, outcome: DeliveryOutcome = 'HTTP_ERROR') => ({
  outcome,
  retryAfterMs: retry,
});

describe('the schedule', () => {
  it('is that of the specification, and ends', () => {
    const pauses = scheduleMs.map((_, index) => verdictOn(failed(), index + 1, rules, 0));
    expect(pauses.map((each) => (each.to === 'PENDING' ? each.dueInMs : each))).toEqual([
      ...scheduleMs.slice(1),
      { to: 'FAILED', disable: 'EXHAUSTED' },
    ]);
    const hours = scheduleMs.reduce((sum, pause) => sum + pause, 0) / 3_600_000;
    expect(hours).toBeCloseTo(75.58, 1);
  });

  it('is spread by a tenth at most', () => {
    for (const random of [0, 0.3, 0.999]) {
      const { dueInMs } = verdictOn(failed(), 2, rules, random) as { dueInMs: number };
      expect(dueInMs).toBe(Math.ceil(300_000 * (1 + 0.1 * random)));
    }
  });

  it('gives way to a longer wish of the endpoint, up to a bound, and never to a shorter one', () => {
    expect(verdictOn(failed(20_000), 1, rules, 0)).toEqual({
      to: 'PENDING',
      dueInMs: 20_000,
      holdMs: 20_000,
    });
    expect(verdictOn(failed(1_000), 2, rules, 0)).toEqual({ to: 'PENDING', dueInMs: 300_000, holdMs: 1_000 });
    expect(verdictOn(failed(10 ** 12), 1, rules, 0)).toMatchObject({ dueInMs: 86_400_000 });
  });

  it('is over at once for who wants no more, and for who has it', () => {
    expect(verdictOn(failed(null, 'GONE'), 1, rules, 0)).toEqual({ to: 'FAILED', disable: 'GONE' });
    expect(verdictOn(failed(null, 'DELIVERED'), 10, rules, 0)).toEqual({ to: 'DELIVERED' });
  });
});

it.each([
  [200, 'DELIVERED'],
  [204, 'DELIVERED'],
  [299, 'DELIVERED'],
  [301, 'REDIRECTED'],
  [307, 'REDIRECTED'],
  [400, 'HTTP_ERROR'],
  [410, 'GONE'],
  [429, 'HTTP_ERROR'],
  [500, 'HTTP_ERROR'],
] as const)('%i is %s', (status, outcome) => expect(outcomeOfStatus(status)).toBe(outcome));

describe('Retry-After', () => {
  const now = new Date('2026-11-21T06:00:00Z');

  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sat, 21 Nov 2026 06:02:00 GMT', 120_000],
    ['Sat, 21 Nov 2026 05:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['1.5', null],
    ['', null],
    [undefined, null],
  ])('%s is %s', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms));
});

it('an endpoint that fails has one slot, whatever it had before', () => {
  const tried = (outcome: DeliveryOutcome, durationMs: number) =>
    paceAfter({ outcome, durationMs, httpStatus: null, retryAfterMs: null, answerHead: null }, 1_000);
  expect(tried('DELIVERED', 20)).toBe('QUICK');
  expect(tried('DELIVERED', 1_001)).toBe('SLOW');
  expect(tried('TIMED_OUT', 10_000)).toBe('FAILING');
  expect((['NEW', 'QUICK', 'SLOW', 'FAILING'] as const).map((pace) => slotsOf(pace, 4))).toEqual([
    1, 4, 4, 1,
  ]);
});
