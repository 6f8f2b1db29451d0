import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { upTo } from '../../common/bounded-cache';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { newId } from '../../common/ids/id';
import { wonFromDatabase } from '../../common/money/won';
import type { SqlTransaction } from '../../common/outbox/outbox';
import { cursorAfter, placeOf } from '../../common/pagination/cursor';
import { Clock } from '../../common/time/clock';
import { databaseTime, fromDatabaseTime, koreanTime } from '../../common/time/korean-time';
import { AppConfig } from '../../config/app-config';
import { AuditFacade } from '../audit/audit.facade';
import type { PaymentMethod } from '../merchants/merchants.types';
import { effectiveAt } from './points.calc';
import type { Discount, PointPolicy, PointTerms, RefundOrder } from './points.types';

/** A policy as it shall be from a moment on. */
export interface NewPointPolicy extends PointTerms {
  readonly mid: string;
  readonly method: PaymentMethod;
  /** Absent: from now on. */
  readonly effectiveFrom?: Date;
  readonly reason: string;
}

export interface PolicyPage {
  readonly current: PointPolicy | null;
  readonly data: readonly PointPolicy[];
  readonly nextCursor: string | null;
}

interface Row {
  readonly seq: string | number;
  readonly id: string;
  readonly mid: string;
  readonly method: PaymentMethod;
  readonly effective_from: string;
  readonly earn_rate_ppm: number;
  readonly minimum_use: string | number;
  readonly maximum_share_ppm: number;
  readonly discount_kind: Discount['kind'] | null;
  readonly discount_value: string | number | null;
  readonly refund_order: RefundOrder;
  readonly created_by: string;
  readonly created_at: string;
}

const CACHED_MAX = 10_000;
const PLANNED_MAX = 1_000;
/** Our clock and the database's may differ by so much. */
const CLOCKS_APART_MS = 60_000;

/**
 * Merchants' point policies. One is never changed: a new row says what holds from a moment on, which is not past. This
 * process heeds a new one at once, the others within CACHE_TTL_MS; what a payment was asked for under stays with it.
 */
@Injectable()
export class PointPolicies {
  private readonly cache: LRUCache<string, readonly PointPolicy[]>;
  /** Grows with every change of this process: what was read meanwhile may lack it, and is not kept. */
  private generation = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.cache = new LRUCache({ ...upTo(CACHED_MAX), ttl: config.cacheTtlMs });
  }

  /** The terms that hold at a moment near now; null without any. From memory where it was asked lately. */
  async at(mid: string, method: PaymentMethod, at: Date): Promise<PointTerms | null> {
    const key = `${mid} ${method}`;
    let policies = this.cache.get(key);
    if (policies === undefined) {
      const { generation } = this;
      policies = await read(this.dataSource.manager, mid, method, at);
      if (generation === this.generation) this.cache.set(key, policies);
    }
    return effectiveAt(policies, at);
  }

  /** The same for a method that is known only inside a transaction. */
  async atWithin(tx: SqlTransaction, mid: string, method: string, at: Date): Promise<PointTerms | null> {
    return effectiveAt(await read(tx, mid, method, at), at);
  }

  /** Throws VALIDATION_FAILED for a moment that is past. */
  async add(wanted: NewPointPolicy, actor: string): Promise<PointPolicy> {
    const now = this.clock.now();
    const { mid, method, effectiveFrom = now } = wanted;
    if (effectiveFrom < now) {
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [IN_THE_PAST] });
    }
    const policyId = newId('ppl');
    const seq = await this.unitOfWork.run('point-policy.create', async (tx) => {
      const { insertId } = await insert(tx, { ...wanted, effectiveFrom }, { policyId, actor, at: now });
      const details = { code: method, from: koreanTime(effectiveFrom), reason: wanted.reason };
      await this.audit.record(tx, {
        ...{ actor, action: 'point-policy.create', target: policyId, mid, outcome: 'SUCCESS', details },
      });
      return insertId;
    });
    this.generation += 1;
    this.cache.delete(`${mid} ${method}`);
    const { reason: _reason, ...terms } = wanted;
    return { ...terms, effectiveFrom, policyId, seq, createdBy: actor, createdAt: now };
  }

  /** All that were ever set, the latest first. */
  async list(
    mid: string,
    method: PaymentMethod,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string },
  ): Promise<PolicyPage> {
    const now = this.clock.now();
    const before = cursor === undefined ? null : placeOf(cursor).id;
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT * FROM point_policies WHERE mid = ? AND method = ? AND (? IS NULL OR seq < ?)
       ORDER BY seq DESC LIMIT ?`,
      [mid, method, before, before, limit + 1],
    );
    const data = rows.slice(0, limit).map(policyFromRow);
    const last = data.at(-1);
    const more = rows.length > limit && last !== undefined;
    return {
      current: effectiveAt(await read(this.dataSource.manager, mid, method, now), now),
      data,
      nextCursor: more ? cursorAfter({ at: last.createdAt, id: String(last.seq) }) : null,
    };
  }
}

const IN_THE_PAST = {
  field: 'effectiveFrom',
  code: 'IN_THE_PAST',
  message: { ko: '지난 때의 정책은 바꿀 수 없습니다.', en: 'What held in the past cannot be changed.' },
};

/** The one in force and all that are planned. */
async function read(
  tx: SqlTransaction,
  mid: string,
  method: string,
  at: Date,
): Promise<readonly PointPolicy[]> {
  const since = databaseTime(new Date(at.getTime() - CLOCKS_APART_MS));
  const rows = (await tx.query(
    `SELECT * FROM point_policies WHERE mid = ? AND method = ? AND effective_from >= COALESCE(
       (SELECT MAX(effective_from) FROM point_policies WHERE mid = ? AND method = ? AND effective_from <= ?), 0)
     ORDER BY effective_from, seq LIMIT ${PLANNED_MAX}`,
    [mid, method, mid, method, since],
  )) as Row[];
  return rows.map(policyFromRow);
}

function insert(
  tx: EntityManager,
  policy: NewPointPolicy & { readonly effectiveFrom: Date },
  made: { readonly policyId: string; readonly actor: string; readonly at: Date },
): Promise<{ insertId: number }> {
  return tx.query(
    `INSERT INTO point_policies (id, mid, method, effective_from, earn_rate_ppm, minimum_use, maximum_share_ppm,
       discount_kind, discount_value, refund_order, reason, created_by, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[made.policyId, policy.mid, policy.method, databaseTime(policy.effectiveFrom), policy.earnRatePpm],
      ...[policy.minimumUse, policy.maximumSharePpm, policy.discount?.kind ?? null],
      ...[
        policy.discount?.value ?? null,
        policy.refundOrder,
        policy.reason,
        made.actor,
        databaseTime(made.at),
      ],
    ],
  );
}

function policyFromRow(row: Row): PointPolicy {
  const { discount_kind: kind, discount_value: value } = row;
  return {
    policyId: row.id,
    seq: Number(row.seq),
    mid: row.mid,
    method: row.method,
    effectiveFrom: fromDatabaseTime(row.effective_from),
    earnRatePpm: Number(row.earn_rate_ppm),
    minimumUse: wonFromDatabase(row.minimum_use),
    maximumSharePpm: Number(row.maximum_share_ppm),
    discount: kind === null || value === null ? null : { kind, value: wonFromDatabase(value) },
    refundOrder: row.refund_order,
    createdBy: row.created_by,
    createdAt: fromDatabaseTime(row.created_at),
  };
}
