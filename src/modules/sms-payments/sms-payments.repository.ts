import { Inject, Injectable } from '@nestjs/common';
import { SqlPool } from '../../common/db/pool';
import { JOURNAL_POOL } from '../../common/db/tokens';
import { type DataScope, scopeCondition } from '../../common/http/data-scope';
import { type Row, smsPaymentEventFromRow, smsPaymentFromRow } from './sms-payment-row';
import type { SmsPayment, SmsPaymentEvent } from './sms-payments.types';

const EVENTS_MAX = 200;

/** Reads of SMS payments. Writes are the journal's. */
@Injectable()
export class SmsPaymentsRepository {
  constructor(@Inject(JOURNAL_POOL) private readonly pool: SqlPool) {}

  find(scope: DataScope, smsPaymentId: string): Promise<SmsPayment | null> {
    const { sql, values } = scopeCondition(scope);
    return this.one(`SELECT * FROM sms_payments WHERE id = ? AND ${sql}`, [smsPaymentId, ...values]);
  }

  findByToken(tokenHash: Buffer): Promise<SmsPayment | null> {
    const sql = `SELECT p.* FROM sms_payment_links l JOIN sms_payments p ON p.id = l.sms_payment_id WHERE l.token_hash = ?`;
    return this.one(sql, [tokenHash]);
  }

  async eventsOf(smsPaymentId: string): Promise<readonly SmsPaymentEvent[]> {
    const rows = await this.pool.execute<Row[]>(
      `SELECT * FROM sms_payment_events WHERE sms_payment_id = ? ORDER BY id LIMIT ${EVENTS_MAX}`,
      [smsPaymentId],
    );
    return rows.map(smsPaymentEventFromRow);
  }

  private async one(sql: string, values: (string | Buffer)[]): Promise<SmsPayment | null> {
    const [row] = await this.pool.execute<Row[]>(sql, values);
    return row === undefined ? null : smsPaymentFromRow(row);
  }
}
