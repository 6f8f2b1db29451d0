import { crashPoint } from '../../../common/crash/crash-point';
import { isRefusedData } from '../../../common/db/database-errors';
import type { SqlConnection, SqlPool, SqlValue } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { AppError } from '../../../common/errors/app-error';
import { openSettlements } from '../open-settlement';
import type { MerchantPlan, PartPlan } from './part-planner';
import { openPayout, payoutKey } from './payout-place.policy';
import type { Payout, PlacedPrice } from './price.types';
import { IncompleteLines, type PlacedPart, type RunPartsRepository } from './run-parts.repository';
import type { SettlementCasesRepository } from './settlement-cases.repository';

/** Never to be read: what is done in its name is undone. */
const TRIAL = 'system:settlement';
const LINES_REFUSED = 'SETTLEMENT_LINES_REFUSED';

/** A merchant's plan, each price with the payout whose sum is open. */
interface Placement {
  readonly prices: readonly {
    readonly price: MerchantPlan['prices'][number]['price'];
    readonly payout: Payout;
  }[];
  readonly commissions: MerchantPlan['commissions'];
}

/** Thrown to undo a transaction that was only to show whether it works. */
class Undone extends Error {}

/** Writes what was planned for a part: one transaction, all of it or nothing. */
export class PartSettler {
  constructor(
    private readonly pool: SqlPool,
    private readonly parts: RunPartsRepository,
    private readonly cases: SettlementCasesRepository,
  ) {}

  /**
   * Settles a part, and sets aside under a case who cannot be. False when another has done it or is at it. What is
   * refused by the database though it was planned is one merchant's fault as a rule: it is looked for one by one.
   */
  async settle(plan: PartPlan, actor: string, refused: ReadonlySet<string> = new Set()): Promise<boolean> {
    try {
      return await retryConflicts(() =>
        this.pool.transaction('settle-part', (tx) => this.settlePart(tx, plan, { actor, refused })),
      );
    } catch (error) {
      if (!isFaultOfData(error)) throw error;
      const found = await this.refusedAlone(plan, refused);
      if (found.size === 0) throw error;
      return this.settle(plan, actor, new Set([...refused, ...found]));
    }
  }

  /** Settles the first part that waits for a case. False when it still has to wait, or another has done it. */
  async settleWaiting(caseId: string, plan: PartPlan, actor: string): Promise<boolean> {
    const { part, merchants } = plan;
    try {
      return await retryConflicts(() =>
        this.pool.transaction('settle-waiting-part', async (tx) => {
          if (!(await this.cases.claim(tx, caseId, part))) return false;
          const placed = await this.place(tx, plan, new Set());
          const code = placed.get(part.firstMid) ?? LINES_REFUSED;
          if (typeof code === 'string') throw new StillWaiting(code);
          await this.write(tx, plan, { placed, movements: part.transactionCount, actor });
          await this.cases.settled(tx, caseId, part);
          crashPoint('settlement.part-before-commit');
          return true;
        }),
      );
    } catch (error) {
      if (!(error instanceof StillWaiting) && !isFaultOfData(error)) throw error;
      const planned = merchants.get(part.firstMid);
      const code = error instanceof StillWaiting ? error.message : LINES_REFUSED;
      await this.cases.tried(caseId, typeof planned === 'string' ? planned : code);
      return false;
    }
  }

  private async settlePart(
    tx: SqlConnection,
    plan: PartPlan,
    { actor, refused }: { readonly actor: string; readonly refused: ReadonlySet<string> },
  ): Promise<boolean> {
    const { part } = plan;
    if (!(await this.parts.claim(tx, part))) return false;
    const waiting = await this.cases.lockOpen(tx, part);
    const placed = await this.place(tx, plan, refused);
    const faulty = [...placed].flatMap(([mid, found]): [string, string][] =>
      typeof found === 'string' && !waiting.has(mid) ? [[mid, found]] : [],
    );
    const opened = await this.cases.open(tx, part.day, new Map(faulty));
    const aside = new Map([...opened, ...[...waiting].filter(([mid]) => placed.has(mid))]);
    const left = part.transactionCount - (await this.cases.setAside(tx, part, aside));
    for (const mid of aside.keys()) placed.delete(mid);
    await this.write(tx, plan, { placed, movements: left, actor });
    crashPoint('settlement.part-before-commit');
    return true;
  }

  /** Every merchant of the part with its open payouts, or the code of what keeps it from being settled. */
  private async place(
    tx: SqlConnection,
    { part, merchants, following }: PartPlan,
    refused: ReadonlySet<string>,
  ): Promise<Map<string, Placement | string>> {
    const frozen = await this.parts.frozenPayouts(tx, part);
    const placed = new Map<string, Placement | string>();
    for (const [mid, planned] of merchants) {
      if (typeof planned === 'string' || refused.has(mid)) {
        placed.set(mid, typeof planned === 'string' ? planned : LINES_REFUSED);
        continue;
      }
      placed.set(mid, placementOf(planned, following, frozen));
    }
    return placed;
  }

  private async write(
    tx: SqlConnection,
    { part }: PartPlan,
    {
      placed,
      movements,
      actor,
    }: {
      readonly placed: ReadonlyMap<string, Placement | string>;
      readonly movements: number;
      readonly actor: string;
    },
  ): Promise<void> {
    const ready = [...placed.values()].filter((each): each is Placement => typeof each !== 'string');
    const prices = ready.flatMap((each) => each.prices);
    const payouts = new Map(prices.map(({ payout }) => [payoutKey(payout), payout]));
    const query = <T>(sql: string, values: SqlValue[]) => tx.query<T>(sql, values);
    const settlements = await openSettlements(query, [...payouts.values()], { actor, reason: 'daily run' });
    const content: PlacedPart = {
      prices: prices.map(({ price, payout }): PlacedPrice => {
        return { ...price, settlement_id: settlements.get(payoutKey(payout))! };
      }),
      commissions: ready.flatMap(({ commissions }) => commissions),
      movements,
    };
    await this.parts.settle(tx, part, content);
  }

  /** Whose lines the database refuses when they are made alone. */
  private async refusedAlone(plan: PartPlan, known: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const [mid, planned] of plan.merchants) {
      if (known.has(mid) || typeof planned === 'string') continue;
      try {
        await retryConflicts(() => this.tryAlone(plan, mid));
      } catch (error) {
        if (!isFaultOfData(error)) throw error;
        found.add(mid);
      }
    }
    return found;
  }

  /** Makes one merchant's lines and undoes them. Throws what the database says to them. */
  private async tryAlone(plan: PartPlan, mid: string): Promise<void> {
    const alone = { ...plan.part, firstMid: mid, lastMid: mid };
    const merchants = new Map([...plan.merchants].filter(([each]) => each === mid));
    const trial = this.pool.transaction('try-merchant', async (tx) => {
      if (!(await this.parts.claim(tx, plan.part))) throw new Undone();
      if ((await this.cases.lockOpen(tx, alone)).has(mid)) throw new Undone();
      const of = { ...plan, part: alone, merchants };
      const placed = await this.place(tx, of, new Set());
      const movements = await this.parts.countMovements(tx, alone);
      if (typeof placed.get(mid) !== 'string') await this.write(tx, of, { placed, movements, actor: TRIAL });
      throw new Undone();
    });
    await trial.catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  }
}

/** Why a part has to go on waiting: a code of the error table. */
class StillWaiting extends Error {}

/** The database refused the content of rows, or lines are missing: tried again it is the same. */
const isFaultOfData = (error: unknown) => error instanceof IncompleteLines || isRefusedData(error);

function placementOf(
  planned: MerchantPlan,
  following: PartPlan['following'],
  frozen: ReadonlySet<string>,
): Placement | string {
  try {
    const prices = planned.prices.map(({ price, due }) => ({
      price,
      payout: openPayout(due, following, frozen),
    }));
    return { prices, commissions: planned.commissions };
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
