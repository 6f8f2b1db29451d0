import { Inject, Injectable } from '@nestjs/common';
import type { RawWebhook } from '../../../acquirers/port/webhook.types';
import { Sealer } from '../../../common/crypto/sealer';
import { places } from '../../../common/db/places';
import { SqlPool } from '../../../common/db/pool';
import { JOURNAL_POOL } from '../../../common/db/tokens';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { newId } from '../../../common/ids/id';
import { databaseTime } from '../../../common/time/korean-time';

export interface ReceivedWebhook {
  readonly id: string;
  readonly acquirer: string;
  readonly raw: RawWebhook;
  readonly tries: number;
}

export type WebhookEnd = {
  readonly status: 'DONE' | 'IGNORED' | 'FAILED';
  readonly note: string;
  readonly paymentId?: string;
};

interface Row {
  readonly id: string;
  readonly acquirer: string;
  readonly content_type: string;
  readonly message_sealed: Buffer;
  readonly tries: number;
}

/** Headers that a signature may need; everything else that a proxy added is not kept. */
const KEPT_HEADERS = /^(content-type$|tosspayments-webhook-|x-)/;
const TABLE = 'inbound_webhooks';

/** Acquirers' webhooks, kept byte for byte and sealed, each once however often it is delivered. */
@Injectable()
export class InboundWebhooks {
  constructor(
    @Inject(JOURNAL_POOL) private readonly pool: SqlPool,
    private readonly sealer: Sealer,
  ) {}

  /** Durable when it returns, so that the acquirer may be told that it need not send it again. */
  async receive(
    acquirer: string,
    hint: { dedupeKey: string; event: string },
    raw: RawWebhook,
    at: Date,
  ): Promise<void> {
    const id = newId('iwh');
    const headers = Object.entries(raw.headers).filter(([name]) => KEPT_HEADERS.test(name));
    const message = JSON.stringify({
      headers: Object.fromEntries(headers),
      body: raw.body.toString('base64'),
    });
    const sealed = await this.sealer.seal('webhook', contextOf(id), message);
    await this.pool.execute(
      `INSERT INTO inbound_webhooks (id, acquirer, dedupe_key, event, content_type, message_sealed, status, due_at,
         received_at)
       VALUES (?, ?, ?, ?, LEFT(?, 100), ?, 'RECEIVED', UTC_TIMESTAMP(3), ?)
       ON DUPLICATE KEY UPDATE deliveries = deliveries + 1`,
      [id, acquirer, hint.dedupeKey, hint.event, raw.contentType, sealed, databaseTime(at)],
    );
  }

  claimDue(limit: number, leaseMs: number): Promise<readonly ReceivedWebhook[]> {
    return retryConflicts(() =>
      this.pool.transaction('claim-webhooks', async (tx) => {
        const rows = await tx.execute<Row[]>(
          'SELECT * FROM inbound_webhooks WHERE due_at <= UTC_TIMESTAMP(3) ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED',
          [limit],
        );
        const ids = rows.map(({ id }) => id);
        if (ids.length > 0) {
          await tx.execute(
            `UPDATE inbound_webhooks SET tries = tries + 1,
               due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND WHERE id IN (${places(ids)})`,
            [leaseMs, ...ids],
          );
        }
        return rows;
      }),
    ).then((rows) => Promise.all(rows.map((row) => this.opened(row))));
  }

  async end(id: string, end: WebhookEnd, at: Date): Promise<void> {
    await this.pool.execute(
      `UPDATE inbound_webhooks SET status = ?, note = LEFT(?, 60), payment_id = ?, due_at = NULL, processed_at = ?
       WHERE id = ? AND status = 'RECEIVED'`,
      [end.status, end.note, end.paymentId ?? null, databaseTime(at), id],
    );
  }

  async postpone(id: string, dueInMs: number): Promise<void> {
    await this.pool.execute(
      `UPDATE inbound_webhooks SET due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND
       WHERE id = ? AND status = 'RECEIVED'`,
      [dueInMs, id],
    );
  }

  private async opened(row: Row): Promise<ReceivedWebhook> {
    const opened = await this.sealer.open('webhook', contextOf(row.id), row.message_sealed);
    const { headers, body } = JSON.parse(opened.toString('utf8')) as {
      headers: Record<string, string>;
      body: string;
    };
    const raw = { headers, contentType: row.content_type, body: Buffer.from(body, 'base64') };
    return { id: row.id, acquirer: row.acquirer, raw, tries: row.tries };
  }
}

const contextOf = (id: string) => ({ table: TABLE, column: 'message_sealed', rowId: id });
