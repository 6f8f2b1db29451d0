import { leadCondition, leadsTooMany } from './audit-search.policy';

it('is led by one thing at most', () => {
  expect(leadsTooMany({})).toEqual([]);
  expect(leadsTooMany({ mid: 'M0000001', outcome: 'REFUSED' })).toEqual([]);
  expect(leadsTooMany({ mid: 'M0000001', actor: 'a', action: 'b' })).toEqual(['mid', 'action']);
});

it.each([
  [{}, null],
  [{ action: 'api-key.create' }, { sql: 'action = ?', value: 'api-key.create' }],
  [{ action: 'api-key' }, { sql: 'action_family = ?', value: 'api-key' }],
  [{ requestId: 'req_1' }, { sql: 'request_id = ?', value: 'req_1' }],
  [{ target: 'brn_1' }, { sql: 'target = ?', value: 'brn_1' }],
])('%j is looked for by %j', (search, condition) => {
  expect(leadCondition(search)).toEqual(condition);
});
