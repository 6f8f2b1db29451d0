import { databaseTime } from '../../../common/time/korean-time';
import type { Position, SearchCriteria } from '../history.types';
import {
  allOf,
  type ExactFilter,
  filterConditions,
  type Fragment,
  fragment,
  INDEXES,
  type Lane,
  laneCondition,
  SOURCES,
  spanOf,
  type Stream,
} from './criteria-sql';

const PAYMENT = `p.id AS payment_id, p.mid, p.branch_id, p.order_no, p.status, p.method, p.amount, p.point_amount,
  p.balance_amount, p.cancelled_amount, p.goods_name, p.buyer_name, p.card_first6, p.card_last4, p.card_number_length,
  p.card_issuer, p.card_type, p.installment_months, p.acquirer, p.acquirer_transaction_id, p.approval_no, p.failure_code,
  p.approved_at, p.created_at`;
const CANCEL = 'c.id AS cancel_id, c.amount AS cancel_amount, c.reason AS cancel_reason, c.cancelled_at';
const ACCOUNT = `v.id AS account_id, v.bank_code, v.account_masked, v.holder_name, v.depositor, v.due_at, v.deposited_at`;

/** What the rows of a list are put together from. */
export interface PageShape {
  readonly accounts: boolean;
}

const columnsOf = (isCancel: boolean, { accounts }: PageShape) =>
  [PAYMENT, ...(isCancel ? [CANCEL] : []), ...(accounts ? [ACCOUNT] : [])].join(', ');
const ACCOUNT_JOIN = 'LEFT JOIN virtual_accounts v ON v.payment_id = p.id';

/** A part of a list: the rows of `from` and later that come after a place. */
export interface Span {
  readonly from: Date;
  readonly after: Position;
}

export interface Walk {
  readonly criteria: SearchCriteria;
  readonly lanes: readonly Lane[];
  readonly shape: PageShape;
}

/** Up to `limit` rows of one stream, newest first, each lane by its own index and merged. */
export function pageSql(walk: Walk, stream: Stream, span: Span, limit: number): Fragment {
  const order = stream === 'UNAPPROVED' ? 'p.created_at DESC, p.id DESC' : 't.occurred_at DESC, t.seq DESC';
  return merged(walk.lanes, limit, (lane) => {
    const { sql, values } = laneRows(walk, stream, lane, span);
    const place =
      stream === 'UNAPPROVED'
        ? 'p.created_at AS at, p.id AS place_key'
        : 't.occurred_at AS at, t.seq AS place_key';
    const columns = `${place}, ${columnsOf(stream === 'CANCELS', walk.shape)}`;
    return { sql: `SELECT STRAIGHT_JOIN ${columns} ${sql} ORDER BY ${order} LIMIT ${limit}`, values };
  });
}

function merged(lanes: readonly Lane[], limit: number, rowsOf: (lane: Lane) => Fragment): Fragment {
  const parts = lanes.map(rowsOf);
  if (parts.length === 1) return parts[0]!;
  return {
    sql: `${parts.map(({ sql }) => `(${sql})`).join(' UNION ALL ')} ORDER BY at DESC, place_key DESC LIMIT ${limit}`,
    values: parts.flatMap(({ values }) => values),
  };
}

function laneRows({ criteria, shape }: Walk, stream: Stream, lane: Lane, span: Span): Fragment {
  const conditions = [...laneCondition(lane, stream === 'UNAPPROVED' ? 'p' : 't')];
  if (stream === 'UNAPPROVED') conditions.push(fragment('p.approved_at IS NULL'));
  else conditions.push(fragment('t.kind = ?', kindOf(stream)));
  conditions.push(...spanOf(stream, span.from, span.after), ...filterConditions(criteria, SOURCES[stream]));
  const where = allOf(conditions);
  return { sql: `FROM ${tablesOf(stream, lane, shape)} WHERE ${where.sql}`, values: where.values };
}

const kindOf = (stream: 'APPROVALS' | 'CANCELS') => (stream === 'APPROVALS' ? 'APPROVAL' : 'CANCEL');

function tablesOf(stream: Stream, lane: Lane, { accounts }: PageShape): string {
  const account = accounts ? ` ${ACCOUNT_JOIN}` : '';
  if (stream === 'UNAPPROVED') return `payments p FORCE INDEX (${INDEXES.UNAPPROVED[lane.kind]})${account}`;
  const cancel = stream === 'CANCELS' ? ' JOIN payment_cancels c ON c.id = t.source_id' : '';
  return `transactions t FORCE INDEX (${INDEXES.MOVEMENTS[lane.kind]}) JOIN payments p ON p.id = t.payment_id${cancel}${account}`;
}

/**
 * The time of the entry of the index that is so many further, counted over all lanes; no row where there are fewer. Reads
 * the index alone, so a walk can be cut into parts whose cost is known.
 */
export function boundarySql({ lanes }: Walk, stream: Stream, span: Span, entries: number): Fragment {
  const skip = Math.max(1, Math.floor(entries / lanes.length));
  const parts = lanes.map((lane) => {
    const [table, alias, column, key] =
      stream === 'UNAPPROVED'
        ? ([`payments p FORCE INDEX (${INDEXES.UNAPPROVED[lane.kind]})`, 'p', 'created_at', 'id'] as const)
        : ([
            `transactions t FORCE INDEX (${INDEXES.MOVEMENTS[lane.kind]})`,
            't',
            'occurred_at',
            'seq',
          ] as const);
    const kind = stream === 'UNAPPROVED' ? [] : [fragment('t.kind = ?', kindOf(stream))];
    const where = allOf([...laneCondition(lane, alias), ...kind, ...spanOf(stream, span.from, span.after)]);
    return {
      sql: `(SELECT ${alias}.${column} AS at FROM ${table} WHERE ${where.sql}
        ORDER BY ${alias}.${column} DESC, ${alias}.${key} DESC LIMIT 1 OFFSET ${skip})`,
      values: where.values,
    };
  });
  return {
    sql: `SELECT MAX(at) AS at FROM (${parts.map(({ sql }) => sql).join(' UNION ALL ')}) far`,
    values: parts.flatMap(({ values }) => values),
  };
}

const EXACT_INDEXES: Readonly<Record<ExactFilter, string>> = {
  orderNo: 'uq_payments_order',
  acquirerTransactionId: 'ix_payments_acquirer_transaction',
  approvalNo: 'ix_payments_approval_no',
  cardLast4: 'ix_payments_card',
};

/** A list that one payment's own name picks out: few rows, found by that name's index and put in order. */
export function exactSql({ criteria, lanes, shape }: Walk, exact: ExactFilter, span: Span): Fragment {
  const where = exactConditions(criteria, exact, { lanes, span });
  const isCancel = criteria.dateBasis === 'cancelled';
  const place = `${exactTime(isCancel)} AS at, ${exactKey(isCancel)} AS place_key`;
  return {
    sql: `SELECT STRAIGHT_JOIN ${place}, ${columnsOf(isCancel, shape)}
      FROM ${exactTables(criteria, exact, shape)} WHERE ${where.sql} ORDER BY at DESC, place_key DESC`,
    values: where.values,
  };
}

const exactTime = (isCancel: boolean) =>
  isCancel ? 'c.cancelled_at' : 'COALESCE(p.approved_at, p.created_at)';
const exactKey = (isCancel: boolean) => (isCancel ? 'c.id' : 'p.id');

function exactTables(criteria: SearchCriteria, exact: ExactFilter, { accounts }: PageShape): string {
  const payments = `payments p FORCE INDEX (${EXACT_INDEXES[exact]})`;
  const needsMerchants = exact === 'orderNo' && orderOwner(criteria) === undefined;
  return [
    // An order number is unique within a merchant: without one, each merchant is asked, by the unique key.
    needsMerchants ? `merchants m JOIN ${payments} ON p.mid = m.mid` : payments,
    ...(criteria.dateBasis === 'cancelled'
      ? [`JOIN payment_cancels c ON c.payment_id = p.id AND c.status = 'DONE'`]
      : []),
    ...(accounts ? [ACCOUNT_JOIN] : []),
  ].join(' ');
}

const orderOwner = ({ scope, mid }: SearchCriteria) =>
  scope.kind === 'MERCHANT' || scope.kind === 'BRANCH' ? scope.mid : mid;

function exactConditions(
  criteria: SearchCriteria,
  exact: ExactFilter,
  { lanes, span }: { readonly lanes: readonly Lane[]; readonly span: Span },
): Fragment {
  const isCancel = criteria.dateBasis === 'cancelled';
  const [lane] = lanes;
  const time = exactTime(isCancel);
  const at = databaseTime(span.after.at);
  const amount = isCancel ? 'c.amount' : 'p.amount';
  return allOf([
    ...(lane !== undefined && lanes.length === 1 && exact === 'cardLast4' ? laneCondition(lane, 'p') : []),
    ...filterConditions(criteria, { ...SOURCES.UNAPPROVED, amount }),
    fragment(`${time} >= ?`, databaseTime(span.from)),
    fragment(`(${time} < ? OR (${time} = ? AND ${exactKey(isCancel)} < ?))`, at, at, span.after.key),
  ]);
}

/** Counts and sums of one stream over the whole period, by the same index. */
export function summarySql(walk: Walk, stream: Stream, span: Span): Fragment {
  const charged = `p.status IN ('APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED')`;
  const sums: Readonly<Record<Stream, string>> = {
    APPROVALS: `COUNT(*) AS n, SUM(${charged}) AS approved, SUM(IF(${charged}, p.amount, 0)) AS amount,
      SUM(IF(${charged}, p.cancelled_amount, 0)) AS cancelled`,
    CANCELS: 'COUNT(*) AS n, 0 AS approved, 0 AS amount, SUM(c.amount) AS cancelled',
    UNAPPROVED: 'COUNT(*) AS n, 0 AS approved, 0 AS amount, 0 AS cancelled',
  };
  return summed(
    walk.lanes.map((lane) => {
      const { sql, values } = laneRows(walk, stream, lane, span);
      return { sql: `SELECT STRAIGHT_JOIN ${sums[stream]} ${sql}`, values };
    }),
  );
}

export function exactSummarySql(walk: Walk, exact: ExactFilter, span: Span): Fragment {
  const { criteria, lanes, shape } = walk;
  const where = exactConditions(criteria, exact, { lanes, span });
  const charged = `p.approved_at IS NOT NULL AND p.status IN ('APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED')`;
  const sums =
    criteria.dateBasis === 'cancelled'
      ? 'COUNT(*) AS n, 0 AS approved, 0 AS amount, SUM(c.amount) AS cancelled'
      : `COUNT(*) AS n, SUM(${charged}) AS approved, SUM(IF(${charged}, p.amount, 0)) AS amount,
         SUM(IF(${charged}, p.cancelled_amount, 0)) AS cancelled`;
  return {
    sql: `SELECT STRAIGHT_JOIN ${sums} FROM ${exactTables(criteria, exact, shape)} WHERE ${where.sql}`,
    values: where.values,
  };
}

function summed(parts: readonly Fragment[]): Fragment {
  return {
    sql: parts.map(({ sql }) => sql).join(' UNION ALL '),
    values: parts.flatMap(({ values }) => values),
  };
}
