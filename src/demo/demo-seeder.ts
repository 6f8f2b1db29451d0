import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config';
import { AgenciesFacade } from '../modules/agencies/agencies.facade';
import { BranchesFacade } from '../modules/branches/branches.facade';
import { MembersFacade } from '../modules/members/members.facade';
import { MerchantsFacade } from '../modules/merchants/merchants.facade';
import { DEMO_ACTOR, DEMO_AGENCY, DEMO_BRANCHES, DEMO_MEMBERS, DEMO_MERCHANTS } from './demo-data';

/** How many of each were new. */
export interface SeedReport {
  readonly agencies: number;
  readonly merchants: number;
  readonly branches: number;
  readonly members: number;
}

/** Puts the demo data into the database. Running it again adds what is missing and changes nothing that is there. */
@Injectable()
export class DemoSeeder {
  constructor(
    private readonly config: AppConfig,
    private readonly branches: BranchesFacade,
    private readonly agencies: AgenciesFacade,
    private readonly merchants: MerchantsFacade,
    private readonly members: MembersFacade,
  ) {}

  /** Throws in every environment but local and dev. */
  async seed(): Promise<SeedReport> {
    if (!this.config.demo)
      throw new Error(`demo data is for local and dev only (APP_ENV=${this.config.environment})`);
    return {
      agencies: await added([DEMO_AGENCY], (agency) => this.agencies.ensureAgency(agency)),
      merchants: await added(DEMO_MERCHANTS, (merchant) =>
        this.merchants.ensureMerchant(merchant, DEMO_ACTOR),
      ),
      branches: await added(DEMO_BRANCHES, (branch) => this.branches.ensureBranch(branch)),
      members: await added(DEMO_MEMBERS, (member) => this.members.ensureDemoMember(member)),
    };
  }
}

/** One after the other: later rows refer to earlier ones. */
async function added<T>(wanted: readonly T[], ensure: (item: T) => Promise<boolean>): Promise<number> {
  let count = 0;
  for (const item of wanted) {
    if (await ensure(item)) count += 1;
  }
  return count;
}
