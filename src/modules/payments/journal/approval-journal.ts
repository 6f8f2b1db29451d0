import { isConnectionFailure, signalOf } from '../../../common/db/database-errors';
import { places } from '../../../common/db/places';
import type { SqlConnection, SqlPool } from '../../../common/db/pool';
import { wellFormedJson } from '../../../common/text/well-formed';
import { insideTransaction } from '../../../common/db/active-transaction';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { assertTransition } from '../payment.state';
import { closingRow, intentRow } from './approval-rows';
import { CLOSE_APPROVALS, OPEN_INTENTS } from './approval-sql';
import { cardPartOf } from '../approval-intent';
import type { PaymentPointsBook } from '../../points/points.facade';
import { releaseUsage } from './contract-usage';
import { closesAlone, LoneApprovals, opensAlone, refusedAs } from './lone-approvals';
import {
  closeSendingAttempt,
  insertAttempt,
  insertReopened,
  moveToNextAttempt,
  wasAskedBefore,
} from './next-attempt';
import { GroupCommit, type GroupCommitRules, ItemFailed } from './group-commit';
import {
  type ApprovalClosing,
  type ApprovalIntent,
  type CloseResult,
  JournalOutcomeUnknown,
  type NextAttempt,
  type OpenResult,
} from './journal.types';

type Answer<Result> = Result | ItemFailed;

interface PaymentMark {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly attempt_id: string;
}

/** The writes of approvals. Those of concurrent requests share a commit; each is durable before its caller goes on. */
export class ApprovalJournal {
  private readonly intents: GroupCommit<ApprovalIntent, OpenResult>;
  private readonly closings: GroupCommit<ApprovalClosing, CloseResult>;
  private readonly lone: LoneApprovals;

  constructor(
    private readonly pool: SqlPool,
    rules: Omit<GroupCommitRules, 'name'>,
    points: PaymentPointsBook,
  ) {
    this.lone = new LoneApprovals(pool, points);
    this.intents = new GroupCommit({ ...rules, name: 'open-intents' }, (items) => this.commitIntents(items));
    this.closings = new GroupCommit({ ...rules, name: 'close-approvals' }, (items) =>
      this.commitClosings(items),
    );
  }

  /** Nothing may be sent to an acquirer unless this answered OPENED. Throws when the database cannot be reached. */
  open(intent: ApprovalIntent): Promise<OpenResult> {
    return opensAlone(intent) ? this.lone.open(intent) : this.intents.add(intent);
  }

  close(closing: ApprovalClosing): Promise<CloseResult> {
    assertTransition('IN_PROGRESS', closing.to);
    return closesAlone(closing) ? this.closeAlone(closing) : this.closings.add(closing);
  }

  /** The payment's next attempt: CAS on its version, the attempt before closed in the same transaction. */
  next(
    attempt: NextAttempt,
    from: 'FAILED' | 'IN_PROGRESS',
    usage: Usage | null,
  ): Promise<OpenResult | CloseResult> {
    return retryConflicts(() =>
      this.pool.transaction('next-attempt', async (tx): Promise<OpenResult | CloseResult> => {
        const { intent, closing } = attempt;
        const moved = await moveToNextAttempt(tx, attempt, from);
        if (!moved) return { kind: 'LOST' };
        if (usage !== null && from === 'IN_PROGRESS') {
          await releaseUsage(tx, usage.contractId, cardPartOf(intent).amount, usage.day);
        }
        if (from === 'FAILED' && (await wasAskedBefore(tx, intent))) throw new Asked();
        if (from === 'FAILED' && (await isBarred(tx, intent))) throw new Barred();
        if (closing !== undefined) await closeSendingAttempt(tx, closing, intent.at);
        await insertAttempt(tx, intent);
        if (from === 'FAILED') await insertReopened(tx, intent);
        if (from === 'FAILED') await this.lone.take(tx, intent);
        else await this.lone.count(tx, intent);
        return { kind: 'OPENED', version: attempt.fromVersion + 1 };
      }),
    ).catch((error: unknown) => {
      if (error instanceof Barred) return { kind: 'BARRED' };
      if (error instanceof Asked) return { kind: 'ASKED_BEFORE' };
      return refusedAs(error);
    });
  }

  private async commitIntents(intents: readonly ApprovalIntent[]): Promise<readonly Answer<OpenResult>[]> {
    // One order of keys in every batch, so that two batches never wait for each other in a circle.
    const sorted = [...intents].sort((a, b) => compare(a.mid, b.mid) || compare(a.orderNo, b.orderNo));
    try {
      const opened = await retryConflicts(() => this.runOpen(sorted));
      return intents.map(({ paymentId }) =>
        opened.has(paymentId) ? { kind: 'OPENED', version: 1 } : { kind: 'EXISTS' },
      );
    } catch (error) {
      if (signalOf(error) === 'ORDER_BARRED') {
        return intents.length === 1
          ? [{ kind: 'BARRED' }]
          : oneByOne(intents, (intent) => this.commitIntents([intent]));
      }
      if (!isConnectionFailure(error)) throw error;
      return this.readBackIntents(intents, error);
    }
  }

  private async runOpen(intents: readonly ApprovalIntent[]): Promise<Set<string>> {
    const [inserted] = await insideTransaction('open-intents', () =>
      this.pool.execute<[readonly { id: string }[], unknown]>(OPEN_INTENTS, [
        wellFormedJson(intents.map(intentRow)),
      ]),
    );
    return new Set(inserted.map(({ id }) => id));
  }

  /** The connection broke in mid-commit: what is there was committed; of the rest nothing may be sent. */
  private async readBackIntents(
    intents: readonly ApprovalIntent[],
    cause: unknown,
  ): Promise<readonly Answer<OpenResult>[]> {
    const found = await this.marks(intents.map(({ paymentId }) => paymentId)).catch(() => {
      throw cause;
    });
    if (found.size === 0) throw cause;
    return intents.map(({ paymentId }) =>
      found.has(paymentId) ? { kind: 'OPENED', version: 1 } : { kind: 'EXISTS' },
    );
  }

  private async commitClosings(
    closings: readonly ApprovalClosing[],
    write = () => this.runClose(closings),
  ): Promise<readonly Answer<CloseResult>[]> {
    try {
      await write();
      return closings.map(({ version }) => ({ kind: 'CLOSED', version: version + 1 }));
    } catch (error) {
      if (signalOf(error) === 'STATE_CONFLICT') {
        if (closings.length > 1) return oneByOne(closings, (one) => this.commitClosings([one]));
        // It may be our own earlier try, committed although its connection broke.
        return this.readBackClosings(closings, error);
      }
      if (!isConnectionFailure(error)) throw error;
      return this.readBackClosings(closings, error);
    }
  }

  private runClose(closings: readonly ApprovalClosing[]): Promise<unknown> {
    const sorted = [...closings].sort((a, b) => compare(a.paymentId, b.paymentId));
    return retryConflicts(() =>
      insideTransaction('close-approvals', () =>
        this.pool.execute(CLOSE_APPROVALS, [wellFormedJson(sorted.map(closingRow)), sorted.length]),
      ),
    );
  }

  private async closeAlone(closing: ApprovalClosing): Promise<CloseResult> {
    const [result] = await this.commitClosings([closing], () => this.lone.close(closing));
    if (result instanceof ItemFailed) throw result.error;
    return result ?? { kind: 'LOST' };
  }

  /** After a broken connection: an outcome that stands there was committed; any other is for its caller to try again. */
  private async readBackClosings(
    closings: readonly ApprovalClosing[],
    cause: unknown,
  ): Promise<readonly Answer<CloseResult>[]> {
    const found = await this.marks(closings.map(({ paymentId }) => paymentId)).catch(
      () => new Map<string, PaymentMark>(),
    );
    return oneByOne(closings, (closing) => {
      const mark = found.get(closing.paymentId);
      if (mark === undefined || (mark.status === 'IN_PROGRESS' && mark.version === closing.version)) {
        throw new JournalOutcomeUnknown(closing.paymentId, { cause });
      }
      const ours =
        mark.status === closing.to &&
        mark.version === closing.version + 1 &&
        mark.attempt_id === closing.attemptId;
      return Promise.resolve([ours ? { kind: 'CLOSED', version: closing.version + 1 } : { kind: 'LOST' }]);
    });
  }

  private async marks(ids: readonly string[]): Promise<Map<string, PaymentMark>> {
    const found = await this.pool.execute<PaymentMark[]>(
      `SELECT id, status, version, attempt_id FROM payments WHERE id IN (${places(ids)})`,
      [...ids],
    );
    return new Map(found.map((mark) => [mark.id, mark]));
  }
}

export interface Usage {
  readonly contractId: string;
  readonly day: string;
}

/** Rolls the transaction back; never leaves the journal. */
class Barred extends Error {}
class Asked extends Error {}

async function isBarred(tx: SqlConnection, intent: ApprovalIntent): Promise<boolean> {
  const bars = await tx.execute<unknown[]>('SELECT 1 FROM barred_orders WHERE mid = ? AND order_no = ?', [
    intent.mid,
    intent.orderNo,
  ]);
  return bars.length > 0;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Each on its own: what becomes of one says nothing of the others. */
async function oneByOne<Item, Result>(
  items: readonly Item[],
  commit: (item: Item) => Promise<readonly Answer<Result>[]>,
): Promise<readonly Answer<Result>[]> {
  const results: Answer<Result>[] = [];
  for (const item of items) {
    try {
      results.push(...(await commit(item)));
    } catch (error) {
      results.push(new ItemFailed(error));
    }
  }
  return results;
}
