import { AGENCY, MID } from './fill.mjs';

export const PHONE = '01000001234';
const NEWEST = 'id DESC';
const ofMid = `mid = '${MID}'`;
const ids = (row) => row.id;

/**
 * Every list and search: who asks for what, and the same rows as SQL of our own, by which a page is found at any depth
 * and the answer is checked. `key` is the name of the id in an answer.
 */
export function casesOf({ hasApplications }) {
  return [
    ...branches(),
    ...invitations(),
    ...members(),
    ...agencies(),
    ...sellers(),
    ...(hasApplications ? applications() : []),
    ...notices(),
    ...auditLogs(),
  ];
}

const one =
  (path, key, table) =>
  (who, query, where, { order = NEWEST, ...more } = {}) => ({
    ...{ who, path, query, key, place: ids, ...more },
    rows: { table, where: where || 'TRUE', order, id: 'id', at: 'created_at' },
  });

function branches() {
  const list = one('/v1/branches', 'branchId', 'branches');
  const byName = { order: 'name, id' };
  return [
    list('operator', {}, ''),
    list('operator', { status: 'SUSPENDED' }, `status = 'SUSPENDED'`),
    list('operator', { mid: MID }, ofMid),
    list('operator', { mid: MID, status: 'CLOSED' }, `${ofMid} AND status = 'CLOSED'`),
    list('operator', { mid: MID, query: '가온' }, `${ofMid} AND name LIKE '가온%'`, byName),
    list('operator', { mid: MID, code: 'C1' }, `${ofMid} AND code = 'C1'`),
    list('merchant', {}, ofMid),
    list('merchant', { status: 'SUSPENDED' }, `${ofMid} AND status = 'SUSPENDED'`),
    list('merchant', { query: '가온점' }, `${ofMid} AND name LIKE '가온점%'`, byName),
    list(
      'merchant',
      { query: '가온', status: 'CLOSED' },
      `${ofMid} AND status = 'CLOSED' AND name LIKE '가온%'`,
      byName,
    ),
    list(
      'merchant',
      { code: 'C1', status: 'CLOSED', query: '가온' },
      `${ofMid} AND code = 'C1' AND status = 'CLOSED' AND name LIKE '가온%'`,
      byName,
    ),
    list('agency', { mid: MID }, ofMid),
    list('agency', { mid: MID, status: 'CLOSED' }, `${ofMid} AND status = 'CLOSED'`),
    list('agency', { mid: MID, query: '가온' }, `${ofMid} AND name LIKE '가온%'`, byName),
  ];
}

function invitations() {
  const list = one('/v1/branch-invitations', 'invitationId', 'branch_invitations');
  return [
    list('merchant', {}, ofMid),
    ...['SENT', 'REGISTERED', 'EXPIRED'].map((status) =>
      list('merchant', { status }, `${ofMid} AND status = '${status}'`),
    ),
    list('merchant', { phone: PHONE }, `${ofMid} AND phone_index = @phone`),
  ];
}

function members() {
  const list = one('/v1/admin/members', 'memberId', 'members');
  const text = (query) => Object.entries(query).map(([name, value]) => `${name} = '${value}'`);
  const filters = [
    {},
    { role: 'MERCHANT' },
    { status: 'DISABLED' },
    { role: 'AGENCY', status: 'LOCKED' },
    { mid: MID },
    { mid: MID, role: 'BRANCH' },
    { mid: MID, status: 'DISABLED' },
    { mid: MID, role: 'BRANCH', status: 'LOCKED' },
  ];
  return [
    ...filters.map((query) => list('operator', query, text(query).join(' AND '))),
    ...filters.map((query) =>
      list(
        'operator',
        { ...query, query: 'gaon.' },
        [`login_id LIKE 'gaon.%'`, ...text(query)].join(' AND '),
        { order: 'login_id' },
      ),
    ),
    list('operator', { query: 'm1@example.com' }, `email = 'm1@example.com'`),
    list('operator', { query: PHONE }, 'phone_index = @phone'),
    {
      ...one('/v1/staff', 'memberId', 'members')('merchant', {}, `${ofMid} AND position = 'STAFF'`),
    },
  ];
}

function agencies() {
  const all = { id: 'code', at: 'created_at' };
  const agency = (who, query, where, order, place) => ({
    ...{ who, path: '/v1/agencies', query, key: 'agencyCode', place },
    rows: { ...all, table: 'agencies', where, order, more: ', seq' },
  });
  const own = `(parent_code = '${AGENCY}' OR code = '${AGENCY}')`;
  const seq = (row) => String(row.seq);
  return [
    agency('operator', {}, 'TRUE', 'seq DESC', seq),
    agency('operator', { query: 'AG8' }, `code LIKE 'AG8%'`, 'code', ids),
    agency('operator', { query: '가온' }, `name LIKE '가온%'`, 'name, code', ids),
    agency('agency', {}, own, 'seq DESC', seq),
    agency('agency', { query: 'AG8' }, `code LIKE 'AG8%' AND ${own}`, 'code', ids),
    agency('agency', { query: '가온' }, `name LIKE '가온%' AND ${own}`, 'name, code', ids),
    {
      ...{ who: 'agency', path: `/v1/agencies/${AGENCY}/merchants`, query: {}, key: 'mid', place: ids },
      rows: {
        table: `merchants m JOIN agencies a ON a.code = m.agency_code`,
        where: `'${AGENCY}' IN (a.code, a.parent_code)`,
        ...{ order: 'm.mid DESC', id: 'm.mid', at: 'm.created_at' },
      },
    },
  ];
}

function sellers() {
  const list = (query, where, order, place) => ({
    ...{ who: 'operator', path: '/v1/sellers', query, key: 'sellerCode', place },
    rows: { table: 'sellers', where, order, id: 'code', at: 'created_at', more: ', seq' },
  });
  return [
    list({}, 'TRUE', 'seq DESC', (row) => String(row.seq)),
    list({ query: 'SL1' }, `code LIKE 'SL1%'`, 'code', ids),
    list({ query: '가온' }, `name LIKE '가온%'`, 'name, code', ids),
  ];
}

function applications() {
  const list = one('/v1/service-applications', 'applicationId', 'service_applications');
  const byName = { order: 'company_name DESC, id DESC' };
  const status = `status = 'REJECTED'`;
  const agency = `agency_code = '${AGENCY}'`;
  const name = `company_name LIKE '가온%'`;
  const query = '가온';
  return [
    list('operator', {}, ''),
    list('operator', { status: 'REJECTED' }, status),
    list('operator', { agencyCode: AGENCY }, agency),
    list('operator', { agencyCode: AGENCY, status: 'REJECTED' }, `${agency} AND ${status}`),
    list('operator', { query }, name, byName),
    list('operator', { query, status: 'REJECTED' }, `${name} AND ${status}`, byName),
    list('operator', { query, agencyCode: AGENCY }, `${name} AND ${agency}`, byName),
    list(
      'operator',
      { query, agencyCode: AGENCY, status: 'REJECTED' },
      `${name} AND ${agency} AND ${status}`,
      byName,
    ),
    list('operator', { query: '0000000001' }, `business_number = '0000000001'`),
  ];
}

function notices() {
  const listing = (who, reader, query, more = {}) => ({
    ...{ who, path: '/v1/notices', query, key: 'noticeId', ...more },
    place: ({ id, pinned }) => `${pinned}-${id}`,
    rows: {
      ...{ table: 'notice_listings', id: 'notice_id', at: 'published_from', more: ', pinned' },
      ...{ where: `reader = '${reader}'`, order: 'pinned DESC, published_from DESC, notice_id DESC' },
    },
  });
  return [
    listing('nobody', 'PUBLIC', {}),
    listing('operator', 'OPERATOR', {}),
    listing('merchant', 'MERCHANT', {}),
  ];
}

function auditLogs() {
  const searches = [
    ['', {}],
    [`actor = 'system:bench'`, { actor: 'system:bench' }],
    [`target = 'bench'`, { target: 'bench' }],
    [`mid = '${MID}'`, { mid: MID }],
    [`action = 'branch.create'`, { action: 'branch.create' }],
    [`action LIKE 'branch.%'`, { action: 'branch' }],
  ];
  const list = (query, where) => ({
    // The first page of a search is recorded in the trail: it is compared by the second one.
    ...{ who: 'operator', path: '/v1/admin/audit-logs', query, key: 'auditId', fromSecondPage: true },
    place: ({ seq }) => String(seq),
    rows: {
      table: 'audit_logs',
      where: where || 'TRUE',
      order: 'seq DESC',
      id: 'id',
      at: 'at',
      more: ', seq',
    },
  });
  return [
    ...searches.map(([where, query]) => list(query, where)),
    ...searches.map(([where, query]) =>
      list({ ...query, outcome: 'REFUSED' }, [where, `outcome = 'REFUSED'`].filter(Boolean).join(' AND ')),
    ),
    list({ requestId: 'bench' }, `request_id = 'bench'`),
    list({ from: '2024-01-01', to: '2024-01-03' }, `at < '2024-01-03 15:00:00'`),
  ];
}
