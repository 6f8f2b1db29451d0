import { wonFromDatabase } from '../../../common/money/won';
import { fromDatabaseTime } from '../../../common/time/korean-time';
import type { Row } from '../keys/billing-key.rows';
import type { Subscription, SubscriptionCharge } from './subscription.types';

const text = (row: Row, column: string) => row[column] as string;
const textOrNull = (row: Row, column: string) => (row[column] ?? null) as string | null;
const won = (row: Row, column: string) => wonFromDatabase(row[column] as string | number);
const timeOrNull = (row: Row, column: string) => {
  const value = row[column] as string | Date | null;
  return value === null ? null : fromDatabaseTime(value);
};

export function subscriptionFromRow(row: Row): Subscription {
  return {
    subscriptionId: text(row, 'id'),
    mid: text(row, 'mid'),
    status: text(row, 'status') as Subscription['status'],
    version: Number(row.version),
    billingKey: text(row, 'billing_key_id'),
    acquirer: text(row, 'acquirer'),
    goodsName: text(row, 'goods_name'),
    buyerName: textOrNull(row, 'buyer_name'),
    amount: won(row, 'amount'),
    taxFreeAmount: won(row, 'tax_free_amount'),
    interval: {
      unit: text(row, 'interval_unit') as Subscription['interval']['unit'],
      count: Number(row.interval_count),
    },
    startOn: text(row, 'start_on'),
    anchorOn: text(row, 'anchor_on'),
    trialDays: Number(row.trial_days),
    totalCount: row.total_count === null ? null : Number(row.total_count),
    endOn: textOrNull(row, 'end_on'),
    missedPolicy: text(row, 'missed_policy') as Subscription['missedPolicy'],
    noticeDays: Number(row.notice_days),
    nextPeriod: Number(row.next_period),
    nextChargeOn: textOrNull(row, 'next_charge_on'),
    cancelAtPeriodEnd: Number(row.cancel_at_period_end) === 1,
    endedAt: timeOrNull(row, 'ended_at'),
    createdAt: timeOrNull(row, 'created_at')!,
  };
}

export function chargeFromRow(row: Row): SubscriptionCharge {
  return {
    chargeId: text(row, 'id'),
    subscriptionId: text(row, 'subscription_id'),
    mid: text(row, 'mid'),
    period: Number(row.period),
    chargeOn: text(row, 'charge_on'),
    status: text(row, 'status') as SubscriptionCharge['status'],
    version: Number(row.version),
    billingKey: text(row, 'billing_key_id'),
    acquirer: text(row, 'acquirer'),
    goodsName: text(row, 'goods_name'),
    buyerName: textOrNull(row, 'buyer_name'),
    amount: won(row, 'amount'),
    taxFreeAmount: won(row, 'tax_free_amount'),
    tryNumber: Number(row.try_number),
    undoneTries: Number(row.undone_tries),
    sends: Number(row.sends),
    waits: Number(row.waits),
    orderNo: textOrNull(row, 'order_no'),
    paymentId: textOrNull(row, 'payment_id'),
    firstFailedOn: textOrNull(row, 'first_failed_on'),
    failureCode: textOrNull(row, 'failure_code'),
    dueOn: textOrNull(row, 'due_on'),
    endedAt: timeOrNull(row, 'ended_at'),
  };
}
