import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { places } from '../../common/db/places';
import { wonFromDatabase } from '../../common/money/won';
import { databaseTime, fromDatabaseTime } from '../../common/time/korean-time';
import { scopeKey } from './fee-policy.policy';
import type { FeePolicy, FeeScope, FeeTier } from './fees.types';

/** Marks the policies that a merchant was given with its tier, each once: `uq_fee_policies_tier_part`. */
export type TierPart = 'GENERAL' | 'CHECK_CARD' | 'BANK_TRANSFER' | 'VIRTUAL_ACCOUNT';

type Row = Readonly<Record<string, string | number | null>>;

const COLUMNS = `p.*, CAST(p.effective_from AS CHAR) AS effective_day`;
/** No later policy of the same scope holds on that day. */
const IN_FORCE = `p.effective_from <= ? AND p.ended = 0 AND NOT EXISTS (SELECT 1 FROM fee_policies later
  WHERE later.mid = p.mid AND later.scope = p.scope AND later.effective_from <= ?
    AND (later.effective_from > p.effective_from OR (later.effective_from = p.effective_from AND later.seq > p.seq)))`;

/** Of every payment that no other policy names. */
export const ANYTHING: FeeScope = {
  ...{ branchId: null, acquirer: null, cardIssuer: null, cardType: null, method: null },
  ...{ amountMin: null, amountMax: null },
};
const GENERAL_SCOPE = scopeKey(ANYTHING);

@Injectable()
export class FeePoliciesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The policies of a merchant that hold on a Korean day, in no order. */
  async inForce(mid: string, day: string): Promise<FeePolicy[]> {
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM fee_policies p WHERE p.mid = ? AND ${IN_FORCE}`,
      [mid, day, day],
    );
    return rows.map(policyFromRow);
  }

  /** The same for many merchants, with one statement. */
  async inForceOfAll(mids: readonly string[], day: string): Promise<FeePolicy[]> {
    if (mids.length === 0) return [];
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM fee_policies p WHERE p.mid IN (${places(mids)}) AND ${IN_FORCE}`,
      [...mids, day, day],
    );
    return rows.map(policyFromRow);
  }

  /** Whether a general policy of the merchant holds on a Korean day. It never ends once there is one. */
  async hasGeneral(mid: string, day: string): Promise<boolean> {
    const rows = await this.dataSource.manager.query<unknown[]>(
      'SELECT 1 FROM fee_policies WHERE mid = ? AND scope = ? AND effective_from <= ? LIMIT 1',
      [mid, GENERAL_SCOPE, day],
    );
    return rows.length > 0;
  }

  /** The agency that brought a merchant in; null without one. */
  async agencyOf(tx: EntityManager, mid: string): Promise<string | null> {
    const [row] = await tx.query<{ agency_code: string | null }[]>(
      'SELECT agency_code FROM merchants WHERE mid = ?',
      [mid],
    );
    return row?.agency_code ?? null;
  }

  /** The newest first, below `before` where it is given; a day only with a merchant. */
  async page(
    { mid, day }: { readonly mid?: string; readonly day?: string },
    before: string | null,
    count: number,
  ): Promise<FeePolicy[]> {
    const conditions = ['(? IS NULL OR p.seq < ?)'];
    const values: (string | number | null)[] = [before, before];
    // Left to itself the optimiser may walk the whole table backwards for a merchant that has few rows.
    const index = mid === undefined ? '' : 'FORCE INDEX (ix_fee_policies_mid)';
    if (mid !== undefined) {
      conditions.push('p.mid = ?');
      values.push(mid);
    }
    if (day !== undefined) {
      conditions.push(IN_FORCE);
      values.push(day, day);
    }
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM fee_policies p ${index} WHERE ${conditions.join(' AND ')}
       ORDER BY p.seq DESC LIMIT ?`,
      [...values, count],
    );
    return rows.map(policyFromRow);
  }

  /** Inside a transaction by its own connection: a second one may not be had while others wait for its locks. */
  async tiers(manager: EntityManager = this.dataSource.manager): Promise<FeeTier[]> {
    const rows = await manager.query<Row[]>(
      'SELECT t.*, CAST(t.effective_from AS CHAR) AS effective_day FROM fee_tiers t',
    );
    return rows.map(tierFromRow);
  }

  /** The number under which it was added. */
  async add(
    tx: EntityManager,
    policy: Omit<FeePolicy, 'seq'>,
    tierPart: TierPart | null = null,
  ): Promise<number> {
    const columns = { ...columnsOf(policy), tier_part: tierPart };
    const names = Object.keys(columns);
    const { insertId } = await tx.query<{ insertId: number }>(
      `INSERT INTO fee_policies (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      Object.values(columns),
    );
    return insertId;
  }
}

function columnsOf(policy: Omit<FeePolicy, 'seq'>): Record<string, string | number | null> {
  return {
    id: policy.policyId,
    mid: policy.mid,
    scope: scopeKey(policy),
    branch_id: policy.branchId,
    acquirer: policy.acquirer,
    card_issuer: policy.cardIssuer,
    card_type: policy.cardType,
    method: policy.method,
    amount_min: policy.amountMin,
    amount_max: policy.amountMax,
    effective_from: policy.effectiveFrom,
    ended: policy.ended ? 1 : 0,
    rate_ppm: policy.ratePpm,
    fixed_fee: policy.fixedFee,
    minimum_fee: policy.minimumFee,
    acquirer_cost_ppm: policy.acquirerCostPpm,
    agency_commission_ppm: policy.agencyCommissionPpm,
    seller_commission_ppm: policy.sellerCommissionPpm,
    tier: policy.tier,
    reason: policy.reason,
    created_by: policy.createdBy,
    created_at: databaseTime(policy.createdAt),
  };
}

const won = (value: string | number | null | undefined) => wonFromDatabase(value!);
const wonOrNull = (value: string | number | null | undefined) =>
  value === null || value === undefined ? null : wonFromDatabase(value);

function policyFromRow(row: Row): FeePolicy {
  const text = (name: string) => row[name] as string | null;
  return {
    policyId: row.id as string,
    seq: won(row.seq),
    mid: row.mid as string,
    branchId: text('branch_id'),
    acquirer: text('acquirer'),
    cardIssuer: text('card_issuer'),
    cardType: row.card_type as FeePolicy['cardType'],
    method: row.method as FeePolicy['method'],
    amountMin: wonOrNull(row.amount_min),
    amountMax: wonOrNull(row.amount_max),
    effectiveFrom: row.effective_day as string,
    ended: Number(row.ended) === 1,
    ratePpm: Number(row.rate_ppm),
    fixedFee: won(row.fixed_fee),
    minimumFee: won(row.minimum_fee),
    acquirerCostPpm: Number(row.acquirer_cost_ppm),
    agencyCommissionPpm: wonOrNull(row.agency_commission_ppm),
    sellerCommissionPpm: wonOrNull(row.seller_commission_ppm),
    tier: row.tier as FeePolicy['tier'],
    reason: row.reason as string,
    createdBy: row.created_by as string,
    createdAt: fromDatabaseTime(row.created_at as string),
  };
}

function tierFromRow(row: Row): FeeTier {
  return {
    tier: row.tier as FeeTier['tier'],
    effectiveFrom: row.effective_day as string,
    yearlySalesMax: wonOrNull(row.yearly_sales_max),
    creditRatePpm: Number(row.credit_rate_ppm),
    checkRatePpm: Number(row.check_rate_ppm),
    creditCostPpm: Number(row.credit_cost_ppm),
    checkCostPpm: Number(row.check_cost_ppm),
    bankTransferRatePpm: Number(row.bank_transfer_rate_ppm),
    bankTransferMinimumFee: won(row.bank_transfer_minimum_fee),
    virtualAccountFee: won(row.virtual_account_fee),
  };
}
