import type { Secret } from '../../common/masking/secret';

export type MerchantStatus = 'ACTIVE' | 'SUSPENDED' | 'CLOSED';

export interface Merchant {
  readonly mid: string;
  readonly name: string;
  readonly businessNumber: string;
  readonly representative: string;
  readonly address: string;
  readonly phone: string;
  readonly status: MerchantStatus;
  readonly agencyCode: string | null;
  /** Whether this merchant's old systems may send AES-256-CBC with HMAC instead of a JWE. Off unless contracted. */
  readonly legacyEncryptionAllowed: boolean;
}

export type PaymentMethod = 'CARD' | 'VIRTUAL_ACCOUNT' | 'BANK_TRANSFER' | 'EASY_PAY';

/** A merchant's contract with one acquirer. Amounts are whole won; null = no limit. */
export interface AcquirerContract {
  readonly contractId: string;
  readonly mid: string;
  /** The acquirer's registered name, e.g. `toss`. */
  readonly acquirer: string;
  /** The merchant id that the acquirer gave. */
  readonly acquirerMerchantId: string;
  /** As that acquirer names them, e.g. `secretKey`. */
  readonly credentials: Secret<Readonly<Record<string, string>>>;
  readonly methods: readonly PaymentMethod[];
  /** Lower goes first. */
  readonly priority: number;
  readonly weight: number;
  readonly amountMin: number;
  readonly amountMax: number;
  readonly dailyLimit: number | null;
  readonly monthlyLimit: number | null;
  /** null = the configured default. Milliseconds. */
  readonly connectTimeoutMs: number | null;
  readonly answerTimeoutMs: number | null;
  readonly enabled: boolean;
}

/** What an encrypted request held, once opened. */
export interface OpenedRequest {
  readonly plaintext: unknown;
  /** SHA-256 of the ciphertext as sent: equal for the same bytes sent again, and only for those. */
  readonly requestHash: Buffer;
}

/** Whose secret key it is. */
export interface AuthenticatedKey {
  readonly mid: string;
  readonly keyId: string;
}

export type ApiKeyStatus = 'LIVE' | 'EXPIRED' | 'REVOKED';

export interface ApiKeyView {
  readonly id: string;
  /** Prefix and last four characters of the secret. */
  readonly hint: string;
  readonly status: ApiKeyStatus;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface IssuedApiKey extends ApiKeyView {
  /** Shown once. */
  readonly secret: Secret<string>;
}

export interface EncryptionKeyView {
  readonly kid: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

export interface IssuedEncryptionKey extends EncryptionKeyView {
  /** 32 bytes in base64. Shown once. */
  readonly key: Secret<string>;
}

/** A contract to be made; see AcquirerContract for the fields. */
export type NewContract = Omit<AcquirerContract, 'contractId' | 'mid'>;

/** A merchant to be made with its contracts, and its keys where they are given beforehand. */
export interface NewMerchant {
  readonly merchant: Merchant;
  readonly contracts: readonly NewContract[];
  readonly secretKey?: Secret<string>;
  readonly encryptionKey?: { readonly kid: string; readonly material: Secret<Buffer> };
}
