import { wonFromDatabase } from '../../common/money/won';
import { fromDatabaseTime } from '../../common/time/korean-time';
import type { SmsPaymentStatus } from './sms-payment.state';
import type { SmsPayment, SmsPaymentEvent } from './sms-payments.types';

export type Row = Record<string, string | number | Buffer | null>;

const text = (row: Row, column: string) => row[column] as string | null;
const time = (row: Row, column: string) =>
  row[column] === null ? null : fromDatabaseTime(row[column] as string);

export function smsPaymentFromRow(row: Row): SmsPayment {
  return {
    smsPaymentId: row.id as string,
    mid: row.mid as string,
    branchId: text(row, 'branch_id'),
    orderNo: row.order_no as string,
    amount: wonFromDatabase(row.amount as string | number),
    taxFreeAmount: wonFromDatabase(row.tax_free_amount as string | number),
    goodsName: row.goods_name as string,
    buyerName: text(row, 'buyer_name'),
    phoneSealed: row.phone_sealed as Buffer,
    phoneIndex: row.phone_index as Buffer,
    installmentMonthsMax: Number(row.installment_months_max),
    status: row.status as SmsPaymentStatus,
    version: Number(row.version),
    paymentId: text(row, 'payment_id'),
    failureCode: text(row, 'failure_code'),
    linkSends: Number(row.link_sends),
    linkSentAt: time(row, 'link_sent_at')!,
    codeHash: row.code_hash as Buffer | null,
    codeTries: Number(row.code_tries),
    codeExpiresAt: time(row, 'code_expires_at'),
    keyId: text(row, 'key_id'),
    keyPublic: text(row, 'key_public'),
    keyPrivateSealed: row.key_private_sealed as Buffer | null,
    createdAt: time(row, 'created_at')!,
    expiresAt: time(row, 'expires_at')!,
    paidAt: time(row, 'paid_at'),
  };
}

export function smsPaymentEventFromRow(row: Row): SmsPaymentEvent {
  return {
    from: row.from_status as SmsPaymentStatus | null,
    to: row.to_status as SmsPaymentStatus,
    actor: row.actor as string,
    reason: row.reason as string,
    occurredAt: time(row, 'occurred_at')!,
  };
}
