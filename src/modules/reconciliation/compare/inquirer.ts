import { Inject, Injectable } from '@nestjs/common';
import { type AcquirerPort, ACQUIRERS, type AcquirerRegistry } from '../../../acquirers/port/acquirer.port';
import type { ContractAccess } from '../../../acquirers/port/acquirer.types';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import type { Comparison, Finding, ReconciliationRun } from '../reconciliation.types';
import { type AskedOrder, AskedOrders } from './asked-orders.repository';
import { differenceOf } from './inquiry.policy';
import { slicesOf } from './suspects.repository';

/** Questions to an acquirer at a time: its payments go first. */
const ASKED_AT_ONCE = 4;
const ORDERS_AT_ONCE = 100;

/** `unanswered`: nothing can be concluded from what the acquirer said, or it said nothing; the rest was not asked. */
export interface Asked extends Comparison {
  readonly askedCount: number;
  readonly unansweredCount: number;
}

/** Called after each answer; throws when the work has passed to somebody else. */
export type KeepLease = () => Promise<void>;

/** A contract's orders, as the acquirer is asked about them. */
export interface Asking {
  readonly acquirer: string;
  readonly access: ContractAccess;
  readonly keepLease: KeepLease;
}

type Answer = Finding | 'SAME' | 'OPEN' | 'UNANSWERED';

/** Compares one by one, by asking the acquirer about each order. Changes nothing on either side. */
@Injectable()
export class Inquirer {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly orders: AskedOrders,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** All orders of the run's day, part by part. */
  async *compare(run: ReconciliationRun, asking: Asking): AsyncGenerator<Asked> {
    for (const slice of slicesOf(run.day)) {
      const ids = await this.orders.within(run, slice);
      for (let at = 0; at < ids.length; at += ORDERS_AT_ONCE)
        yield this.ask(asking, ids.slice(at, at + ORDERS_AT_ONCE));
    }
  }

  /** Stops with the first that is not answered: a silent acquirer would be waited for order by order. */
  async ask({ acquirer, access, keepLease }: Asking, paymentIds: readonly string[]): Promise<Asked> {
    const adapter = this.acquirers.get(acquirer);
    if (adapter === undefined) throw new Error(`${acquirer} is not configured`);
    const left = [...(await this.orders.read(paymentIds))];
    const answers: Answer[] = [];
    const openPaymentIds: string[] = [];
    const askOneByOne = async () => {
      try {
        for (let order = left.shift(); order !== undefined; order = left.shift()) {
          const answer = await this.answer(adapter, access, order);
          answers.push(answer);
          if (answer === 'OPEN') openPaymentIds.push(order.own.paymentId);
          if (answer === 'UNANSWERED') left.length = 0;
          await keepLease();
        }
      } catch (error) {
        left.length = 0;
        throw error;
      }
    };
    await Promise.all(Array.from({ length: ASKED_AT_ONCE }, askOneByOne));
    return {
      findings: answers.filter((answer) => typeof answer === 'object'),
      openCount: openPaymentIds.length,
      openPaymentIds,
      unansweredCount: answers.filter((answer) => answer === 'UNANSWERED').length,
      askedCount: answers.length,
    };
  }

  /** A difference is believed the second time only: something may have moved between our reading and the answer. */
  private async answer(adapter: AcquirerPort, access: ContractAccess, order: AskedOrder): Promise<Answer> {
    const first = await this.answerOnce(adapter, access, order);
    if (typeof first === 'string') return first;
    const [again] = await this.orders.read([order.own.paymentId]);
    return again === undefined ? 'SAME' : this.answerOnce(adapter, access, again);
  }

  private async answerOnce(
    adapter: AcquirerPort,
    access: ContractAccess,
    { own, reference, openSince }: AskedOrder,
  ): Promise<Answer> {
    const { openLimitMs } = this.config.reconciliation;
    if (openSince !== null && openSince.getTime() >= this.clock.now().getTime() - openLimitMs) return 'OPEN';
    const seen = await adapter.inquire(access, reference);
    if (seen.kind === 'UNKNOWN') {
      // Some acquirers have no code for an order that they never took; silence says nothing of any.
      return own.isCharged || seen.exchange.httpStatus === null ? 'UNANSWERED' : 'SAME';
    }
    return differenceOf(own, seen) ?? 'SAME';
  }
}
