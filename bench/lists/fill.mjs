import { at, id } from '../../scripts/lib/traffic/sql.mjs';

/** The demo merchant and the demo agency that most rows belong to: their members can log in. */
export const MID = 'M0000001';
export const AGENCY = 'AG0001';
/** Has the newer half of the agencies and merchants, with the first codes and names: a list of the other one's that went
 * through all of them would have these to pass over. */
const OTHER_AGENCY = 'AG0002';

const START_MS = Date.UTC(2024, 0, 1);
const SECOND_MS = 1_000;
const ms = `(${START_MS} + n * ${SECOND_MS})`;
const time = at(ms);
const ofOne = `IF(n MOD 4 < 3, '${MID}', CONCAT('M2', LPAD(1 + n MOD merchants, 6, '0')))`;

/** How many rows of each kind: `some` of what there is less of. */
export function planOf({ rows }) {
  const some = Math.ceil(rows * 0.22);
  return { rows, some, notices: Math.max(40, Math.min(2_000, Math.ceil(rows / 20))) };
}

/**
 * Old rows are in other states than new ones, as in life: a filter that looked at rows one by one would read most of a
 * table for its first page. `seq` counts from 1, the oldest row.
 */
const byAge = (rows, [oldest, older, newest]) =>
  `CASE WHEN seq <= ${Math.ceil(rows * 0.2)} THEN '${oldest}' WHEN seq <= ${Math.ceil(rows * 0.4)} THEN '${older}' ELSE '${newest}' END AS status`;

const numbers = (count, ...columns) =>
  `(SELECT ${['seq AS n', ...columns].join(', ')} FROM seq_1_to_${count}) numbers`;
const hashOf = (what) => `UNHEX(SHA2(CONCAT('${what}', n), 256))`;
/** In the form of a sealed value, and none: those that a page shows are sealed afterwards. */
const UNSEALED = `REPEAT(CHAR(1), 44)`;
const branchId = id('brn', ms, 'n');
/** A third share one name; the others have one each. */
const nameOf = (word) =>
  `IF(n MOD 3 = 0, '${word}점', CONCAT('${word} ', LPAD(CRC32(n) MOD 10000000, 7, '0')))`;

/** A statement for each table, which holds nothing yet; rows come in the order of its primary key. */
export function statements({ rows, some, notices }) {
  const merchants = `${some} AS merchants`;
  const agencyOf = `IF(n <= ${some} / 2, '${AGENCY}', '${OTHER_AGENCY}')`;
  const code = `CONCAT('AG', 90000000 - n)`;
  return {
    agencies: `INSERT INTO agencies (code, seq, parent_code, name, representative, phone, status, created_at)
      SELECT '${OTHER_AGENCY}', 1, NULL, '다른대리점', '시험', '02-0000-0000', 'ACTIVE', ${at(START_MS)}
      UNION ALL SELECT ${code}, 10 + n, ${agencyOf}, CONCAT('가온대리', IF(n <= ${some} / 2, '점', '단'), n MOD 5000), '시험',
        '02-0000-0000', 'ACTIVE', ${time} FROM ${numbers(some)}`,
    sellers: `INSERT INTO sellers (seq, code, name, phone_sealed, status, created_at, updated_at)
      SELECT n, CONCAT('SL', 10000000 + n), ${nameOf('가온')}, ${UNSEALED}, 'ACTIVE', ${time}, ${time} FROM ${numbers(some)}`,
    merchants: `INSERT INTO merchants (mid, name, business_number, representative, address, phone, status, agency_code, created_at)
      SELECT CONCAT('M2', LPAD(n, 6, '0')), CONCAT('시험 가맹점 ', n), LPAD(n, 10, '0'), '시험', '시험로 1', '02-0000-0000',
        'ACTIVE', ${code}, ${time} FROM ${numbers(some)}`,
    branches: `INSERT INTO branches (id, mid, code, name, address, status, created_at)
      SELECT ${branchId}, ${ofOne}, CONCAT('C', n), ${nameOf('가온')}, '시험로 1',
        status, ${time} FROM ${numbers(rows, merchants, byAge(rows, ['CLOSED', 'SUSPENDED', 'ACTIVE']))}`,
    members: `INSERT INTO members (id, login_id, password_hash, name, email, role, position, mid, branch_id, agency_code, status, created_at)
      SELECT ${id('mem', ms, 'n')}, CONCAT('gaon.', LPAD(CRC32(n) MOD 100000, 5, '0'), n), NULL, '시험', CONCAT('m', n, '@example.com'),
        CASE WHEN kind < 6 THEN 'MERCHANT' WHEN kind < 8 THEN 'BRANCH' WHEN kind = 8 THEN 'AGENCY' ELSE 'OPERATOR' END,
        IF(kind < 8, IF(kind IN (0, 6), 'OWNER', 'STAFF'), NULL), IF(kind < 8 AND kind <> 5, '${MID}', NULL),
        IF(kind IN (6, 7), ${branchId}, NULL), IF(kind = 8, '${AGENCY}', NULL), status, ${time}
      FROM ${numbers(rows, 'seq MOD 10 AS kind', byAge(rows, ['DISABLED', 'LOCKED', 'ACTIVE']))}`,
    branch_invitations: `INSERT INTO branch_invitations (id, mid, name, phone_sealed, phone_index, status, token_hash, message_id,
        branch_id, created_by, created_at, sent_at, ended_at, expires_at)
      SELECT ${id('inv', ms, 'n')}, ${ofOne}, '시험', ${UNSEALED}, ${hashOf('phone')}, status,
        IF(status = 'SENT', ${hashOf('token')}, NULL), ${id('msg', ms, 'n')}, IF(status = 'REGISTERED', ${branchId}, NULL), 'system:bench', ${time},
        ${time}, IF(status = 'SENT', NULL, ${time}), ${time} + INTERVAL 20 YEAR
      FROM ${numbers(rows, merchants, byAge(rows, ['EXPIRED', 'REGISTERED', 'SENT']))}`,
    audit_logs: `INSERT INTO audit_logs (seq, id, at, actor, action, target, mid, outcome, request_id, details, previous_hash, hash)
      SELECT n, ${id('aud', ms, 'n')}, ${time}, IF(n MOD 10 < 8, 'system:bench', 'system:other'),
        IF(n MOD 2 = 0, 'branch.create', 'branch.status'), IF(n MOD 10 < 8, 'bench', 'other'), IF(n MOD 10 < 8, '${MID}', NULL),
        status, IF(n MOD 10 < 8, 'bench', NULL), '{}', ${hashOf('before')}, ${hashOf('row')}
      FROM ${numbers(some, byAge(some, ['REFUSED', 'FAILURE', 'SUCCESS']))}`,
    notices: `INSERT INTO notices (id, title, body, audience, pinned, status, published_from, created_by, created_at, updated_at)
      SELECT ${id('ntc', ms, 'n')}, CONCAT('시험 공지 ', n), '본문', 'ALL', n MOD 100 = 0, 'ACTIVE', ${time}, 'system:bench', ${time}, ${time}
      FROM ${numbers(notices)}`,
    notice_listings: `INSERT INTO notice_listings (reader, pinned, published_from, notice_id)
      SELECT reader, n MOD 100 = 0, ${time}, ${id('ntc', ms, 'n')}
      FROM ${numbers(notices)} JOIN (SELECT 'PUBLIC' AS reader UNION ALL SELECT 'OPERATOR' UNION ALL SELECT 'AGENCY' UNION ALL
        SELECT 'MERCHANT' UNION ALL SELECT 'BRANCH') readers`,
    service_applications: `INSERT INTO service_applications (id, member_id, kind, mid, status, version, services, business_number, company_name,
        agency_code, documents, open_key, created_at)
      SELECT ${id('app', ms, 'n')}, ${id('mem', `(${START_MS} + 5 * ${SECOND_MS})`, '5')}, 'NEW_MERCHANT',
        IF(n MOD 4 < 3, '${MID}', NULL), status, 1, 'CARD',
        LPAD(n, 10, '0'), ${nameOf('가온')}, IF(n MOD 4 < 3, '${AGENCY}', NULL), '[]', IF(status = 'SUBMITTED', CONCAT('bench', n), NULL), ${time}
      FROM ${numbers(some, byAge(some, ['REJECTED', 'WITHDRAWN', 'SUBMITTED']))}`,
  };
}

/** What the tables above have written beside them by the gateway. */
export const followUps = ({ some }) => [
  `INSERT INTO agency_paths (ancestor_code, agency_code, agency_seq, agency_name, distance)
   SELECT code, code, seq, name, 0 FROM agencies`,
  `INSERT INTO agency_paths (ancestor_code, agency_code, agency_seq, agency_name, distance)
   SELECT parent_code, code, seq, name, 1 FROM agencies WHERE parent_code IS NOT NULL`,
  `UPDATE audit_chain_head SET seq = ${some}`,
];
