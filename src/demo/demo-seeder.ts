import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../common/db/unit-of-work';
import { AppConfig } from '../config/app-config';
import { AgenciesFacade } from '../modules/agencies/agencies.facade';
import { BranchesFacade } from '../modules/branches/branches.facade';
import { FeesFacade } from '../modules/fees/fees.facade';
import { MembersFacade } from '../modules/members/members.facade';
import { MerchantsFacade } from '../modules/merchants/merchants.facade';
import {
  DEMO_ACTOR,
  DEMO_AGENCY,
  DEMO_BRANCHES,
  DEMO_MEMBERS,
  DEMO_MERCHANTS,
  DEMO_POLICIES_FROM,
  DEMO_TIER,
} from './demo-data';

/** How many of each were new. */
export interface SeedReport {
  readonly agencies: number;
  readonly merchants: number;
  /** Merchants that were given the rates of a tier. */
  readonly feePolicies: number;
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
    private readonly fees: FeesFacade,
    private readonly unitOfWork: UnitOfWork,
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
      feePolicies: await added(DEMO_MERCHANTS, ({ merchant }) => this.ensureFees(merchant.mid)),
      branches: await added(DEMO_BRANCHES, (branch) => this.branches.ensureBranch(branch)),
      members: await added(DEMO_MEMBERS, (member) => this.members.ensureDemoMember(member)),
    };
  }

  /** As an approved application would, so that traffic of days before the seeding is settled too. */
  private ensureFees(mid: string): Promise<boolean> {
    const from = DEMO_POLICIES_FROM;
    return this.unitOfWork.run('demo.fees', (tx) =>
      this.fees.ensureMerchantPolicy(tx, { mid, tier: DEMO_TIER, from, actor: DEMO_ACTOR }),
    );
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
