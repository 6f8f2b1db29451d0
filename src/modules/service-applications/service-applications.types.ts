import type { Secret } from '../../common/masking/secret';
import type { FileView } from '../files/files.types';
import type { HolderCheck } from '../merchants/merchants.types';
import type { Tier } from '../fees/fees.types';
import type { ApplicationStatus } from './application.state';

/** Papers that services ask for. OTHER is never needed. */
export const DOCUMENT_KINDS = [
  'BUSINESS_LICENSE',
  'CORPORATE_REGISTER',
  'BANKBOOK',
  'ID_CARD',
  'SEAL_CERTIFICATE',
  'OTHER',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** NEW_MERCHANT: of a member that has no merchant yet. MORE_SERVICES: of a merchant's owner. */
export type ApplicationKind = 'NEW_MERCHANT' | 'MORE_SERVICES';

/** A service that can be applied for, as it holds today. */
export interface ServiceCode {
  readonly code: string;
  readonly name: { readonly ko: string; readonly en: string };
  readonly conditions: { readonly ko: string; readonly en: string };
  /** What tier GENERAL pays, ppm of the amount; null = agreed one by one. */
  readonly ratePpm: number | null;
  /** Won for each payment; null = agreed one by one. */
  readonly fixedFee: number | null;
  readonly documents: readonly DocumentKind[];
  /** Korean day. */
  readonly effectiveFrom: string;
}

export interface ApplicationDocument {
  readonly kind: DocumentKind;
  readonly fileId: string;
}

export interface WantedAccount {
  readonly bankCode: string;
  readonly accountNumber: Secret<string>;
  readonly holderName: string;
}

/** What an applicant says. Undefined: not said, or as it was; null: none. */
export interface ApplicationContent {
  readonly services?: readonly string[];
  readonly businessNumber?: string;
  readonly corporateNumber?: string | null;
  readonly companyName?: string;
  readonly representative?: string;
  readonly address?: string;
  readonly phone?: string;
  readonly email?: string;
  /** Won. */
  readonly expectedYearlySales?: number;
  readonly settlementAccount?: WantedAccount;
  readonly agencyCode?: string | null;
  readonly sellerCode?: string | null;
  readonly documents?: readonly ApplicationDocument[];
}

export interface KeptAccount {
  readonly bankCode: string;
  readonly sealed: Buffer;
  readonly masked: string;
  readonly holderName: string;
}

export interface Application {
  readonly applicationId: string;
  readonly memberId: string;
  readonly kind: ApplicationKind;
  /** The merchant that it is for, or that came of it. */
  readonly mid: string | null;
  readonly reservedMid: string | null;
  readonly status: ApplicationStatus;
  readonly version: number;
  /** Codes in alphabetic order. */
  readonly services: readonly string[];
  readonly businessNumber: string | null;
  readonly corporateNumber: string | null;
  readonly companyName: string | null;
  readonly representative: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly expectedYearlySales: number | null;
  readonly tier: Tier | null;
  readonly account: KeptAccount | null;
  readonly holderCheck: HolderCheck | null;
  readonly agencyCode: string | null;
  readonly sellerCode: string | null;
  readonly documents: readonly ApplicationDocument[];
  /** Why changes were asked for, or why it was refused. */
  readonly reason: string | null;
  readonly requestedFields: readonly string[];
  /** Whether the first keys wait for the applicant. */
  readonly keysWaiting: boolean;
  readonly createdAt: Date;
  readonly submittedAt: Date | null;
  readonly decidedAt: Date | null;
}

export interface ApplicationEvent {
  readonly from: ApplicationStatus | null;
  readonly to: ApplicationStatus;
  readonly actor: string;
  readonly reason: string | null;
  readonly fields: readonly string[];
  readonly occurredAt: Date;
}

/** A service that was approved and cannot be used yet, and what is wanting. */
export interface MissingForService {
  readonly service: string;
  readonly code: 'NO_CONTRACT' | 'CONTRACT_DISABLED';
}

export interface ApplicationDetail {
  readonly application: Application;
  readonly files: readonly FileView[];
  readonly events: readonly ApplicationEvent[];
  /** Of an approved one. */
  readonly missing: readonly MissingForService[];
}

export interface ApplicationPageQuery {
  readonly limit: number;
  readonly cursor?: string;
  readonly status?: ApplicationStatus;
  readonly agencyCode?: string;
  /** Ten digits: exactly this business number; anything else: the beginning of a company's name. */
  readonly query?: string;
}

/** Whose applications: a member's own, a merchant's, or all. */
export type ApplicationScope =
  { readonly memberId: string } | { readonly mid: string; readonly memberId: string } | 'ALL';
