import { Inject, Injectable } from '@nestjs/common';
import { SqlPool } from '../../../common/db/pool';
import { JOURNAL_POOL } from '../../../common/db/tokens';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { Clock } from '../../../common/time/clock';
import type { FeePolicy } from '../../fees/fees.types';
import { FeesFacade } from '../../fees/fees.facade';
import { PayoutDays } from './payout-days';
import { SETTLEMENT_RUN_ERRORS } from './settlement-run.errors';
import { bandsOf } from './price-bands.policy';
import type { Payout, PlacedPrice, Price, PriceSubject } from './price.types';
import { payoutKey, type RunPart, SettlementRunRepository, type RunState } from './settlement-run.repository';

/** Between two looks at parts that another process works on. */
const OTHERS_POLL_MS = 200;

/**
 * The daily run: a line for each movement captured on a day, a settlement for each merchant, contract and payout day.
 * Each part is one transaction under the part's row lock: run twice, by two processes, or killed and begun again, a day
 * comes to the same lines. Days are settled in order, since a cancel is reckoned by its approval's line.
 */
@Injectable()
export class SettlementRunner {
  private readonly runs: SettlementRunRepository;

  constructor(
    @Inject(JOURNAL_POOL) private readonly pool: SqlPool,
    private readonly fees: FeesFacade,
    private readonly payoutDays: PayoutDays,
    private readonly clock: Clock,
  ) {
    this.runs = new SettlementRunRepository(pool);
  }

  /**
   * Settles a Korean day, and before it every earlier one that is not settled. Throws DAY_NOT_OVER for a day that may
   * still get movements.
   */
  async run(day: string, requestedBy: string): Promise<RunState> {
    if (day > (await this.runs.lastClosedDay())) throw fault(SETTLEMENT_RUN_ERRORS, 'DAY_NOT_OVER');
    for (;;) {
      const next = await this.runs.firstUnsettledDay(day);
      if (next === null) break;
      await this.settleDay(next, requestedBy);
    }
    const done = await this.runs.find(day);
    if (done !== null) return done;
    // A day without a single movement is settled, too.
    await this.settleDay(day, requestedBy);
    return (await this.runs.find(day))!;
  }

  /** The worker's part: every day that is over. Answers how many days it settled. */
  async catchUp(): Promise<number> {
    const last = await this.runs.lastClosedDay();
    let settled = 0;
    for (;;) {
      const next = await this.runs.firstUnsettledDay(last);
      if (next === null) return settled;
      await this.settleDay(next, 'system:settlement');
      settled += 1;
    }
  }

  private async settleDay(day: string, actor: string): Promise<void> {
    await this.runs.begin(day, actor);
    for (;;) {
      if (await this.settlePart(day, actor)) continue;
      if ((await this.runs.openParts(day)) === 0) break;
      await this.clock.sleep(OTHERS_POLL_MS);
    }
    await this.runs.finish(day);
  }

  /** False when there is no part that nobody else works on. */
  private settlePart(day: string, actor: string): Promise<boolean> {
    return retryConflicts(() =>
      this.pool.transaction('settle-part', async (tx) => {
        const part = await this.runs.nextPart(tx, day);
        if (part === null) return false;
        const prices = await this.pricesOf(part, await this.runs.subjects(tx, part));
        const settlements = await this.runs.openSettlements(
          tx,
          [...new Map(prices.map(({ payout }) => [payoutKey(payout), payout])).values()],
          actor,
        );
        const placed = prices.map(({ price, payout }): PlacedPrice => {
          return { ...price, settlement_id: settlements.get(payoutKey(payout))! };
        });
        await this.runs.settle(tx, part, placed);
        return true;
      }),
    );
  }

  /** What each kind of payment of the part is settled by, and when it is paid out. */
  private async pricesOf(
    { day }: RunPart,
    subjects: readonly PriceSubject[],
  ): Promise<{ readonly price: Price; readonly payout: Payout }[]> {
    const payoutDay = await this.payoutDays.on(day);
    const policies = new Map<string, FeePolicy[]>();
    const prices: { price: Price; payout: Payout }[] = [];
    for (const subject of subjects) {
      const { mid, contract_id: contractId, method } = subject;
      const inForce = policies.get(mid) ?? (await this.fees.policiesFor(mid, day));
      policies.set(mid, inForce);
      const payout = { mid, contractId, payoutDay: payoutDay({ mid, contractId, method }) };
      for (const price of this.bandPrices(subject, inForce)) prices.push({ price, payout });
    }
    return prices;
  }

  private bandPrices(subject: PriceSubject, inForce: readonly FeePolicy[]): Price[] {
    return bandsOf(inForce).map(({ min, max }) => {
      const policy = this.fees.policyOf(inForce, {
        branchId: subject.branch_id === '' ? null : subject.branch_id,
        acquirer: subject.acquirer,
        cardIssuer: subject.card_issuer === '' ? null : subject.card_issuer,
        cardType: (subject.card_type === '' ? null : subject.card_type) as FeePolicy['cardType'],
        method: subject.method as NonNullable<FeePolicy['method']>,
        amount: min,
      });
      if (policy === null)
        throw fault(SETTLEMENT_RUN_ERRORS, 'NO_FEE_POLICY', { members: { mid: subject.mid } });
      return {
        ...subject,
        amount_min: min,
        amount_max: max,
        policy_id: policy.policyId,
        rate_ppm: policy.ratePpm,
        fixed_fee: policy.fixedFee,
        minimum_fee: policy.minimumFee,
        acquirer_cost_ppm: policy.acquirerCostPpm,
      };
    });
  }
}
