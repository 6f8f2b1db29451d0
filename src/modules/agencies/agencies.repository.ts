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
    // Within a tree by its paths, which hold name and code: among all agencies few may be of the tree.
    const within = scope.kind === 'AGENCY';
    const [code, name] = within ? ['p.agency_code', 'p.agency_name'] : ['a.code', 'a.name'];
    const index = by === 'code' ? 'PRIMARY' : `ix_agenc${within ? 'y_paths' : 'ies'}_name`;
    const from = within
      ? `agency_paths p FORCE INDEX (${index}) JOIN agencies a ON a.code = p.agency_code`
      : `agencies a FORCE INDEX (${index})`;
    const conditions = [...(within ? ['p.ancestor_code = ?'] : []), `${by === 'code' ? code : name} LIKE ?`];
    const values = [...(within ? [scope.agencyCode] : []), like];
    if (after !== null && by === 'code') {
      conditions.push(`${code} > ?`);
      values.push(after);
    } else if (after !== null) {
      conditions.push(`(${name} > ${NAME_OF_LAST} OR (${name} = ${NAME_OF_LAST} AND ${code} > ?))`);
      values.push(after, after, after);
    }
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT STRAIGHT_JOIN ${COLUMNS} FROM ${from} WHERE ${conditions.join(' AND ')}
       ORDER BY ${by === 'code' ? code : `${name}, ${code}`} LIMIT ?`,
      [...values, count],
    );
    return rows.map(agencyFromRow);
  }
}

const NAME_OF_LAST = '(SELECT l.name FROM agencies l WHERE l.code = ?)';

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
