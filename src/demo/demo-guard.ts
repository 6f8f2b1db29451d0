import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '../config/app-config';
import { MembersFacade } from '../modules/members/members.facade';
import { MerchantsFacade } from '../modules/merchants/merchants.facade';
import { DEMO_KIDS, DEMO_MEMBERS, DEMO_SECRET_KEYS } from './demo-data';

/**
 * Outside local and dev the gateway refuses to start on a database that holds demo keys or logins: everybody knows
 * their secrets. It also refuses such keys when they are used, see ApiKeysService and EncryptedRequests.
 */
@Injectable()
export class DemoGuard implements OnApplicationBootstrap {
  constructor(
    private readonly config: AppConfig,
    private readonly merchants: MerchantsFacade,
    private readonly members: MembersFacade,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    return this.refuseDemoData();
  }

  /** Throws when APP_ENV is not local or dev and demo data is found. Revoked demo keys count too. */
  async refuseDemoData(): Promise<void> {
    if (this.config.demo) return;
    const found: string[] = [];
    if (await this.merchants.holdsAnyKey(DEMO_SECRET_KEYS, DEMO_KIDS)) found.push('demo keys');
    for (const { loginId } of DEMO_MEMBERS) {
      if ((await this.members.findByLoginId(loginId)) !== null) found.push(`the demo login ${loginId}`);
    }
    if (found.length > 0) {
      throw new Error(`APP_ENV=${this.config.environment} refuses a database with ${found.join(', ')}`);
    }
  }
}
