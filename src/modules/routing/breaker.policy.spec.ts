import { CircuitBreaker } from './breaker.policy';

const rules = { windowMs: 10_000, callsMin: 10, silentShareMax: 0.5, cooldownMs: 5_000 };

function record(breaker: CircuitBreaker, answered: number, silent: number, at = 0): void {
  for (let n = 0; n < answered; n += 1) breaker.record('ANSWERED', at);
  for (let n = 0; n < silent; n += 1) breaker.record('SILENT', at);
}

describe('CircuitBreaker', () => {
  it('stays closed on a few calls, and on answers however many', () => {
    const breaker = new CircuitBreaker(rules);
    record(breaker, 0, 9);
    expect(breaker.state()).toBe('CLOSED');
    const healthy = new CircuitBreaker(rules);
    record(healthy, 1_000, 400);
    expect(healthy.state()).toBe('CLOSED');
  });

  it('opens at the share of silence, and forgets what has left the window', () => {
    const breaker = new CircuitBreaker(rules);
    record(breaker, 5, 5);
    expect(breaker.state()).toBe('OPEN');
    const old = new CircuitBreaker(rules);
    record(old, 0, 9, 0);
    record(old, 0, 1, 20_000);
    expect(old.state()).toBe('CLOSED');
  });

  it('wants one inquiry after the cooldown, and closes only when it was answered', () => {
    const breaker = new CircuitBreaker(rules);
    record(breaker, 0, 10);
    expect(breaker.wantsProbe(4_999)).toBe(false);
    expect(breaker.wantsProbe(5_000)).toBe(true);
    expect(breaker.wantsProbe(5_001)).toBe(false);
    breaker.probed('SILENT', 6_000);
    expect(breaker.state()).toBe('OPEN');
    expect(breaker.wantsProbe(10_999)).toBe(false);
    expect(breaker.wantsProbe(11_000)).toBe(true);
    breaker.probed('ANSWERED', 11_100);
    expect(breaker.state()).toBe('CLOSED');
    record(breaker, 0, 9, 11_200);
    expect(breaker.state()).toBe('CLOSED');
  });
});
