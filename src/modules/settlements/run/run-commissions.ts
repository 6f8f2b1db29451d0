import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { places } from '../../../common/db/places';
import { AgenciesFacade } from '../../agencies/agencies.facade';
import { type CommissionShare, type CommissionWish, sharesUnder } from './commission-shares.policy';

/** Who earns of each merchant's fees on the day of capture. */
export type CommissionBook = (mid: string, policy: CommissionWish) => readonly CommissionShare[];

/** What the daily run asks about commissions. */
export abstract class RunCommissions {
  abstract on(day: string, mids: readonly string[]): Promise<CommissionBook>;
}

/** By the tree of agencies: a few statements for each agency, whatever the number of its merchants. */
@Injectable()
export class AgencyCommissions extends RunCommissions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly agencies: AgenciesFacade,
  ) {
    super();
  }

  async on(day: string, mids: readonly string[]): Promise<CommissionBook> {
    if (mids.length === 0) return () => [];
    const rows = await this.dataSource.manager.query<{ mid: string; agency_code: string }[]>(
      `SELECT mid, agency_code FROM merchants WHERE mid IN (${places(mids)}) AND agency_code IS NOT NULL`,
      [...mids],
    );
    const agencyOf = new Map(rows.map(({ mid, agency_code }) => [mid, agency_code]));
    const known = new Map<string, { sellerCode: string | null; agreed: readonly CommissionShare[] }>();
    for (const agencyCode of new Set(agencyOf.values())) {
      const agency = await this.agencies.findAgency(agencyCode);
      const agreed = await this.agencies.commissionsFor(agencyCode, day);
      known.set(agencyCode, { sellerCode: agency?.sellerCode ?? null, agreed });
    }
    return (mid, policy) => {
      const agencyCode = agencyOf.get(mid);
      const found = agencyCode === undefined ? undefined : known.get(agencyCode);
      if (agencyCode === undefined || found === undefined) return [];
      return sharesUnder(found.agreed, { agencyCode, sellerCode: found.sellerCode }, policy);
    };
  }
}
