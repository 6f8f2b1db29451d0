import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Sealer } from '../../common/crypto/sealer';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { maskPhone } from '../../common/masking/masking';
import { placeOf } from '../../common/pagination/cursor';
import { Clock } from '../../common/time/clock';
import { databaseTime, fromDatabaseTime } from '../../common/time/korean-time';
import { AuditFacade } from '../audit/audit.facade';
import { AGENCIES_ERRORS } from './agencies.errors';
import { pageOf } from './agencies.service';
import type { Page, PageWish, PartnerStatus, Seller } from './agencies.types';
import { CodeNumbers, searchOf } from './code-numbers';
import { mayBecome } from './partner.state';

export interface NewSeller {
  readonly name: string;
  readonly businessNumber: string | null;
  readonly phone: string;
}

export interface SellerChange {
  readonly version: number;
  readonly phone?: string;
  readonly status?: PartnerStatus;
  readonly reason: string;
}

interface Row {
  readonly seq: number;
  readonly code: string;
  readonly name: string;
  readonly business_number: string | null;
  readonly phone_sealed: Buffer;
  readonly status: PartnerStatus;
  readonly version: number;
  readonly created_at: Date | string;
}

const NAME_OF_LAST = '(SELECT l.name FROM sellers l WHERE l.code = ?)';
const NAME_AFTER = `(s.name > ${NAME_OF_LAST} OR (s.name = ${NAME_OF_LAST} AND s.code > ?))`;
const phoneContext = (code: string) => ({ table: 'sellers', column: 'phone_sealed', rowId: code });
const digitsOf = (phone: string) => phone.replace(/\D/g, '');

/** Sellers (판매자): the people or firms who win agencies. Looked up when an agency is registered. */
@Injectable()
export class SellersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly codes: CodeNumbers,
    private readonly sealer: Sealer,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  /** Those whose code, or name, begins with the query: by code, or by name; all of them, the newest first, without one. */
  async search({ query, limit, cursor }: PageWish & { readonly query?: string }): Promise<Page<Seller>> {
    const last = cursor === undefined ? null : placeOf(cursor).id;
    const rows =
      query === undefined ? await this.newest(last, limit + 1) : await this.like(query, last, limit + 1);
    const found = await Promise.all(rows.map((row) => this.sellerOf(row)));
    return pageOf(found, limit, ({ seq, sellerCode }) => (query === undefined ? String(seq) : sellerCode));
  }

  async add({ name, businessNumber, phone }: NewSeller, actor: string): Promise<Seller> {
    const code = await this.codes.next('SELLER');
    const sealed = await this.sealer.seal('pii', phoneContext(code), digitsOf(phone));
    const at = databaseTime(this.clock.now());
    const row = await this.unitOfWork.run('seller.create', async (tx) => {
      await tx.query(
        `INSERT INTO sellers (code, name, business_number, phone_sealed, status, created_at, updated_at)
         VALUES (?, ?, ?, ?, 'ACTIVE', ?, ?)`,
        [code, name, businessNumber, sealed, at, at],
      );
      await this.audit.record(tx, { actor, action: 'seller.create', target: code, outcome: 'SUCCESS' });
      return rowOf(tx, code);
    });
    return this.sellerOf(row);
  }

  /** Throws SELLER_NOT_FOUND, SELLER_CHANGED, SELLER_STATUS_CONFLICT. */
  async change(code: string, change: SellerChange, actor: string): Promise<Seller> {
    const { version, phone, status, reason } = change;
    if (phone === undefined && status === undefined) {
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'status', code: 'REQUIRED' }] });
    }
    const sealed =
      phone === undefined ? null : await this.sealer.seal('pii', phoneContext(code), digitsOf(phone));
    const changed = [...(phone === undefined ? [] : ['phone']), ...(status === undefined ? [] : ['status'])];
    const row = await this.unitOfWork.run('seller.change', async (tx) => {
      const before = await rowOf(tx, code, 'FOR UPDATE');
      if (before.version !== version) throw fault(AGENCIES_ERRORS, 'SELLER_CHANGED');
      const to = status ?? before.status;
      if (!mayBecome(before.status, to)) throw fault(AGENCIES_ERRORS, 'SELLER_STATUS_CONFLICT');
      await tx.query(
        `UPDATE sellers SET phone_sealed = ?, status = ?, version = version + 1, updated_at = ?
         WHERE code = ? AND version = ?`,
        [sealed ?? before.phone_sealed, to, databaseTime(this.clock.now()), code, version],
      );
      await this.audit.record(tx, {
        ...{ actor, action: 'seller.change', target: code, outcome: 'SUCCESS' },
        details: { changed: changed.join(','), from: before.status, to, reason },
      });
      return rowOf(tx, code);
    });
    return this.sellerOf(row);
  }

  /** Throws SELLER_NOT_FOUND. */
  async assertThere(code: string): Promise<void> {
    await rowOf(this.dataSource.manager, code);
  }

  private newest(before: string | null, count: number): Promise<Row[]> {
    return this.dataSource.manager.query<Row[]>(
      'SELECT s.* FROM sellers s WHERE ? IS NULL OR s.seq < ? ORDER BY s.seq DESC LIMIT ?',
      [before, before, count],
    );
  }

  private like(query: string, after: string | null, count: number): Promise<Row[]> {
    const { by, like } = searchOf(query, 'SELLER');
    const [index, order, goesOn] =
      by === 'code' ? ['PRIMARY', 's.code', 's.code > ?'] : ['ix_sellers_name', 's.name, s.code', NAME_AFTER];
    const place = after === null ? [] : by === 'code' ? [after] : [after, after, after];
    return this.dataSource.manager.query<Row[]>(
      `SELECT s.* FROM sellers s FORCE INDEX (${index}) WHERE s.${by} LIKE ?
       ${after === null ? '' : `AND ${goesOn}`} ORDER BY ${order} LIMIT ?`,
      [like, ...place, count],
    );
  }

  private async sellerOf(row: Row): Promise<Seller> {
    const phone = await this.sealer.open('pii', phoneContext(row.code), row.phone_sealed);
    return {
      seq: Number(row.seq),
      sellerCode: row.code,
      name: row.name,
      businessNumber: row.business_number,
      phone: maskPhone(phone.toString('utf8')),
      status: row.status,
      version: Number(row.version),
      createdAt: fromDatabaseTime(row.created_at),
    };
  }
}

/** Throws SELLER_NOT_FOUND. */
async function rowOf(
  tx: Pick<EntityManager, 'query'>,
  code: string,
  lock: 'FOR UPDATE' | '' = '',
): Promise<Row> {
  const rows = await tx.query<Row[]>(`SELECT * FROM sellers WHERE code = ? ${lock}`, [code]);
  if (rows[0] === undefined) throw fault(AGENCIES_ERRORS, 'SELLER_NOT_FOUND');
  return rows[0];
}
