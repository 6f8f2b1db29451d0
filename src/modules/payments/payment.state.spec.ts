import {
  assertTransition,
  mayFollow,
  PAYMENT_STATUSES,
  PAYMENT_TRANSITIONS,
  type PaymentStatus,
  statusAfterCancel,
} from './payment.state';

describe('the state table', () => {
  it('reaches every state from CREATED', () => {
    const reached = new Set<PaymentStatus>(['CREATED']);
    for (let grown = true; grown;) {
      const before = reached.size;
      for (const from of [...reached]) for (const to of PAYMENT_TRANSITIONS[from]) reached.add(to);
      grown = reached.size > before;
    }
    expect([...reached].sort()).toEqual([...PAYMENT_STATUSES].sort());
  });

  it('never leads from a reversal back to an approval', () => {
    const after = new Set<PaymentStatus>();
    const walk = (from: PaymentStatus) => {
      for (const to of PAYMENT_TRANSITIONS[from]) {
        if (!after.has(to)) {
          after.add(to);
          walk(to);
        }
      }
    };
    walk('REVERSING');
    expect([...after]).toEqual(['REVERSED']);
  });

  it('has terminal states that nothing follows', () => {
    for (const terminal of ['CANCELLED', 'REVERSED'] as const)
      expect(PAYMENT_TRANSITIONS[terminal]).toEqual([]);
  });

  it('refuses what the table does not list', () => {
    expect(mayFollow('APPROVED', 'FAILED')).toBe(false);
    expect(() => assertTransition('REVERSED', 'APPROVED')).toThrow('may not go from REVERSED to APPROVED');
    expect(() => assertTransition('IN_PROGRESS', 'APPROVED')).not.toThrow();
  });
});

describe('statusAfterCancel', () => {
  it('is CANCELLED only when all of it is cancelled', () => {
    expect(statusAfterCancel(1_000, 999)).toBe('PARTIALLY_CANCELLED');
    expect(statusAfterCancel(1_000, 1_000)).toBe('CANCELLED');
  });

  it.each([0, -1, 1_001])('refuses %d of 1,000', (cancelled) => {
    expect(() => statusAfterCancel(1_000, cancelled)).toThrow(RangeError);
  });
});
