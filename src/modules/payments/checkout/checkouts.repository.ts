import { Inject, Injectable } from '@nestjs/common';
import { SqlPool } from '../../../common/db/pool';
import { JOURNAL_POOL } from '../../../common/db/tokens';
import { fromDatabaseTime } from '../../../common/time/korean-time';
import type { DataScope } from '../../../common/http/data-scope';
import { PaymentsRepository } from '../payments.repository';
import { paymentFromRow } from '../payment-rows';
import type { Payment } from '../payments.types';
import type { Checkout, CheckoutWithPayment } from './checkout.types';

interface Row {
  readonly id: string;
  readonly payment_id: string;
  readonly mid: string;
  readonly token_hash: Buffer;
  readonly expires_at: string;
  readonly acknowledge_within_seconds: number | null;
  readonly acknowledged_at: string | null;
  readonly created_at: string;
}

type PaymentRow = Parameters<typeof paymentFromRow>[0];

const LIKE_SPECIAL = /[\\%_]/g;
/** Our order numbers of key-in attempts: the payment's id, with the attempt's number from the second on. */
const ATTEMPT_OF = /^(pay_[0-9A-HJKMNP-TV-Z]{26})(?:-\d+)?$/;
const CANDIDATES_MAX = 20;
const OPEN = `('CREATED', 'IN_PROGRESS')`;

/** Reads of checkouts. Writes are the journal's. */
@Injectable()
export class CheckoutsRepository {
  constructor(
    @Inject(JOURNAL_POOL) private readonly pool: SqlPool,
    private readonly payments: PaymentsRepository,
  ) {}

  async find(scope: DataScope, checkoutId: string): Promise<CheckoutWithPayment | null> {
    return this.withPayment(scope, await this.one('id = ?', checkoutId));
  }

  async findByPayment(paymentId: string): Promise<CheckoutWithPayment | null> {
    return this.withPayment({ kind: 'ALL' }, await this.one('payment_id = ?', paymentId));
  }

  /** A payment of this merchant that already is what the acquirer names, other than `exceptId`. */
  async isOtherOrder(mid: string, orderNo: string, exceptId: string): Promise<boolean> {
    const rows = await this.pool.execute<unknown[]>(
      'SELECT 1 FROM payments WHERE mid = ? AND order_no = ? AND id <> ? LIMIT 1',
      [mid, orderNo, exceptId],
    );
    return rows.length > 0;
  }

  /** Open window payments whose order number begins so; a few at most, since two that fit are too many already. */
  async openByPrefix(
    about: { readonly acquirer: string; readonly mid?: string; readonly amount?: number },
    prefix: string,
  ): Promise<readonly Payment[]> {
    const rows = await this.pool.execute<PaymentRow[]>(
      `SELECT p.* FROM checkouts c STRAIGHT_JOIN payments p ON p.id = c.payment_id
       WHERE c.acquirer = ? AND c.order_no LIKE ? AND (? IS NULL OR c.mid = ?) AND (? IS NULL OR p.amount = ?)
         AND p.status IN ${OPEN} LIMIT ${CANDIDATES_MAX}`,
      [
        about.acquirer,
        `${prefix.replace(LIKE_SPECIAL, '\\$&')}%`,
        ...[about.mid ?? null, about.mid ?? null, about.amount ?? null, about.amount ?? null],
      ],
    );
    return rows.map(paymentFromRow);
  }

  /** Payments that an acquirer's message may be about, by the order number it names; one for each merchant at most. */
  async byAcquirerOrder(acquirer: string, acquirerOrderNo: string): Promise<readonly Payment[]> {
    const paymentId = ATTEMPT_OF.exec(acquirerOrderNo)?.[1];
    const keyedIn = paymentId === undefined ? null : await this.payments.find({ kind: 'ALL' }, paymentId);
    if (keyedIn?.acquirer === acquirer) return [keyedIn];
    const rows = await this.pool.execute<PaymentRow[]>(
      `SELECT p.* FROM checkouts c STRAIGHT_JOIN payments p ON p.id = c.payment_id
       WHERE c.acquirer = ? AND c.order_no = ? LIMIT ${CANDIDATES_MAX}`,
      [acquirer, acquirerOrderNo],
    );
    return rows.map(paymentFromRow);
  }

  private async one(where: string, value: string): Promise<Checkout | null> {
    const [row] = await this.pool.execute<Row[]>(`SELECT * FROM checkouts WHERE ${where}`, [value]);
    return row === undefined ? null : checkoutFromRow(row);
  }

  private async withPayment(
    scope: DataScope,
    checkout: Checkout | null,
  ): Promise<CheckoutWithPayment | null> {
    if (checkout === null) return null;
    const payment = await this.payments.find(scope, checkout.paymentId);
    return payment === null ? null : { checkout, payment };
  }
}

function checkoutFromRow(row: Row): Checkout {
  return {
    checkoutId: row.id,
    paymentId: row.payment_id,
    mid: row.mid,
    tokenHash: row.token_hash,
    expiresAt: fromDatabaseTime(row.expires_at),
    acknowledgeWithinSeconds: row.acknowledge_within_seconds,
    acknowledgedAt: row.acknowledged_at === null ? null : fromDatabaseTime(row.acknowledged_at),
    createdAt: fromDatabaseTime(row.created_at),
  };
}
