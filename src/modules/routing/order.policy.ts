import type { AcquirerContract, RoutingStrategy } from '../merchants/merchants.types';
import type { Standing, Weighed } from './routing.types';

/** What is left of a weight. Slowness costs half; failing leaves only what exploring needs. */
const HEALTH: Readonly<Record<Standing, number>> = { WELL: 1, SLOW: 0.5, RECOVERING: 0.15, FAILING: 0.05 };

/**
 * The part of all weights that an acquirer which does not work well keeps, so that it can show that it is back. Small
 * enough for its share to stay below a tenth, large enough for eight good calls within 300 payments.
 */
const EXPLORING: Readonly<Record<Standing, number>> = { WELL: 0, SLOW: 0, RECOVERING: 0.12, FAILING: 0.03 };

interface Heft {
  readonly contract: AcquirerContract;
  readonly standing: Standing;
  readonly effectiveWeight: number;
}

/**
 * What each candidate weighs, in the order of priority, weight and age. Only contracts of the same priority number share
 * payments; the next number is asked when they cannot. Health counts within such a group and against its best: where
 * all are equally well, or equally bad, the shares are those of the contracts. Pure.
 */
export function weigh(
  candidates: readonly AcquirerContract[],
  strategy: RoutingStrategy,
  standingOf: (contract: AcquirerContract) => Standing,
): Weighed[] {
  const sorted = candidates.toSorted(
    (a, b) => a.priority - b.priority || b.weight - a.weight || (a.contractId < b.contractId ? -1 : 1),
  );
  return groupsOf(sorted, ({ priority }) => priority).flatMap((group, place) => {
    const standings = group.map(standingOf);
    const best = Math.max(...standings.map((standing) => HEALTH[standing]));
    const all = group.reduce((sum, { weight }) => sum + weight, 0);
    const hefts = group.map((contract, index): Heft => {
      const standing = standings[index]!;
      const health = strategy === 'ADAPTIVE' ? HEALTH[standing] / best : 1;
      return {
        contract,
        standing,
        effectiveWeight: heft(contract.weight, health, all * EXPLORING[standing]),
      };
    });
    return hefts.map((each, index) => ({ ...each, share: place > 0 ? 0 : shareOf(hefts, index, strategy) }));
  });
}

/**
 * The order in which to ask: within each priority the heaviest first, or drawn one after the other by weight. `random`
 * gives numbers from 0 to below 1. Pure but for that.
 */
export function inOrder(
  weighed: readonly Weighed[],
  strategy: RoutingStrategy,
  random: () => number,
): Weighed[] {
  if (strategy === 'PRIORITY' || weighed.length < 2) return [...weighed];
  return groupsOf(weighed, ({ contract }) => contract.priority).flatMap((group) => drawn(group, random));
}

function heft(weight: number, health: number, exploring: number): number {
  return health === 1 ? weight : Math.max(weight * health, Math.min(weight, exploring));
}

function shareOf(group: readonly Heft[], index: number, strategy: RoutingStrategy): number {
  const sum = group.reduce((total, { effectiveWeight }) => total + effectiveWeight, 0);
  if (strategy === 'PRIORITY' || sum === 0) return index === 0 ? 1 : 0;
  return group[index]!.effectiveWeight / sum;
}

function drawn(group: readonly Weighed[], random: () => number): Weighed[] {
  const left = [...group];
  const order: Weighed[] = [];
  while (left.length > 0) {
    let point = random() * left.reduce((sum, { effectiveWeight }) => sum + effectiveWeight, 0);
    const hit = left.findIndex(({ effectiveWeight }) => (point -= effectiveWeight) < 0);
    // No hit: all that is left weighs nothing, and keeps its order.
    order.push(...left.splice(Math.max(hit, 0), 1));
  }
  return order;
}

/** Runs of the same priority number; the items are sorted by it. */
function groupsOf<T>(sorted: readonly T[], priorityOf: (item: T) => number): T[][] {
  const groups: T[][] = [];
  for (const item of sorted) {
    const last = groups.at(-1);
    if (last !== undefined && priorityOf(last[0]!) === priorityOf(item)) last.push(item);
    else groups.push([item]);
  }
  return groups;
}
