import { fromDatabaseTime } from '../../../common/time/korean-time';
import type { BillingKey } from '../billing.types';

export type Row = Readonly<Record<string, string | number | Buffer | Date | null>>;

const text = (row: Row, column: string) => row[column] as string;
const textOrNull = (row: Row, column: string) => (row[column] ?? null) as string | null;
const timeOrNull = (row: Row, column: string) => {
  const value = row[column] as string | Date | null;
  return value === null ? null : fromDatabaseTime(value);
};

export function billingKeyFromRow(row: Row): BillingKey {
  return {
    billingKey: text(row, 'id'),
    mid: text(row, 'mid'),
    status: text(row, 'status') as BillingKey['status'],
    version: Number(row.version),
    storage: text(row, 'storage') as BillingKey['storage'],
    contractId: text(row, 'contract_id'),
    acquirer: text(row, 'acquirer'),
    customerKeySealed: row.customer_key_sealed as Buffer,
    cardSealed: row.card_sealed as Buffer | null,
    tokenSealed: row.token_sealed as Buffer | null,
    cardFirst6: text(row, 'card_first6'),
    cardLast4: text(row, 'card_last4'),
    cardNumberLength: Number(row.card_number_length),
    cardIssuer: textOrNull(row, 'card_issuer'),
    cardType: textOrNull(row, 'card_type'),
    cardOwnerType: textOrNull(row, 'card_owner_type'),
    failureCode: textOrNull(row, 'failure_code'),
    failureAcquirerCode: textOrNull(row, 'failure_acquirer_code'),
    failureAcquirerMessage: textOrNull(row, 'failure_acquirer_message'),
    tries: Number(row.tries),
    issuedAt: timeOrNull(row, 'issued_at'),
    revokedAt: timeOrNull(row, 'revoked_at'),
    createdAt: timeOrNull(row, 'created_at')!,
  };
}
