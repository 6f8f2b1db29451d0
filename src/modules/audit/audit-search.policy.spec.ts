import { leadCondition, leadsTooMany, searchIndex } from './audit-search.policy';

it('is led by one thing at most', () => {
  expect(leadsTooMany({})).toEqual([]);
  expect(leadsTooMany({ mid: 'M0000001', outcome: 'REFUSED' })).toEqual([]);
  expect(leadsTooMany({ mid: 'M0000001', actor: 'a', action: 'b' })).toEqual(['mid', 'action']);
});

it.each([
  [{}, null, 'PRIMARY'],
  [{ outcome: 'REFUSED' }, null, 'ix_audit_logs_outcome'],
  [{ action: 'api-key.create' }, { column: 'action', value: 'api-key.create' }, 'ix_audit_logs_action'],
  [{ action: 'api-key' }, { column: 'action_family', value: 'api-key' }, 'ix_audit_logs_family'],
  [
    { requestId: 'req_1', outcome: 'REFUSED' },
    { column: 'request_id', value: 'req_1' },
    'ix_audit_logs_request',
  ],
  [{ target: 'brn_1' }, { column: 'target', value: 'brn_1' }, 'ix_audit_logs_target_seq'],
  [{ mid: 'M1', outcome: 'FAILURE' }, { column: 'mid', value: 'M1' }, 'ix_audit_logs_mid_outcome'],
] as const)('%j is led by %j, in %s', (search, condition, index) => {
  expect([leadCondition(search), searchIndex(search)]).toEqual([condition, index]);
});
