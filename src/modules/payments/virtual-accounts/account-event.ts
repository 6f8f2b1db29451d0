import type { SqlConnection } from '../../../common/db/pool';
import type { EventType, OutboxEvent } from '../../../common/outbox/outbox';
import { koreanTime } from '../../../common/time/korean-time';
import { lockPayment } from '../payment-rows';
import type { Payment } from '../payments.types';
import { accountFromRow } from './virtual-accounts.repository';

type Row = Parameters<typeof accountFromRow>[0];

/** What the merchant is told of an account, as its rows stand in this transaction. The account number is masked. */
export async function accountEvent(
  tx: SqlConnection,
  { paymentId }: Pick<Payment, 'paymentId'>,
  type: Extract<EventType, `virtual_account.${string}`>,
  at: Date,
): Promise<OutboxEvent> {
  const payment = await lockPayment(tx, paymentId);
  const [row] = await tx.execute<Row[]>('SELECT * FROM virtual_accounts WHERE payment_id = ?', [paymentId]);
  if (payment === null || row === undefined) throw new Error('an account without its payment');
  const account = accountFromRow(row);
  return {
    mid: payment.mid,
    type,
    subjectId: account.virtualAccountId,
    data: {
      virtualAccountId: account.virtualAccountId,
      paymentId,
      orderNo: payment.orderNo,
      status: payment.status,
      amount: payment.amount,
      bankCode: account.bankCode,
      accountNumber: account.accountMasked,
      dueAt: koreanTime(account.dueAt),
      depositedAt: account.depositedAt === null ? null : koreanTime(account.depositedAt),
    },
    at,
  };
}
