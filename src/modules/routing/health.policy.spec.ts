import { HEALTH_RULES } from './health.rules.policy';
import { HealthWindow } from './health.policy';

const rules = { ...HEALTH_RULES, slowMs: 3_000, quickMs: 1_500 };

function window(results: string, latencyMs = 100, from = 0): HealthWindow {
  const made = new HealthWindow(rules);
  feed(made, results, latencyMs, from);
  return made;
}

/** `+` is a good call, `-` a fault; one a second. */
function feed(into: HealthWindow, results: string, latencyMs = 100, from = 0): void {
  [...results].forEach((result, index) => into.record(result === '+', latencyMs, from + index * 1_000));
}

describe('HealthWindow', () => {
  it('is well without calls, and says so', () => {
    expect(window('').figures(0)).toEqual({
      standing: 'WELL',
      calls: 0,
      successRate: null,
      latencyP50Ms: null,
      latencyP95Ms: null,
    });
  });

  it('judges nothing by a few calls', () => {
    expect(window('-------').standing(7_000)).toBe('WELL');
    expect(window('--------').standing(8_000)).toBe('FAILING');
  });

  it('fails by its rate over the newest calls', () => {
    expect(window('++++++++++++++------').standing(20_000)).toBe('WELL');
    expect(window('+++++++++++++-------').standing(20_000)).toBe('FAILING');
    expect(window(`${'-'.repeat(6)}${'+'.repeat(20)}`).standing(26_000)).toBe('WELL');
  });

  it('comes back by good calls in a row only, step by step', () => {
    const failing = window('--------');
    feed(failing, '++', 100, 10_000);
    expect(failing.standing(12_000)).toBe('FAILING');
    feed(failing, '+', 100, 12_000);
    expect(failing.standing(14_000)).toBe('RECOVERING');
    feed(failing, '-', 100, 14_000);
    expect(failing.standing(15_000)).toBe('FAILING');
    feed(failing, '++++++++', 100, 15_000);
    expect(failing.standing(23_000)).toBe('WELL');
  });

  it('does not judge again what it has come back from', () => {
    const back = window('--------++++++++');
    feed(back, '+++--+++', 100, 20_000);
    expect(back.standing(28_000)).toBe('WELL');
    feed(back, '----', 100, 30_000);
    expect(back.standing(34_000)).toBe('FAILING');
  });

  it('forgets a fault that is long ago, since nobody may have asked since', () => {
    const failing = window('--------');
    expect(failing.standing(7_000 + rules.forgetMs)).toBe('FAILING');
    expect(failing.standing(7_001 + rules.forgetMs)).toBe('WELL');
  });

  it('is slow by its median, and quick again only well below', () => {
    const calls = window('++++++++++', 3_100);
    expect(calls.standing(10_000)).toBe('SLOW');
    feed(calls, '+'.repeat(30), 2_000, 10_000);
    expect(calls.standing(40_000)).toBe('SLOW');
    feed(calls, '+'.repeat(12), 500, 40_000);
    expect(calls.standing(52_000)).toBe('WELL');
    feed(calls, '+'.repeat(30), 2_000, 52_000);
    expect(calls.standing(82_000)).toBe('WELL');
  });

  it('shows the figures of the calls within its window', () => {
    const calls = new HealthWindow(rules);
    for (let n = 1; n <= 20; n += 1) calls.record(n % 4 !== 0, n * 10, n);
    expect(calls.figures(20)).toMatchObject({
      calls: 20,
      successRate: 0.75,
      latencyP50Ms: 100,
      latencyP95Ms: 190,
    });
    expect(calls.figures(rules.windowMs + 100).calls).toBe(0);
    for (let n = 0; n < 500; n += 1) calls.record(true, 5, 1_000);
    expect(calls.figures(1_000)).toMatchObject({ calls: rules.callsMax, successRate: 1 });
  });
});
