import { crashPoint } from '../../common/crash/crash-point';
import { wonFromDatabase } from '../../common/money/won';
import type { SqlTransaction } from '../../common/outbox/outbox';
import { databaseTime } from '../../common/time/korean-time';
import { type PointLedger } from './point-ledger';
import { clawBackDue, earnedPoints } from './points.calc';
import type { PaymentPoints, PointKind, PointPayment, RefundOrder } from './points.types';

interface Kept {
  readonly paymentId: string;
  readonly mid: string;
  readonly customerKey: string;
  readonly state: 'HELD' | 'FREED' | 'USED';
  readonly pointAmount: number;
  readonly cardAmount: number;
  readonly restored: number;
  readonly earned: number;
  readonly clawedBack: number;
  readonly earnRatePpm: number;
  readonly refundOrder: RefundOrder;
}

/** Who moves a payment's points, and when. */
export interface PointWriter {
  readonly actor: string;
  readonly at: Date;
}

type Row = Readonly<Record<string, string | number>>;

/**
 * What a payment does to its customer's points: held with its intent, used with its approval, freed with its decline or
 * reversal, given back and taken back with its cancels. Each runs in the transaction that writes the payment's own
 * change and after that one's compare-and-set, so that both are kept, or neither, and each once.
 */
export class PaymentPointsBook {
  constructor(private readonly ledger: PointLedger) {}

  /** Sets the points aside, for a first attempt or for one after a decline. False when there are not enough. */
  async hold(tx: SqlTransaction, payment: PointPayment, points: PaymentPoints): Promise<boolean> {
    await this.keep(tx, payment, points, 'HELD');
    const held = await this.move(tx, payment, {
      kind: 'HOLD',
      amount: points.pointAmount,
      reason: 'held for a payment',
    });
    crashPoint('points.after-hold');
    return held;
  }

  /** Spends what was held, and earns. Does nothing where a payment neither uses nor earns points. */
  async approved(tx: SqlTransaction, payment: PointPayment, points: PaymentPoints): Promise<void> {
    const { paymentId, cardAmount } = payment;
    const earned = earnedPoints(cardAmount, points.earnRatePpm);
    if (points.pointAmount === 0 && earned === 0) return;
    if (points.pointAmount > 0) {
      await this.turn(tx, paymentId, ['HELD', 'USED'], payment.at);
      await this.move(tx, payment, {
        kind: 'USE',
        amount: points.pointAmount,
        reason: 'paid with points',
      });
    } else await this.keep(tx, payment, points, 'USED');
    if (earned > 0) {
      await tx.query('UPDATE payment_points SET earned_amount = ? WHERE payment_id = ?', [earned, paymentId]);
      await this.move(tx, payment, { kind: 'EARN', amount: earned, reason: 'earned by a payment' });
    }
    crashPoint('points.after-use');
  }

  /** A decline: what was held goes back. */
  async declined(tx: SqlTransaction, paymentId: string, writer: PointWriter): Promise<void> {
    const kept = await this.find(tx, paymentId);
    if (kept?.state === 'HELD') await this.free(tx, kept, writer);
  }

  /** The whole payment is undone: what was held or spent goes back, what was earned is taken back. */
  async reversed(tx: SqlTransaction, paymentId: string, writer: PointWriter): Promise<void> {
    const kept = await this.find(tx, paymentId);
    if (kept?.state === 'HELD') await this.free(tx, kept, writer);
    if (kept?.state !== 'USED') return;
    await this.giveBack(tx, kept, {
      ...writer,
      cancelId: null,
      pointAmount: kept.pointAmount - kept.restored,
      cardAmountLeft: 0,
    });
  }

  /**
   * A cancel is done: its point part goes back, and so much of what was earned as its card part had earned.
   * `cancelledAmount` is what the payment's done cancels come to, this one among them, points and all.
   */
  async cancelled(
    tx: SqlTransaction,
    cancel: {
      readonly paymentId: string;
      readonly cancelId: string;
      readonly pointAmount: number;
      readonly cancelledAmount: number;
    },
    writer: PointWriter,
  ): Promise<void> {
    const kept = await this.find(tx, cancel.paymentId);
    if (kept === null) return;
    const { cancelId, pointAmount } = cancel;
    const cardCancelled = cancel.cancelledAmount - kept.restored - pointAmount;
    const cardAmountLeft = kept.cardAmount - cardCancelled;
    await this.giveBack(tx, kept, { ...writer, cancelId, pointAmount, cardAmountLeft });
  }

  /** Which money its cancels give back first. */
  async refundOrder(tx: SqlTransaction, paymentId: string): Promise<RefundOrder> {
    const kept = await this.find(tx, paymentId);
    if (kept === null) throw new Error('a payment with points has no terms');
    return kept.refundOrder;
  }

  private async giveBack(
    tx: SqlTransaction,
    kept: Kept,
    back: PointWriter & {
      readonly cancelId: string | null;
      readonly pointAmount: number;
      readonly cardAmountLeft: number;
    },
  ): Promise<void> {
    const { cancelId, pointAmount, cardAmountLeft } = back;
    const due = clawBackDue(cardAmountLeft, kept);
    if (pointAmount === 0 && due === 0) return;
    await tx.query(
      `UPDATE payment_points SET restored_amount = restored_amount + ?, clawed_back_amount = clawed_back_amount + ?,
         updated_at = ? WHERE payment_id = ?`,
      [pointAmount, due, databaseTime(back.at), kept.paymentId],
    );
    const payment = { ...kept, ...back };
    // Points come back first, so that earned ones that were spent on this very payment can be taken back.
    if (pointAmount > 0) {
      await this.move(tx, payment, { kind: 'RESTORE', amount: pointAmount, cancelId, reason: 'cancelled' });
    }
    if (due > 0) {
      await this.move(tx, payment, { kind: 'CLAW_BACK', amount: due, cancelId, reason: 'cancelled' });
    }
    crashPoint('points.after-give-back');
  }

  private async free(tx: SqlTransaction, kept: Kept, writer: PointWriter): Promise<void> {
    await this.turn(tx, kept.paymentId, ['HELD', 'FREED'], writer.at);
    await this.move(
      tx,
      { ...kept, ...writer },
      {
        kind: 'FREE',
        amount: kept.pointAmount,
        reason: 'not charged',
      },
    );
    crashPoint('points.after-free');
  }

  private async move(
    tx: SqlTransaction,
    payment: PointPayment,
    what: { kind: PointKind; amount: number; reason: string; cancelId?: string | null },
  ): Promise<boolean> {
    const { paymentId, mid, customerKey, actor, at } = payment;
    const { kind, amount, reason, cancelId = null } = what;
    const owner = { mid, customerKey };
    const entry = await this.ledger.move(tx, {
      ...{ owner, kind, amount, reason, cancelId, paymentId, actor, at },
      requestKey: null,
    });
    return entry !== null;
  }

  /** CAS on the state: a second use or freeing of one hold is a fault of ours and rolls its transaction back. */
  private async turn(
    tx: SqlTransaction,
    paymentId: string,
    [from, to]: readonly ['HELD', 'USED' | 'FREED'],
    at: Date,
  ): Promise<void> {
    const { affectedRows } = (await tx.query(
      'UPDATE payment_points SET state = ?, updated_at = ? WHERE payment_id = ? AND state = ?',
      [to, databaseTime(at), paymentId, from],
    )) as { affectedRows: number };
    if (affectedRows !== 1) throw new Error(`the points of a payment are not ${from}`);
  }

  /** An attempt after a decline takes the row over with its own terms; a row in any other state is a fault of ours. */
  private async keep(
    tx: SqlTransaction,
    payment: PointPayment,
    points: PaymentPoints,
    state: 'HELD' | 'USED',
  ): Promise<void> {
    const { paymentId, mid, customerKey, cardAmount, at } = payment;
    const kept = await this.find(tx, paymentId);
    if (kept !== null && kept.state !== 'FREED') throw new Error(`the points of a payment are ${kept.state}`);
    await tx.query(
      `INSERT INTO payment_points (payment_id, mid, customer_key, state, point_amount, card_amount, earn_rate_ppm,
         refund_order, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE customer_key = VALUE(customer_key), state = VALUE(state),
         point_amount = VALUE(point_amount), card_amount = VALUE(card_amount), earn_rate_ppm = VALUE(earn_rate_ppm),
         refund_order = VALUE(refund_order), updated_at = VALUE(updated_at)`,
      [
        ...[paymentId, mid, customerKey, state, points.pointAmount, cardAmount],
        ...[points.earnRatePpm, points.refundOrder, databaseTime(at)],
      ],
    );
  }

  private async find(tx: SqlTransaction, paymentId: string): Promise<Kept | null> {
    const rows = (await tx.query('SELECT * FROM payment_points WHERE payment_id = ? FOR UPDATE', [
      paymentId,
    ])) as Row[];
    const row = rows[0];
    if (row === undefined) return null;
    const won = (column: string) => wonFromDatabase(row[column]!);
    return {
      paymentId,
      mid: row.mid as string,
      customerKey: row.customer_key as string,
      state: row.state as Kept['state'],
      pointAmount: won('point_amount'),
      cardAmount: won('card_amount'),
      restored: won('restored_amount'),
      earned: won('earned_amount'),
      clawedBack: won('clawed_back_amount'),
      earnRatePpm: Number(row.earn_rate_ppm),
      refundOrder: row.refund_order as RefundOrder,
    };
  }
}
