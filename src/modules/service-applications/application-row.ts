import type { SealContext } from '../../common/crypto/sealed-form';
import { wonFromDatabase } from '../../common/money/won';
import { fromDatabaseTime } from '../../common/time/korean-time';
import type { Tier } from '../fees/fees.types';
import type { HolderCheck } from '../merchants/merchants.types';
import type { ApplicationStatus } from './application.state';
import type {
  Application,
  ApplicationDocument,
  ApplicationEvent,
  ApplicationKind,
} from './service-applications.types';

export type Row = Readonly<Record<string, string | number | Buffer | Date | null>>;

const text = (row: Row, column: string) => row[column] as string | null;
const list = (value: string | null) => (value === null || value === '' ? [] : value.split(','));
const time = (row: Row, column: string) =>
  row[column] === null ? null : fromDatabaseTime(row[column] as string | Date);

export function applicationFromRow(row: Row): Application {
  return {
    applicationId: text(row, 'id')!,
    memberId: text(row, 'member_id')!,
    kind: text(row, 'kind') as ApplicationKind,
    mid: text(row, 'mid'),
    reservedMid: text(row, 'reserved_mid'),
    status: text(row, 'status') as ApplicationStatus,
    version: Number(row.version),
    services: list(text(row, 'services')),
    businessNumber: text(row, 'business_number'),
    corporateNumber: text(row, 'corporate_number'),
    companyName: text(row, 'company_name'),
    representative: text(row, 'representative'),
    address: text(row, 'address'),
    phone: text(row, 'phone'),
    email: text(row, 'email'),
    expectedYearlySales:
      row.yearly_sales === null ? null : wonFromDatabase(row.yearly_sales as string | number),
    tier: text(row, 'tier') as Tier | null,
    account: accountOf(row),
    holderCheck: text(row, 'holder_check') as HolderCheck | null,
    agencyCode: text(row, 'agency_code'),
    sellerCode: text(row, 'seller_code'),
    documents: JSON.parse(text(row, 'documents')!) as ApplicationDocument[],
    reason: text(row, 'reason'),
    requestedFields: list(text(row, 'requested_fields')),
    keysWaiting: row.keys_sealed !== null && row.keys_gone_at === null,
    createdAt: time(row, 'created_at')!,
    submittedAt: time(row, 'submitted_at'),
    decidedAt: time(row, 'decided_at'),
  };
}

/** What an application that is about to be inserted with these columns will be read as. */
export function draftFromColumns(columns: Row, at: Date): Application {
  return applicationFromRow({ ...UNSAID, ...columns, status: 'DRAFT', version: 1, created_at: at });
}

const UNSAID: Row = Object.fromEntries(
  [
    ...[
      'mid',
      'reserved_mid',
      'business_number',
      'corporate_number',
      'company_name',
      'representative',
      'address',
    ],
    ...[
      'phone',
      'email',
      'yearly_sales',
      'tier',
      'bank_code',
      'account_sealed',
      'account_masked',
      'holder_name',
    ],
    ...[
      'holder_check',
      'agency_code',
      'seller_code',
      'reason',
      'requested_fields',
      'keys_sealed',
      'keys_gone_at',
    ],
    ...['submitted_at', 'decided_at'],
  ].map((column) => [column, null]),
);

function accountOf(row: Row): Application['account'] {
  if (row.account_sealed === null) return null;
  return {
    bankCode: text(row, 'bank_code')!,
    sealed: row.account_sealed as Buffer,
    masked: text(row, 'account_masked')!,
    holderName: text(row, 'holder_name')!,
  };
}

export function eventFromRow(row: Row): ApplicationEvent {
  return {
    from: text(row, 'from_status') as ApplicationStatus | null,
    to: text(row, 'to_status') as ApplicationStatus,
    actor: text(row, 'actor')!,
    reason: text(row, 'reason'),
    fields: list(text(row, 'fields')),
    occurredAt: time(row, 'occurred_at')!,
  };
}

export const accountContext = (applicationId: string): SealContext => ({
  table: 'service_applications',
  column: 'account_sealed',
  rowId: applicationId,
});

export const keysContext = (applicationId: string, mid: string): SealContext => ({
  table: 'service_applications',
  column: 'keys_sealed',
  rowId: applicationId,
  mid,
});
