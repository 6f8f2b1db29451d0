import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '../config/app-config';
import { MembersFacade } from '../modules/members/members.facade';
import { MerchantsFacade } from '../modules/merchants/merchants.facade';
import { AgenciesFacade } from '../modules/agencies/agencies.facade';
import { BranchesFacade } from '../modules/branches/branches.facade';
import { DEMO_AGENCY, DEMO_BRANCHES, DEMO_MEMBERS, DEMO_MERCHANTS } from './demo-data';

/**
 * Outside local and dev the gateway refuses to start on a database that holds anything of the demo data: everybody knows
 * its secrets. It also refuses demo keys when they are used, see ApiKeysService and EncryptedRequests. What is looked
 * for is in demo rows only: a real member may be called operator.
 */
@Injectable()
export class DemoGuard implements OnApplicationBootstrap {
  constructor(
    private readonly config: AppConfig,
    private readonly merchants: MerchantsFacade,
    private readonly members: MembersFacade,
    private readonly branches: BranchesFacade,
    private readonly agencies: AgenciesFacade,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    return this.refuseDemoData();
  }

  /** Throws when APP_ENV is not local or dev and demo data is found. Revoked demo keys count too. */
  async refuseDemoData(): Promise<void> {
    if (this.config.demo) return;
    const found = await this.merchants.demoRowsAmong(DEMO_MERCHANTS);
    if (await this.branches.holdsAny(DEMO_BRANCHES)) found.push('demo branches');
    if (await this.agencies.holds(DEMO_AGENCY)) found.push('demo agencies');
    for (const loginId of await this.members.demoLoginsAmong(DEMO_MEMBERS)) {
      found.push(`the demo login ${loginId}`);
    }
    if (found.length > 0) {
      throw new Error(`APP_ENV=${this.config.environment} refuses a database with ${found.join(', ')}`);
    }
  }
}
