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
  readonly routingStrategy: RoutingStrategy;
}

/**
 * How a merchant's payments choose among its contracts of the same priority number: the heaviest first, drawn by weight,
 * or drawn by weight and by how well each acquirer works at the moment.
 */
export const ROUTING_STRATEGIES = ['PRIORITY', 'WEIGHTED', 'ADAPTIVE'] as const;
export type RoutingStrategy = (typeof ROUTING_STRATEGIES)[number];

export const PAYMENT_METHODS = ['CARD', 'VIRTUAL_ACCOUNT', 'BANK_TRANSFER', 'EASY_PAY'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

export const BILLING_STORAGES = ['ACQUIRER_TOKEN', 'SEALED_CARD'] as const;
export type BillingStorage = (typeof BILLING_STORAGES)[number];

export const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A part of the Korean day, `HH:MM` from, to before `to` (`24:00` = its end). A `to` before `from` is on the next day. */
export interface OpenHours {
  readonly from: string;
  readonly to: string;
  /** The days on which it begins; null = every day. */
  readonly days: readonly Weekday[] | null;
}

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
  /** Our names of the card issuers that it takes, e.g. `SHINHAN`; null = all. */
  readonly issuers: readonly string[] | null;
  /** null = always. */
  readonly hours: OpenHours | null;
  /** How billing keys are kept under it; absent = the acquirer's token where the adapter can, else the sealed card. */
  readonly billingStorage?: BillingStorage;
  readonly enabled: boolean;
}

/** A contract in the form in which it may be shown: without its credentials. */
export interface ContractView extends Omit<AcquirerContract, 'credentials' | 'mid'> {
  readonly credentialsSet: boolean;
}

/** One that was taken out. It takes no payments, and what was approved under it is still cancelled under it. */
export interface RemovedContract {
  readonly contractId: string;
  readonly acquirer: string;
  readonly acquirerMerchantId: string;
  readonly removedAt: Date;
}

export interface MerchantContracts {
  readonly mid: string;
  readonly strategy: RoutingStrategy;
  /** Grows with every change; a change names the one that it starts from. */
  readonly version: number;
  readonly contracts: readonly ContractView[];
  readonly removed: readonly RemovedContract[];
}

/** A contract as it shall be. Known by acquirer and acquirerMerchantId; without credentials it keeps those it has. */
export interface WantedContract extends Omit<AcquirerContract, 'contractId' | 'mid' | 'credentials'> {
  readonly credentials?: Secret<Readonly<Record<string, string>>>;
}

/** All contracts of a merchant as they shall be: one that is not named is removed. */
export interface ContractsReplacement {
  readonly mid: string;
  readonly strategy: RoutingStrategy;
  readonly fromVersion: number;
  readonly contracts: readonly WantedContract[];
  readonly reason: string;
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

/** MATCHED, DIFFERENT: what the bank said of the holder. UNCHECKED: nobody could be asked, an operator has to look. */
export const HOLDER_CHECKS = ['MATCHED', 'DIFFERENT', 'UNCHECKED'] as const;
export type HolderCheck = (typeof HOLDER_CHECKS)[number];

/** Where a merchant's money is paid out to. */
export interface SettlementAccount {
  /** Three digits. */
  readonly bankCode: string;
  /** Digits only. */
  readonly accountNumber: Secret<string>;
  readonly holderName: string;
  readonly holderCheck: HolderCheck;
}

/** What the approval of a service application makes. */
export interface MerchantOpening {
  readonly mid: string;
  /** null: the merchant is there, and gets the contracts and services only. */
  readonly opened: {
    readonly merchant: Merchant;
    readonly sellerCode: string | null;
    readonly account: SettlementAccount;
  } | null;
  /** Each with its credentials; none that the merchant has already. */
  readonly contracts: readonly WantedContract[];
  readonly services: readonly string[];
}

/** A merchant's first keys. Shown once, to the merchant. */
export interface FirstKeys {
  readonly secretKey: string;
  readonly encryptionKey: { readonly kid: string; readonly key: string };
}

/** An opening with everything sealed, ready to be written in one transaction. */
export interface PreparedOpening {
  readonly mid: string;
  readonly merchant: Merchant | null;
  readonly sellerCode: string | null;
  readonly contracts: readonly SealedContract[];
  readonly services: readonly string[];
  /** null for a merchant that is there. */
  readonly keys: Secret<FirstKeys> | null;
  readonly encryptionKeySealed: Buffer | null;
  readonly account: SealedAccount | null;
}

export interface SealedContract extends Omit<NewContract, 'credentials'> {
  readonly id: string;
  readonly mid: string;
  readonly credentialsSealed: Buffer;
}

export interface SealedAccount {
  readonly bankCode: string;
  readonly sealed: Buffer;
  readonly masked: string;
  readonly holderName: string;
  readonly holderCheck: HolderCheck;
}
