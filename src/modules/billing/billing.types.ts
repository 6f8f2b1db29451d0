import type { BillingStorage } from '../merchants/merchants.types';
import type { BillingKeyStatus } from './keys/billing-key.state';

/** A billing key as it is stored. Its card or token is sealed and stays in the vault. Times are instants. */
export interface BillingKey {
  readonly billingKey: string;
  readonly mid: string;
  readonly status: BillingKeyStatus;
  /** Grows with every change; the fence of every compare-and-set. */
  readonly version: number;
  readonly storage: BillingStorage;
  /** It stays with the contract that issued it. */
  readonly contractId: string;
  readonly acquirer: string;
  readonly customerKeySealed: Buffer;
  readonly cardSealed: Buffer | null;
  readonly tokenSealed: Buffer | null;
  readonly cardFirst6: string;
  readonly cardLast4: string;
  readonly cardNumberLength: number;
  readonly cardIssuer: string | null;
  readonly cardType: string | null;
  readonly cardOwnerType: string | null;
  readonly failureCode: string | null;
  readonly failureAcquirerCode: string | null;
  readonly failureAcquirerMessage: string | null;
  readonly tries: number;
  readonly issuedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly createdAt: Date;
}

/** A billing key with the customer that it is for. */
export interface CustomersBillingKey extends BillingKey {
  readonly customerKey: string;
}
