import { dataScope, ownMid, scopeCondition } from './data-scope';
import type { MemberPrincipal, MerchantPrincipal } from './principal';

const SYSTEM: MerchantPrincipal = { kind: 'MERCHANT_SYSTEM', mid: 'M1', scopes: [], credentialId: 'key_1' };

function member(given: Partial<MemberPrincipal>): MemberPrincipal {
  const nowhere = { position: null, mid: null, branchId: null, agencyCode: null };
  return { kind: 'MEMBER', memberId: 'mem_1', sessionId: 'ses_1', role: 'MERCHANT', ...nowhere, ...given };
}

describe('dataScope', () => {
  it('is everything for an operator, and for everybody else where it belongs', () => {
    expect(dataScope(SYSTEM)).toEqual({ kind: 'MERCHANT', mid: 'M1' });
    expect(dataScope(member({ role: 'OPERATOR' }))).toEqual({ kind: 'ALL' });
    expect(dataScope(member({ mid: 'M1' }))).toEqual({ kind: 'MERCHANT', mid: 'M1' });
    const branch = { kind: 'BRANCH', mid: 'M1', branchId: 'brn_1' };
    expect(dataScope(member({ role: 'BRANCH', mid: 'M1', branchId: 'brn_1' }))).toEqual(branch);
    expect(dataScope(member({ role: 'AGENCY', agencyCode: 'A1' }))).toEqual({
      kind: 'AGENCY',
      agencyCode: 'A1',
    });
  });

  it.each([
    member({}),
    member({ role: 'BRANCH', mid: 'M1' }),
    member({ role: 'BRANCH', branchId: 'brn_1' }),
    member({ role: 'AGENCY', mid: 'M1' }),
  ])('is nothing for a member that belongs nowhere (%#)', (principal) => {
    expect(() => dataScope(principal)).toThrow('FORBIDDEN');
  });
});

describe('ownMid', () => {
  it('is a merchant’s own, and nobody else’s', () => {
    expect(ownMid(SYSTEM)).toBe('M1');
    expect(ownMid(member({ mid: 'M2' }))).toBe('M2');
    for (const other of [
      member({}),
      member({ role: 'OPERATOR' }),
      member({ role: 'AGENCY', agencyCode: 'A1' }),
    ]) {
      expect(() => ownMid(other)).toThrow('FORBIDDEN');
    }
    expect(() => ownMid(member({ role: 'BRANCH', mid: 'M1', branchId: 'brn_1' }))).toThrow('FORBIDDEN');
  });
});

describe('scopeCondition', () => {
  it('names as many values as it has places for them', () => {
    const scopes = [
      { kind: 'ALL' },
      { kind: 'MERCHANT', mid: 'M1' },
      { kind: 'BRANCH', mid: 'M1', branchId: 'brn_1' },
      { kind: 'AGENCY', agencyCode: 'A1' },
    ] as const;
    for (const scope of scopes) {
      const { sql, values } = scopeCondition(scope);
      expect(sql.split('?').length - 1).toBe(values.length);
    }
  });

  it('shows a branch nothing of what belongs to no branch', () => {
    const branch = { kind: 'BRANCH', mid: 'M1', branchId: 'brn_1' } as const;
    expect(scopeCondition(branch, { mid: 'k.mid' })).toEqual({ sql: 'FALSE', values: [] });
    expect(scopeCondition(branch, { mid: 'p.mid', branchId: 'p.branch_id' })).toEqual({
      sql: 'p.mid = ? AND p.branch_id = ?',
      values: ['M1', 'brn_1'],
    });
  });
});
