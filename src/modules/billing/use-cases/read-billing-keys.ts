import { Injectable } from '@nestjs/common';
import { fault } from '../../../common/errors/app-error';
import { isId } from '../../../common/ids/id';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { BILLING_ERRORS } from '../billing.errors';
import type { BillingKey, CustomersBillingKey } from '../billing.types';
import { BillingKeyVault } from '../keys/billing-key.vault';
import { BillingKeysRepository } from '../keys/billing-keys.repository';

const LIMIT_DEFAULT = 50;

@Injectable()
export class ReadBillingKeys {
  constructor(
    private readonly keys: BillingKeysRepository,
    private readonly vault: BillingKeyVault,
  ) {}

  /** Throws BILLING_KEY_NOT_FOUND, of another merchant's key too. */
  async byId(mid: string, billingKey: string): Promise<CustomersBillingKey> {
    const key = isId('bil', billingKey) ? await this.keys.find(mid, billingKey) : null;
    if (key === null) throw fault(BILLING_ERRORS, 'BILLING_KEY_NOT_FOUND');
    return this.opened(key);
  }

  /** A customer's keys, newest first. */
  async ofCustomer(
    mid: string,
    { customerKey, limit = LIMIT_DEFAULT, cursor }: { customerKey: string; limit?: number; cursor?: string },
  ): Promise<{ keys: CustomersBillingKey[]; nextCursor: string | null }> {
    const before = cursor === undefined ? null : placeOf(cursor).id;
    const index = await this.vault.customerIndex(mid, customerKey);
    const found = await this.keys.list(mid, index, { limit: limit + 1, before });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const more = found.length > limit && last !== undefined;
    return {
      keys: await Promise.all(shown.map((key) => this.opened(key))),
      nextCursor: more ? cursorAfter({ at: last.createdAt, id: last.billingKey }) : null,
    };
  }

  async opened(key: BillingKey): Promise<CustomersBillingKey> {
    return { ...key, customerKey: await this.vault.openCustomerKey(key) };
  }
}
