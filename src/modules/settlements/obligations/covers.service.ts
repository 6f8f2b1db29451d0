import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { newId } from '../../../common/ids/id';
import { wonFromDatabase } from '../../../common/money/won';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { Clock } from '../../../common/time/clock';
import { databaseTime, fromDatabaseTime, koreanDay } from '../../../common/time/korean-time';
import { AuditFacade } from '../../audit/audit.facade';
import type { Page, PageWish } from '../settlements.types';

/** How settlement funds are held by others: in trust, deposited, or insured by a guarantee. */
export const COVER_KINDS = ['TRUST', 'DEPOSIT', 'GUARANTEE'] as const;
export type CoverKind = (typeof COVER_KINDS)[number];

export interface NewCover {
  readonly kind: CoverKind;
  readonly institution: string;
  /** Won in all at that institution; 0 ends it. */
  readonly amount: number;
  /** Korean day, today at the earliest. */
  readonly effectiveFrom: string;
  readonly reason: string;
}

export interface Cover extends NewCover {
  readonly coverId: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

type Row = Readonly<Record<string, string | number>>;

/** What covers settlement funds. Nothing said is changed: a new row says what holds from a day on. */
@Injectable()
export class Covers {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  /** Throws VALIDATION_FAILED for a day that is past. */
  async register(wanted: NewCover, actor: string): Promise<Cover> {
    const { kind, institution, amount, effectiveFrom, reason } = wanted;
    const now = this.clock.now();
    if (effectiveFrom < koreanDay(now)) {
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [IN_THE_PAST] });
    }
    const coverId = newId('cov');
    await this.unitOfWork.run('settlement-cover.create', async (tx) => {
      await tx.query(
        `INSERT INTO settlement_covers (id, kind, institution, amount, effective_from, reason, created_by, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        [coverId, kind, institution, amount, effectiveFrom, reason, actor, databaseTime(now)],
      );
      await this.audit.record(tx, {
        ...{ actor, action: 'settlement-cover.create', target: coverId, mid: null, outcome: 'SUCCESS' },
        details: { code: kind, amount, from: effectiveFrom, reason },
      });
    });
    return { ...wanted, coverId, createdBy: actor, createdAt: now };
  }

  /** Newest first. */
  async list({ limit, cursor }: PageWish): Promise<Page<Cover>> {
    const id = cursor === undefined ? String(Number.MAX_SAFE_INTEGER) : placeOf(cursor).id;
    const before = /^\d{1,16}$/.test(id) ? id : '0';
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT c.*, CAST(c.effective_from AS CHAR) AS from_day FROM settlement_covers c WHERE c.seq < ?
       ORDER BY c.seq DESC LIMIT ?`,
      [before, limit + 1],
    );
    const data = rows.slice(0, limit);
    const last = rows.length > limit ? data.at(-1) : undefined;
    const nextCursor = last === undefined ? null : cursorAfter({ at: new Date(0), id: String(last.seq) });
    return { data: data.map(coverOf), nextCursor };
  }
}

const IN_THE_PAST = {
  field: 'effectiveFrom',
  code: 'IN_THE_PAST',
  message: { ko: '지난 날의 금액은 바꿀 수 없습니다.', en: 'What held in the past cannot be changed.' },
};

function coverOf(row: Row): Cover {
  const text = (name: string) => row[name] as string;
  return {
    ...{ coverId: text('id'), kind: text('kind') as CoverKind, institution: text('institution') },
    ...{ amount: wonFromDatabase(row.amount!), effectiveFrom: text('from_day'), reason: text('reason') },
    ...{ createdBy: text('created_by'), createdAt: fromDatabaseTime(text('created_at')) },
  };
}
