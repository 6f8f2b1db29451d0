import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Exchange } from '../../../acquirers/port/acquirer.types';
import { isDuplicateKey } from '../../../common/db/database-errors';
import { places } from '../../../common/db/places';
import type { SqlValue } from '../../../common/db/pool';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { newId } from '../../../common/ids/id';
import { recordEvent } from '../../../common/outbox/outbox';
import { databaseTime, koreanTime } from '../../../common/time/korean-time';
import { changed, insertBillingEvent, type Writer } from '../billing-writes';
import type { BillingKey } from '../billing.types';
import { assertKeyTransition, type BillingKeyStatus } from './billing-key.state';
import { billingKeyFromRow, type Row } from './billing-key.rows';

/** A billing key as it is made: ISSUING before an acquirer is asked, ACTIVE where none has to be. */
export type NewBillingKey = Omit<
  BillingKey,
  'version' | 'tries' | 'tokenSealed' | 'revokedAt' | 'issuedAt' | `failure${string}`
> & {
  readonly requestHash: string;
  readonly customerIndex: Buffer;
  /** Milliseconds after which a worker may take it for abandoned; null when nothing is to come. */
  readonly dueInMs: number | null;
  readonly customerKey: string;
};

/** What a change of state sets besides. Columns by their names; a value null empties the column. */
export interface KeyChange {
  readonly to: BillingKeyStatus;
  readonly set?: Readonly<Record<string, SqlValue>>;
  readonly dueInMs?: number | null;
  readonly attempt?: KeyAttempt;
}

export interface KeyAttempt {
  readonly operation: 'ISSUE' | 'REVOKE';
  readonly outcome: string;
  readonly acquirer: string;
  readonly exchange: Exchange;
  readonly startedAt: Date;
}

const DUE = 'UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND';

@Injectable()
export class BillingKeysRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async find(mid: string, billingKey: string): Promise<BillingKey | null> {
    return this.one('id = ? AND mid = ?', [billingKey, mid]);
  }

  /** What the very same request asked for before. */
  findByRequest(mid: string, requestHash: string): Promise<BillingKey | null> {
    return this.one('mid = ? AND request_hash = ?', [mid, requestHash]);
  }

  /** A customer's keys, newest first; `before` is the id to go on after. */
  async list(
    mid: string,
    customerIndex: Buffer,
    page: { readonly limit: number; readonly before: string | null },
  ): Promise<readonly BillingKey[]> {
    const rows: Row[] = await this.dataSource.query(
      `SELECT * FROM billing_keys WHERE mid = ? AND customer_index = ? AND id < ? ORDER BY id DESC LIMIT ?`,
      [mid, customerIndex, page.before ?? 'bil_~', page.limit],
    );
    return rows.map(billingKeyFromRow);
  }

  /** EXISTS: the very same request made one already. */
  async insert(made: NewBillingKey, writer: Writer): Promise<'MADE' | 'EXISTS'> {
    try {
      await this.unitOfWork.run('insert-billing-key', async (tx) => {
        const at = databaseTime(writer.at);
        await tx.query(
          `INSERT INTO billing_keys (id, mid, status, version, storage, contract_id, acquirer, request_hash,
             customer_index, customer_key_sealed, card_sealed, card_first6, card_last4, card_number_length, card_issuer,
             card_type, card_owner_type, due_at, issued_at, created_at, updated_at)
           VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${DUE}, ?, ?, ?)`,
          [
            ...[made.billingKey, made.mid, made.status, made.storage, made.contractId, made.acquirer],
            ...[made.requestHash, made.customerIndex, made.customerKeySealed, made.cardSealed],
            ...[made.cardFirst6, made.cardLast4, made.cardNumberLength],
            ...[made.cardIssuer, made.cardType, made.cardOwnerType, made.dueInMs],
            ...[made.status === 'ACTIVE' ? at : null, at, at],
          ],
        );
        await insertBillingEvent(tx, made.billingKey, { from: null, to: made.status }, writer);
        if (made.status === 'ACTIVE') await tellIssued(tx, made, writer);
      });
      return 'MADE';
    } catch (error) {
      if (isDuplicateKey(error)) return 'EXISTS';
      throw error;
    }
  }

  /**
   * One change of state by compare-and-set on the version, with its event, its exchange, and what the merchant is told.
   * False when somebody else changed the key first.
   */
  change(
    key: BillingKey,
    { to, set = {}, dueInMs = null, attempt }: KeyChange,
    writer: Writer,
  ): Promise<boolean> {
    assertKeyTransition(key.status, to);
    return this.unitOfWork.run('change-billing-key', async (tx) => {
      const at = databaseTime(writer.at);
      const columns = { ...set, ...(to === 'ACTIVE' ? { issued_at: at } : {}), ...revokedColumns(to, at) };
      const assignments = Object.keys(columns).map((column) => `${column} = ?, `);
      const moved = await changed(
        tx,
        `UPDATE billing_keys SET status = ?, version = version + 1, ${assignments.join('')}due_at = ${DUE}, updated_at = ?
         WHERE id = ? AND status = ? AND version = ?`,
        [to, ...Object.values(columns), dueInMs, at, key.billingKey, key.status, key.version],
      );
      if (attempt !== undefined) await insertAttempt(tx, key.billingKey, attempt, writer.at);
      if (moved !== 1) return false;
      await insertBillingEvent(tx, key.billingKey, { from: key.status, to }, writer);
      if (to === 'ACTIVE') await tellIssued(tx, key, writer);
      if (to === 'REVOKED' && key.issuedAt !== null) await tell(tx, key, 'billing_key.revoked', writer);
      return true;
    });
  }

  /** A try that came to nothing: the key stays where it is, and is taken up again later. */
  async postpone(key: BillingKey, dueInMs: number, attempt: KeyAttempt, at: Date): Promise<void> {
    await this.unitOfWork.run('postpone-billing-key', async (tx) => {
      await tx.query(
        `UPDATE billing_keys SET due_at = ${DUE}, tries = tries + 1 WHERE id = ? AND status = ?`,
        [dueInMs, key.billingKey, key.status],
      );
      await insertAttempt(tx, key.billingKey, attempt, at);
    });
  }

  /** Takes up to `limit` keys that are due, for `leaseMs`: issues that were abandoned, revocations to be told. */
  claimDue(limit: number, leaseMs: number): Promise<readonly BillingKey[]> {
    return this.unitOfWork.run('claim-billing-keys', async (tx) => {
      const rows = (await tx.query(
        'SELECT * FROM billing_keys WHERE due_at <= UTC_TIMESTAMP(3) ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED',
        [limit],
      )) as Row[];
      const ids = rows.map(({ id }) => id as string);
      if (ids.length > 0) {
        await tx.query(`UPDATE billing_keys SET due_at = ${DUE} WHERE id IN (${places(ids)})`, [
          leaseMs,
          ...ids,
        ]);
      }
      return rows.map(billingKeyFromRow);
    });
  }

  private async one(condition: string, values: SqlValue[]): Promise<BillingKey | null> {
    const rows: Row[] = await this.dataSource.query(`SELECT * FROM billing_keys WHERE ${condition}`, values);
    return rows[0] === undefined ? null : billingKeyFromRow(rows[0]);
  }
}

/** A revoked key keeps neither card nor token. */
function revokedColumns(to: BillingKeyStatus, at: string): Record<string, SqlValue> {
  return to === 'REVOKED' ? { revoked_at: at, card_sealed: null, token_sealed: null } : {};
}

const tellIssued = (
  tx: EntityManager,
  key: Pick<BillingKey, 'billingKey' | 'mid' | 'acquirer' | 'cardLast4'>,
  writer: Writer,
) => tell(tx, key, 'billing_key.issued', writer);

async function tell(
  tx: EntityManager,
  key: Pick<BillingKey, 'billingKey' | 'mid' | 'acquirer' | 'cardLast4'>,
  type: 'billing_key.issued' | 'billing_key.revoked',
  { at }: Writer,
): Promise<void> {
  const { billingKey, mid, acquirer, cardLast4 } = key;
  const data = { billingKey, mid, acquirer, cardLast4, occurredAt: koreanTime(at) };
  await recordEvent(tx, { mid, type, subjectId: billingKey, data, at });
}

const cut = (value: string | null, max: number) => value?.slice(0, max) ?? null;

function bounded(value: unknown, max: number): string | null {
  if (value === null) return null;
  const json = JSON.stringify(value);
  return json.length <= max ? json : '{"tooLong":true}';
}

async function insertAttempt(
  tx: EntityManager,
  billingKey: string,
  attempt: KeyAttempt,
  at: Date,
): Promise<void> {
  const { exchange } = attempt;
  await tx.query(
    `INSERT INTO billing_key_attempts (id, billing_key_id, operation, outcome, acquirer, endpoint, request_masked,
       response_masked, http_status, code, message, latency_ms, started_at, finished_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[newId('att'), billingKey, attempt.operation, attempt.outcome, attempt.acquirer],
      ...[cut(exchange.endpoint, 120), bounded(exchange.request, 2_000), bounded(exchange.response, 4_000)],
      ...[exchange.httpStatus, cut(exchange.code, 60), cut(exchange.message, 200)],
      ...[Math.max(0, Math.round(exchange.latencyMs)), databaseTime(attempt.startedAt), databaseTime(at)],
    ],
  );
}
