import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { newId } from '../../../common/ids/id';
import type { SqlTransaction } from '../../../common/outbox/outbox';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { Clock } from '../../../common/time/clock';
import { databaseTime, fromDatabaseTime, koreanDay } from '../../../common/time/korean-time';
import { AppConfig } from '../../../config/app-config';
import { AuditFacade } from '../../audit/audit.facade';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import type { PaymentMethod } from '../../merchants/merchants.types';
import type { CycleKey, SettlementTerms, TermsInForce } from '../settlements.types';
import { cycleOf } from './cycle.policy';
import { termsOn } from './terms.policy';

export type NewTerms = Pick<
  SettlementTerms,
  'mid' | 'contractId' | 'method' | 'cycle' | 'effectiveFrom' | 'reason'
>;

interface Row {
  readonly seq: string | number;
  readonly id: string;
  readonly mid: string;
  readonly contract_id: string | null;
  readonly method: PaymentMethod | null;
  readonly cycle: string;
  readonly effective_from: string;
  readonly reason: string;
  readonly created_by: string;
  readonly created_at: string | Date;
}

const COLUMNS = `seq, id, mid, contract_id, method, cycle, DATE_FORMAT(effective_from, '%Y-%m-%d') AS effective_from,
  reason, created_by, created_at`;

/**
 * Merchants' settlement cycles. Terms are never changed: a new row says what holds from a day of capture on, today at the
 * earliest. They are read anew each time, so that all processes settle alike.
 */
@Injectable()
export class SettlementTermsService {
  readonly cycleDefault: string;

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly merchants: MerchantsFacade,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.cycleDefault = config.settlement.cycleDefault;
    // Refuses to start with what it could not reckon with later.
    cycleOf(this.cycleDefault);
  }

  /** All terms that a merchant ever had or will have. */
  async ofMerchant(mid: string, tx: SqlTransaction = this.dataSource.manager): Promise<SettlementTerms[]> {
    const rows = await tx.query(`SELECT ${COLUMNS} FROM settlement_terms WHERE mid = ? ORDER BY seq`, [mid]);
    return (rows as Row[]).map(termsOfRow);
  }

  /** The cycle of a merchant's payments captured on a Korean day. */
  async cycleOf(key: CycleKey, day: string, tx?: SqlTransaction): Promise<string> {
    return termsOn(await this.ofMerchant(key.mid, tx), key, day)?.cycle ?? this.cycleDefault;
  }

  /** One statement for all merchants, for the daily run. */
  async inForce(day: string, tx: SqlTransaction = this.dataSource.manager): Promise<TermsInForce> {
    const rows = await tx.query(
      `SELECT ${COLUMNS} FROM (
         SELECT t.*, ROW_NUMBER() OVER (
           PARTITION BY mid, contract_id, method ORDER BY t.effective_from DESC, t.seq DESC) AS place
         FROM settlement_terms t WHERE t.effective_from <= ?) held
       WHERE place = 1 ORDER BY mid, seq`,
      [day],
    );
    const terms = (rows as Row[]).map(termsOfRow);
    const byMid = new Map<string, SettlementTerms[]>();
    for (const each of terms) byMid.set(each.mid, [...(byMid.get(each.mid) ?? []), each]);
    return {
      day,
      terms,
      cycleOf: (key) => termsOn(byMid.get(key.mid) ?? [], key, day)?.cycle ?? this.cycleDefault,
    };
  }

  /** Throws NOT_FOUND for a merchant or contract that is not there, VALIDATION_FAILED for a day that is past. */
  async add(wanted: NewTerms, actor: string): Promise<SettlementTerms> {
    const { mid, contractId, effectiveFrom } = wanted;
    const now = this.clock.now();
    if (effectiveFrom < koreanDay(now)) {
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [IN_THE_PAST] });
    }
    if ((await this.merchants.findMerchant(mid)) === null) throw fault(COMMON_ERRORS, 'NOT_FOUND');
    if (contractId !== null) await this.checkContract(mid, contractId);
    const termsId = newId('stt');
    const seq = await this.unitOfWork.run('settlement-terms.create', async (tx) => {
      const { insertId } = await insert(tx, wanted, { termsId, actor, at: now });
      await this.audit.record(tx, {
        ...{ actor, action: 'settlement-terms.create', target: termsId, mid, outcome: 'SUCCESS' },
        details: { contractId, code: wanted.cycle, from: effectiveFrom, reason: wanted.reason },
      });
      return insertId;
    });
    return { ...wanted, termsId, seq: Number(seq), createdBy: actor, createdAt: now };
  }

  /** Newest first; of one merchant, or of all. */
  async list({ mid, limit, cursor }: { mid?: string; limit: number; cursor?: string }) {
    const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : seqOf(cursor);
    // Named, since for a young table the optimiser would rather walk everybody's rows.
    const from =
      mid === undefined
        ? 'settlement_terms WHERE seq < ?'
        : 'settlement_terms FORCE INDEX (ix_settlement_terms_mid) WHERE mid = ? AND seq < ?';
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM ${from} ORDER BY seq DESC LIMIT ?`,
      [...(mid === undefined ? [] : [mid]), before, limit + 1],
    );
    const data = rows.slice(0, limit).map(termsOfRow);
    const last = rows.length > limit ? data.at(-1) : undefined;
    return {
      data,
      nextCursor: last === undefined ? null : cursorAfter({ at: last.createdAt, id: String(last.seq) }),
    };
  }

  /** Throws NOT_FOUND for a contract that is not this merchant's. */
  async checkContract(mid: string, contractId: string): Promise<void> {
    const contract = await this.merchants.findContract(contractId);
    if (contract?.mid !== mid) throw fault(COMMON_ERRORS, 'NOT_FOUND');
  }
}

const IN_THE_PAST = {
  field: 'effectiveFrom',
  code: 'IN_THE_PAST',
  message: { ko: '지난 날의 주기는 바꿀 수 없습니다.', en: 'What held in the past cannot be changed.' },
};

function seqOf(cursor: string): number {
  const { id } = placeOf(cursor);
  if (/^\d{1,15}$/.test(id)) return Number(id);
  throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'cursor', code: 'BAD_FORMAT' }] });
}

function insert(
  tx: EntityManager,
  { mid, contractId, method, cycle, effectiveFrom, reason }: NewTerms,
  made: { readonly termsId: string; readonly actor: string; readonly at: Date },
): Promise<{ insertId: number }> {
  return tx.query(
    `INSERT INTO settlement_terms (id, mid, contract_id, method, cycle, effective_from, reason, created_by, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[made.termsId, mid, contractId, method, cycle, effectiveFrom, reason],
      ...[made.actor, databaseTime(made.at)],
    ],
  );
}

function termsOfRow(row: Row): SettlementTerms {
  return {
    termsId: row.id,
    seq: Number(row.seq),
    mid: row.mid,
    contractId: row.contract_id,
    method: row.method,
    cycle: row.cycle,
    effectiveFrom: row.effective_from,
    reason: row.reason,
    createdBy: row.created_by,
    createdAt: fromDatabaseTime(row.created_at),
  };
}
