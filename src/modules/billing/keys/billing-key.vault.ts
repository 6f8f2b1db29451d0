import { Injectable } from '@nestjs/common';
import { BlindIndex } from '../../../common/crypto/blind-index';
import { Sealer } from '../../../common/crypto/sealer';
import { Secret } from '../../../common/masking/secret';
import type { BillingKey } from '../billing.types';

const CUSTOMER_PURPOSE = 'billing-customer';
const FINGERPRINT_PURPOSE = 'order-content';

/** What is kept of a card: enough to charge it, and no password digits. */
export interface KeptCard {
  readonly cardNumber: string;
  /** YYMM */
  readonly cardExpiry: string;
  readonly birthOrBusinessNo?: string;
}

type Owner = Pick<BillingKey, 'billingKey' | 'mid'>;

/** Seals and opens what a billing key stands for. Nothing else reads those columns. */
@Injectable()
export class BillingKeyVault {
  constructor(
    private readonly sealer: Sealer,
    private readonly index: BlindIndex,
  ) {}

  /** 32 bytes by which a merchant's keys of one customer are found. */
  customerIndex(mid: string, customerKey: string): Promise<Buffer> {
    return this.index.fingerprint(CUSTOMER_PURPOSE, `${mid}|${customerKey}`);
  }

  /** 64 hex digits of the keyed fingerprint of an order's content. */
  async contentFingerprint(content: readonly unknown[]): Promise<string> {
    return (await this.index.fingerprint(FINGERPRINT_PURPOSE, JSON.stringify(content))).toString('hex');
  }

  sealCustomerKey(of: Owner, customerKey: string): Promise<Buffer> {
    return this.sealer.seal('pii', place(of, 'customer_key_sealed'), customerKey);
  }

  async openCustomerKey(of: BillingKey): Promise<string> {
    return (await this.sealer.open('pii', place(of, 'customer_key_sealed'), of.customerKeySealed)).toString();
  }

  /** Field by field: a password never gets in by accident. */
  sealCard(of: Owner, { cardNumber, cardExpiry, birthOrBusinessNo }: KeptCard): Promise<Buffer> {
    const kept: KeptCard = { cardNumber, cardExpiry, birthOrBusinessNo };
    return this.sealer.seal('card', place(of, 'card_sealed'), JSON.stringify(kept));
  }

  async openCard(of: BillingKey): Promise<Secret<KeptCard> | null> {
    if (of.cardSealed === null) return null;
    const opened = await this.sealer.open('card', place(of, 'card_sealed'), of.cardSealed);
    return new Secret(JSON.parse(opened.toString()) as KeptCard);
  }

  sealToken(of: Owner, token: Secret<string>): Promise<Buffer> {
    return this.sealer.seal('card', place(of, 'token_sealed'), token.expose());
  }

  async openToken(of: BillingKey): Promise<Secret<string> | null> {
    if (of.tokenSealed === null) return null;
    return new Secret((await this.sealer.open('card', place(of, 'token_sealed'), of.tokenSealed)).toString());
  }
}

function place({ billingKey, mid }: Owner, column: string) {
  return { table: 'billing_keys', column, rowId: billingKey, mid };
}
