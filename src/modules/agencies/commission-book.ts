import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { fault } from '../../common/errors/app-error';
import { databaseTime, fromDatabaseTime } from '../../common/time/korean-time';
import { AGENCIES_ERRORS } from './agencies.errors';
import type { CommissionLevel, CommissionOwner, CommissionRate } from './agencies.types';
import {
  type CommissionPath,
  type DatedRate,
  type Excess,
  excessFrom,
  levelsOn,
  ownerKey,
  type RatesByOwner,
} from './commission.policy';

type Reader = Pick<EntityManager, 'query'>;
type Row = Readonly<Record<string, string | number | null>>;

/** Whose paths are looked at: of an agency and all below it, or of the agencies of a seller. */
type Affected = { readonly below: string } | { readonly seller: string } | { readonly only: string };

/** Reads and writes commission rates. They are rows that are never changed. */
@Injectable()
export class CommissionBook {
  constructor(private readonly dataSource: DataSource) {}

  async add(tx: EntityManager, owner: CommissionOwner, rate: Omit<CommissionRate, 'seq'>): Promise<number> {
    const { insertId } = await tx.query<{ insertId: number }>(
      `INSERT INTO commission_rates (id, agency_code, seller_code, effective_from, rate_ppm, reason, created_by,
         created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[rate.rateId, 'agencyCode' in owner ? owner.agencyCode : null],
        ...['sellerCode' in owner ? owner.sellerCode : null, rate.effectiveFrom, rate.ratePpm],
        ...[rate.reason, rate.createdBy, databaseTime(rate.createdAt)],
      ],
    );
    return insertId;
  }

  /** The newest first, below `before` where it is given. */
  async page(owner: CommissionOwner, before: string | null, count: number): Promise<CommissionRate[]> {
    const [column, code] =
      'agencyCode' in owner ? ['agency_code', owner.agencyCode] : ['seller_code', owner.sellerCode];
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT r.*, CAST(r.effective_from AS CHAR) AS effective_day FROM commission_rates r
       WHERE r.${column} = ? AND (? IS NULL OR r.seq < ?) ORDER BY r.seq DESC LIMIT ?`,
      [code, before, before, count],
    );
    return rows.map(rateFromRow);
  }

  /** Who earns of the fees of an agency's merchants on a Korean day: the agency first, then upwards, its seller last. */
  async levels(agencyCode: string, day: string): Promise<CommissionLevel[]> {
    const { manager } = this.dataSource;
    const [path] = await pathsOf(manager, { only: agencyCode });
    return path === undefined ? [] : levelsOn(path, await ratesOf(manager, [path]), day);
  }

  /**
   * Throws COMMISSION_ABOVE_FEE when on some day from `from` on more than the whole fee would be given away, by what is
   * agreed or by what a merchant's fee policy puts in its place. The caller holds the tree's lock.
   */
  async assertWithinFee(tx: EntityManager, affected: Affected, from: string): Promise<void> {
    const paths = await pathsOf(tx, affected);
    const rates = await ratesOf(tx, paths);
    const excess =
      excessFrom(paths, rates, from) ?? excessUnder(paths, rates, await overridesOf(tx, paths, from));
    if (excess === null) return;
    const { agencyCode, day, sumPpm } = excess;
    throw fault(AGENCIES_ERRORS, 'COMMISSION_ABOVE_FEE', { members: { agencyCode, day, sumPpm } });
  }
}

/** What a merchant's fee policy says in place of the rates of its agency and that agency's seller; null = as agreed. */
interface Override {
  readonly agencyCode: string;
  /** Korean days: from the first on, up to the day before the second; null = for ever. */
  readonly from: string;
  readonly until: string | null;
  readonly agencyPpm: number | null;
  readonly sellerPpm: number | null;
}

function excessUnder(
  paths: readonly CommissionPath[],
  rates: RatesByOwner,
  overrides: readonly Override[],
): Excess | null {
  for (const { agencyCode, from, until, agencyPpm, sellerPpm } of overrides) {
    const path = paths.find((each) => each.agencyCode === agencyCode)!;
    const own = new Map(rates);
    for (const { kind, code } of path.earners) {
      const isOwn = kind === 'SELLER' || code === agencyCode;
      const ratePpm = kind === 'SELLER' ? sellerPpm : agencyPpm;
      if (isOwn && ratePpm !== null)
        own.set(ownerKey({ kind, code }), [{ effectiveFrom: from, seq: 0, ratePpm }]);
    }
    const excess = excessFrom([path], own, from);
    // It is the first: where the override has ended before, it is none.
    if (excess !== null && (until === null || excess.day < until)) return excess;
  }
  return null;
}

/** The overrides of merchants of these agencies that hold on some day from `from` on. */
async function overridesOf(tx: Reader, paths: readonly CommissionPath[], from: string): Promise<Override[]> {
  if (paths.length === 0) return [];
  const rows = await tx.query<Row[]>(
    `SELECT DISTINCT m.agency_code, GREATEST(CAST(p.effective_from AS CHAR), ?) AS from_day,
       CAST((SELECT MIN(later.effective_from) FROM fee_policies later WHERE later.mid = p.mid AND later.scope = p.scope
         AND later.effective_from > p.effective_from) AS CHAR) AS until_day,
       p.agency_commission_ppm AS agency_ppm, p.seller_commission_ppm AS seller_ppm
     FROM merchants m JOIN fee_policies p ON p.mid = m.mid
     WHERE m.agency_code IN (?) AND p.ended = 0
       AND (p.agency_commission_ppm IS NOT NULL OR p.seller_commission_ppm IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM fee_policies later WHERE later.mid = p.mid AND later.scope = p.scope
         AND later.effective_from = p.effective_from AND later.seq > p.seq)
     HAVING until_day IS NULL OR until_day > ?`,
    [from, paths.map(({ agencyCode }) => agencyCode), from],
  );
  const ppm = (value: string | number | null | undefined) => (value === null ? null : Number(value));
  return rows.map((row) => ({
    ...{ agencyCode: row.agency_code as string, from: row.from_day as string },
    ...{ until: row.until_day as string | null },
    ...{ agencyPpm: ppm(row.agency_ppm), sellerPpm: ppm(row.seller_ppm) },
  }));
}

async function pathsOf(tx: Reader, affected: Affected): Promise<CommissionPath[]> {
  const [condition, value] =
    'below' in affected
      ? ['a.code IN (SELECT agency_code FROM agency_paths WHERE ancestor_code = ?)', affected.below]
      : 'seller' in affected
        ? ['a.seller_code = ?', affected.seller]
        : ['a.code = ?', affected.only];
  const rows = await tx.query<{ code: string; seller: string | null; ancestor: string }[]>(
    `SELECT a.code, a.seller_code AS seller, p.ancestor_code AS ancestor FROM agencies a
       JOIN agency_paths p ON p.agency_code = a.code WHERE ${condition} ORDER BY a.code, p.distance`,
    [value],
  );
  const paths = new Map<string, CommissionPath>();
  for (const { code, seller, ancestor } of rows) {
    const known = paths.get(code);
    const tail = seller === null ? [] : [{ kind: 'SELLER' as const, code: seller }];
    const above = known?.earners.filter(({ kind }) => kind === 'AGENCY') ?? [];
    paths.set(code, {
      agencyCode: code,
      earners: [...above, { kind: 'AGENCY', code: ancestor }, ...tail],
    });
  }
  return [...paths.values()];
}

async function ratesOf(tx: Reader, paths: readonly CommissionPath[]): Promise<RatesByOwner> {
  const earners = paths.flatMap((path) => path.earners);
  const rates = new Map<string, DatedRate[]>();
  for (const [kind, column] of [
    ['AGENCY', 'agency_code'],
    ['SELLER', 'seller_code'],
  ] as const) {
    const codes = [...new Set(earners.filter((each) => each.kind === kind).map(({ code }) => code))];
    if (codes.length === 0) continue;
    const rows = await tx.query<Row[]>(
      `SELECT r.${column} AS code, r.seq, r.rate_ppm, CAST(r.effective_from AS CHAR) AS effective_day
       FROM commission_rates r WHERE r.${column} IN (?)`,
      [codes],
    );
    for (const row of rows) {
      const key = ownerKey({ kind, code: row.code as string });
      const known = rates.get(key) ?? [];
      rates.set(key, known);
      known.push({
        effectiveFrom: row.effective_day as string,
        seq: Number(row.seq),
        ratePpm: Number(row.rate_ppm),
      });
    }
  }
  return rates;
}

function rateFromRow(row: Row): CommissionRate {
  return {
    rateId: row.id as string,
    seq: Number(row.seq),
    effectiveFrom: row.effective_day as string,
    ratePpm: Number(row.rate_ppm),
    reason: row.reason as string,
    createdBy: row.created_by as string,
    createdAt: fromDatabaseTime(row.created_at as string),
  };
}
