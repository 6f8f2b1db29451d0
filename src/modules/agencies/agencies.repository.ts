import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { DataScope } from '../../common/http/data-scope';
import { fromDatabaseTime } from '../../common/time/korean-time';
import type { RegisteredAgency } from './agencies.types';
import { isWithin } from './agency-tree';
import { searchOf } from './code-numbers';

type Row = Readonly<Record<string, string | number | null>>;
type Reader = Pick<EntityManager, 'query'>;

const COLUMNS = `a.seq, a.code, a.parent_code, a.name, a.business_number, a.representative, a.phone, a.email, a.status,
  a.seller_code, a.bank_code, a.version, a.created_at`;

@Injectable()
export class AgenciesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Of any status; null when there is none. */
  async find(code: string, tx: Reader = this.dataSource.manager): Promise<RegisteredAgency | null> {
    const rows = await tx.query<Row[]>(`SELECT ${COLUMNS} FROM agencies a WHERE a.code = ?`, [code]);
    return rows[0] === undefined ? null : agencyFromRow(rows[0]);
  }

  /** Reads it and holds its row until the transaction ends. */
  async hold(tx: EntityManager, code: string): Promise<RegisteredAgency | null> {
    const rows = await tx.query<Row[]>(`SELECT ${COLUMNS} FROM agencies a WHERE a.code = ? FOR UPDATE`, [
      code,
    ]);
    return rows[0] === undefined ? null : agencyFromRow(rows[0]);
  }

  /** Whether it is this agency or below it. */
  isWithin(ancestorCode: string, code: string): Promise<boolean> {
    return isWithin(this.dataSource.manager, ancestorCode, code);
  }

  /** The newest first; in an agency's scope itself and those below it. */
  async newest(scope: DataScope, before: string | null, count: number): Promise<RegisteredAgency[]> {
    const rows =
      scope.kind === 'AGENCY'
        ? await this.dataSource.manager.query<Row[]>(
            `SELECT ${COLUMNS} FROM agency_paths p FORCE INDEX (ix_agency_paths_seq)
               JOIN agencies a ON a.code = p.agency_code
             WHERE p.ancestor_code = ? AND (? IS NULL OR p.agency_seq < ?) ORDER BY p.agency_seq DESC LIMIT ?`,
            [scope.agencyCode, before, before, count],
          )
        : await this.dataSource.manager.query<Row[]>(
            `SELECT ${COLUMNS} FROM agencies a WHERE ? IS NULL OR a.seq < ? ORDER BY a.seq DESC LIMIT ?`,
            [before, before, count],
          );
    return rows.map(agencyFromRow);
  }

  /** Those whose code, or name, begins with the query: by code, or by name and code; `after` is the last code seen. */
  async search(
    scope: DataScope,
    query: string,
    after: string | null,
    count: number,
  ): Promise<RegisteredAgency[]> {
    const { by, like } = searchOf(query, 'AGENCY');
    const own =
      scope.kind === 'AGENCY' ? 'JOIN agency_paths p ON p.ancestor_code = ? AND p.agency_code = a.code' : '';
    const values = scope.kind === 'AGENCY' ? [scope.agencyCode, like] : [like];
    const goesOn = by === 'code' ? 'a.code > ?' : NAME_AFTER;
    const order = by === 'code' ? 'a.code' : 'a.name, a.code';
    const index = by === 'code' ? 'PRIMARY' : 'ix_agencies_name';
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM agencies a FORCE INDEX (${index}) ${own}
       WHERE a.${by} LIKE ? ${after === null ? '' : `AND ${goesOn}`} ORDER BY ${order} LIMIT ?`,
      [...values, ...(after === null ? [] : by === 'code' ? [after] : [after, after, after]), count],
    );
    return rows.map(agencyFromRow);
  }
}

const NAME_OF_LAST = '(SELECT l.name FROM agencies l WHERE l.code = ?)';
const NAME_AFTER = `(a.name > ${NAME_OF_LAST} OR (a.name = ${NAME_OF_LAST} AND a.code > ?))`;

function agencyFromRow(row: Row): RegisteredAgency {
  const text = (name: string) => row[name] as string | null;
  return {
    seq: Number(row.seq),
    agencyCode: row.code as string,
    parentCode: text('parent_code'),
    name: row.name as string,
    businessNumber: text('business_number'),
    representative: row.representative as string,
    phone: row.phone as string,
    email: text('email'),
    status: row.status as RegisteredAgency['status'],
    sellerCode: text('seller_code'),
    bankCode: text('bank_code'),
    version: Number(row.version),
    createdAt: fromDatabaseTime(row.created_at as string),
  };
}
