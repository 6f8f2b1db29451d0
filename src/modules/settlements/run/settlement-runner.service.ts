import { Inject, Injectable } from '@nestjs/common';
import { crashPoint } from '../../../common/crash/crash-point';
import { type SqlConnection, SqlPool } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { Clock } from '../../../common/time/clock';
import type { FeePolicy } from '../../fees/fees.types';
import { FeesFacade } from '../../fees/fees.facade';
import type { RunPart } from './run-parts.policy';
import { type PayoutBook, PayoutDays } from './payout-days';
import { RunCommissions } from './run-commissions';
import { SETTLEMENT_POOL } from './settlement-pool';
import { SETTLEMENT_RUN_ERRORS } from './settlement-run.errors';
import { bandsOf } from './price-bands.policy';
import type { CommissionPrice, Payout, PlacedPrice, Price, PriceSubject } from './price.types';
import { payoutKey, SettlementRunRepository, type RunState } from './settlement-run.repository';

/** Between two looks at parts that another process works on. */
const OTHERS_POLL_MS = 200;

interface PartPrices {
  readonly prices: readonly { readonly price: Price; readonly payout: Payout }[];
  readonly commissions: readonly CommissionPrice[];
}

/**
 * The daily run: a line for each movement captured on a day, a settlement for each merchant, contract and payout day.
 * Each part is one transaction under the part's row lock: run twice, by two processes, or killed and begun again, a day
 * comes to the same lines. Days are settled in order, since a cancel is reckoned by its approval's line.
 */
@Injectable()
export class SettlementRunner {
  private readonly runs: SettlementRunRepository;

  constructor(
    @Inject(SETTLEMENT_POOL) private readonly pool: SqlPool,
    private readonly fees: FeesFacade,
    private readonly commissions: RunCommissions,
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

  /** The worker's part: every day that is over. Answers the last day that is over: all up to it are settled. */
  async catchUp(): Promise<string> {
    const last = await this.runs.lastClosedDay();
    for (;;) {
      const next = await this.runs.firstUnsettledDay(last);
      if (next === null) return last;
      await this.settleDay(next, 'system:settlement');
    }
  }

  /** The last Korean day that is over by the database's clock: nothing is booked on it any more. */
  lastClosedDay(): Promise<string> {
    return this.runs.lastClosedDay();
  }

  /** How a day's run stands; null where there is none. */
  find(day: string): Promise<RunState | null> {
    return this.runs.find(day);
  }

  /** Runs from the latest day back, before a day where it is given. */
  page(before: string | null, count: number): Promise<RunState[]> {
    return this.runs.page(before, count);
  }

  private async settleDay(day: string, actor: string): Promise<void> {
    await this.runs.begin(day, actor, (tx) => this.payoutDays.close(tx, day));
    await this.fees.ensureAnyPolicy(await this.runs.midsOf(day), day, actor);
    for (;;) {
      if (await this.settlePart(day, actor)) {
        crashPoint('settlement.part-done');
        continue;
      }
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
        const { prices, commissions } = await this.pricesOf(tx, part);
        const settlements = await this.runs.openSettlements(
          tx,
          [...new Map(prices.map(({ payout }) => [payoutKey(payout), payout])).values()],
          actor,
        );
        const placed = prices.map(({ price, payout }): PlacedPrice => {
          return { ...price, settlement_id: settlements.get(payoutKey(payout))! };
        });
        await this.runs.settle(tx, part, { prices: placed, commissions });
        crashPoint('settlement.part-before-commit');
        return true;
      }),
    );
  }

  /** What each kind of payment of the part is settled by, when it is paid out, and who earns of its fees. */
  private async pricesOf(tx: SqlConnection, part: RunPart): Promise<PartPrices> {
    const { day } = part;
    const subjects = await this.runs.subjects(tx, part);
    const mids = [...new Set(subjects.map(({ mid }) => mid))];
    const book = await this.payoutDays.on(day);
    const frozen = await this.runs.frozenPayouts(tx, part, day);
    const policies = await this.fees.policiesForAll(mids, day);
    const sharesOf = await this.commissions.on(day, mids);
    const prices: { price: Price; payout: Payout }[] = [];
    const commissions = new Map<string, CommissionPrice>();
    for (const subject of subjects) {
      const { mid } = subject;
      const payout = openPayout(subject, book, frozen);
      const inForce = policies.get(mid) ?? [];
      for (const price of this.bandPrices(subject, inForce)) {
        prices.push({ price, payout });
        const policy = inForce.find(({ policyId }) => policyId === price.policy_id)!;
        for (const { kind, code, ratePpm } of sharesOf(mid, policy)) {
          commissions.set(`${mid} ${policy.policyId} ${kind} ${code}`, {
            ...{ mid, policy_id: policy.policyId, rate_ppm: ratePpm },
            ...{ earner_kind: kind, earner_code: code },
          });
        }
      }
    }
    return { prices, commissions: [...commissions.values()] };
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

/** The payout that a payment goes into: where its day's sum is frozen already, that of the next payout day. */
function openPayout(
  { mid, contract_id: contractId, method }: PriceSubject,
  book: PayoutBook,
  frozen: ReadonlySet<string>,
): Payout {
  let payout: Payout = { mid, contractId, payoutDay: book.of({ mid, contractId, method }) };
  while (frozen.has(payoutKey(payout))) {
    payout = { ...payout, payoutDay: book.following(payout.payoutDay) };
  }
  return payout;
}
