import { queryOf, searchOf } from './member-search.policy';

const none = { query: null, role: null, status: null, mid: null };

it.each([
  ['PenShop', { kind: 'LOGIN_ID', prefix: 'penshop' }],
  ['010-0000-1234', { kind: 'PHONE', phone: '01000001234' }],
  ['01000001234', { kind: 'PHONE', phone: '01000001234' }],
  ['0100000', { kind: 'LOGIN_ID', prefix: '0100000' }],
  [' Minji@Example.com ', { kind: 'EMAIL', email: 'minji@example.com' }],
  ['pen%', null],
  ["' OR 1=1", null],
  ['김민지', null],
  ['', null],
])('%p is read as %p', (text, query) => {
  expect(queryOf(text)).toEqual(query);
});

it('picks the index in which the wanted rows stand together', () => {
  const prefix = { kind: 'LOGIN_ID', prefix: 'pen' } as const;
  const index = (filter: object) => searchOf({ ...none, ...filter }, null).index;
  expect([
    index({}),
    index({ role: 'MERCHANT' }),
    index({ role: 'MERCHANT', status: 'LOCKED' }),
    index({ mid: 'M0000001', role: 'MERCHANT', status: 'LOCKED' }),
    index({ query: prefix }),
    index({ query: prefix, status: 'LOCKED' }),
    index({ query: prefix, mid: 'M0000001' }),
    index({ query: prefix, mid: 'M0000001', status: 'LOCKED' }),
  ]).toEqual([
    'PRIMARY',
    'ix_members_role',
    'ix_members_role_status',
    'ix_members_mid_role_status',
    'uq_members_login_id',
    'ix_members_status_login',
    'ix_members_mid_login',
    'ix_members_mid_status_login',
  ]);
});

it('asks for exactly what the filters say, by parameters', () => {
  const phone = Buffer.alloc(32, 7);
  expect(
    searchOf({ ...none, query: { kind: 'PHONE', phone: '01000001234' }, mid: 'M0000001' }, phone),
  ).toMatchObject({ where: ['mid = ?', 'phone_index = ?'], values: ['M0000001', phone], order: 'NEWEST' });
  expect(
    searchOf({ ...none, query: { kind: 'LOGIN_ID', prefix: 'pen_' }, status: 'ACTIVE' }, null),
  ).toMatchObject({ values: ['ACTIVE', 'pen_', 'pen_~'], order: 'LOGIN_ID' });
});
