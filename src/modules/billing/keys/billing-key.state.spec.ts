import {
  assertKeyTransition,
  BILLING_KEY_STATUSES,
  isRevoked,
  mayKeyFollow,
  revokePauseMs,
} from './billing-key.state';

describe('states of a billing key', () => {
  it('never come back from revoked or failed', () => {
    for (const from of ['REVOKED', 'FAILED'] as const) {
      for (const to of BILLING_KEY_STATUSES) expect(mayKeyFollow(from, to)).toBe(false);
    }
    for (const to of BILLING_KEY_STATUSES) expect(mayKeyFollow('REVOKING', to)).toBe(to === 'REVOKED');
  });

  it('refuse what the table does not allow', () => {
    expect(() => assertKeyTransition('ISSUE_UNKNOWN', 'ACTIVE')).toThrow('from ISSUE_UNKNOWN to ACTIVE');
    expect(() => assertKeyTransition('ISSUING', 'ACTIVE')).not.toThrow();
  });

  it('do not pay from the moment a revocation begins', () => {
    expect(BILLING_KEY_STATUSES.filter(isRevoked)).toEqual(['REVOKING', 'REVOKED']);
  });
});

it('tells the acquirer again after a minute, then ever later, at most after an hour', () => {
  expect([0, 1, 2, 5, 6, 50].map(revokePauseMs)).toEqual([
    60_000, 120_000, 240_000, 1_920_000, 3_600_000, 3_600_000,
  ]);
});
