import type { SqlConnection } from '../../../common/db/pool';
import type { PointsFacade } from '../../points/points.facade';
import type { Payment } from '../payments.types';

/**
 * What the customer earns by a payment whose method came with the money itself, as in a payment window or by a deposit:
 * by that method's policy, in the transaction that records the approval.
 */
export async function earnPoints(
  tx: SqlConnection,
  points: Pick<PointsFacade, 'earn'>,
  payment: Payment,
  writer: { readonly actor: string; readonly at: Date },
): Promise<void> {
  const { customerKey } = payment;
  if (customerKey === null) return;
  const { actor, at } = writer;
  await points.earn(tx, { ...payment, customerKey, cardAmount: payment.amount, actor, at });
}
