import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '../../common/http/principal';
import { cursorAfter, placeOf } from '../../common/pagination/cursor';
import { fromDatabaseTime } from '../../common/time/korean-time';
import { AgenciesFacade } from '../agencies/agencies.facade';
import type { MerchantStatus } from './merchants.types';

/** A merchant as the agency that brought it sees it. */
export interface BroughtMerchant {
  readonly mid: string;
  readonly name: string;
  readonly businessNumber: string;
  readonly representative: string;
  readonly status: MerchantStatus;
  readonly agencyCode: string;
  readonly createdAt: Date;
}

/** The merchants that an agency and those below it brought in. */
@Injectable()
export class AgencyMerchants {
  constructor(
    private readonly dataSource: DataSource,
    private readonly agencies: AgenciesFacade,
  ) {}

  /** The newest first: a mid is a number that grows. Throws AGENCY_NOT_FOUND for an agency that is not the caller's. */
  async list(
    principal: Principal,
    agencyCode: string,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string },
  ): Promise<{ readonly data: readonly BroughtMerchant[]; readonly nextCursor: string | null }> {
    await this.agencies.ownAgency(principal, agencyCode);
    const before = cursor === undefined ? null : placeOf(cursor).id;
    const found = await this.dataSource.manager.query<
      (Omit<BroughtMerchant, 'createdAt'> & { at: string })[]
    >(
      `SELECT STRAIGHT_JOIN m.mid, m.name, m.business_number AS businessNumber, m.representative, m.status,
         m.agency_code AS agencyCode, m.created_at AS at
       FROM agency_merchants v FORCE INDEX (PRIMARY) JOIN merchants m ON m.mid = v.mid
       WHERE v.ancestor_code = ? ${before === null ? '' : 'AND v.mid < ?'} ORDER BY v.mid DESC LIMIT ?`,
      [agencyCode, ...(before === null ? [] : [before]), limit + 1],
    );
    const data = found.slice(0, limit).map(({ at, ...row }) => ({ ...row, createdAt: fromDatabaseTime(at) }));
    const last = data.at(-1);
    const more = found.length > limit && last !== undefined;
    return { data, nextCursor: more ? cursorAfter({ at: last.createdAt, id: last.mid }) : null };
  }
}
