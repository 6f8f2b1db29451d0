import type { MemberPrincipal, MerchantPrincipal, Role } from '../../common/http/principal';
import { keyOwner } from './key-owner';

const member = (role: Role, mid: string | null): MemberPrincipal => ({
  kind: 'MEMBER',
  memberId: 'mem_1',
  role,
  position: null,
  sessionId: 'ses_1',
  mid,
  branchId: null,
  agencyCode: null,
});
const system: MerchantPrincipal = {
  kind: 'MERCHANT_SYSTEM',
  mid: 'M0000001',
  scopes: [],
  credentialId: 'key_1',
};

describe('keyOwner', () => {
  it('is a member’s own merchant, named or not', () => {
    expect(keyOwner(member('MERCHANT', 'M0000001'), undefined)).toBe('M0000001');
    expect(keyOwner(member('MERCHANT', 'M0000001'), 'M0000001')).toBe('M0000001');
  });

  it('is the merchant that an operator names', () => {
    expect(keyOwner(member('OPERATOR', null), 'M0000002')).toBe('M0000002');
  });

  it('is nobody else', () => {
    const asked = (...given: Parameters<typeof keyOwner>) => expect(() => keyOwner(...given));
    asked(member('MERCHANT', 'M0000001'), 'M0000002').toThrow('NOT_FOUND');
    asked(member('OPERATOR', null), undefined).toThrow('VALIDATION_FAILED');
    asked(member('BRANCH', 'M0000001'), undefined).toThrow('FORBIDDEN');
    asked(member('AGENCY', null), 'M0000001').toThrow('FORBIDDEN');
    asked(system, undefined).toThrow('FORBIDDEN');
  });
});
