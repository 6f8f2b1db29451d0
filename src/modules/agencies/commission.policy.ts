import type { CommissionLevel } from './agencies.types';

const WHOLE_PPM = 1_000_000;

export interface DatedRate {
  /** Korean day. */
  readonly effectiveFrom: string;
  readonly seq: number;
  readonly ratePpm: number;
}

/** Rates by owner: `AGENCY AG0001`, `SELLER SL0001`. */
export type RatesByOwner = ReadonlyMap<string, readonly DatedRate[]>;
export const ownerKey = ({ kind, code }: Pick<CommissionLevel, 'kind' | 'code'>) => `${kind} ${code}`;

/** Who earns of the fees of one agency's merchants: the agency, those above it, and its seller. */
export interface CommissionPath {
  readonly agencyCode: string;
  readonly earners: readonly Pick<CommissionLevel, 'kind' | 'code'>[];
}

/** The rate that holds on a Korean day: of the latest day up to then, and of one day the one set last; 0 without any. */
export function rateOn(rates: readonly DatedRate[], day: string): number {
  let found: DatedRate | null = null;
  for (const rate of rates) {
    if (rate.effectiveFrom > day) continue;
    const isLater =
      found === null ||
      rate.effectiveFrom > found.effectiveFrom ||
      (rate.effectiveFrom === found.effectiveFrom && rate.seq > found.seq);
    if (isLater) found = rate;
  }
  return found?.ratePpm ?? 0;
}

/** What each earner of a path has on a Korean day, in the path's order; those with nothing are left out. */
export function levelsOn(path: CommissionPath, rates: RatesByOwner, day: string): CommissionLevel[] {
  return path.earners
    .map((earner) => ({ ...earner, ratePpm: rateOn(rates.get(ownerKey(earner)) ?? [], day) }))
    .filter(({ ratePpm }) => ratePpm > 0);
}

/** A day on which more than the whole fee would be given away. */
export interface Excess {
  readonly agencyCode: string;
  readonly day: string;
  readonly sumPpm: number;
}

/** The first excess of any path on a day from `from` on; null when all of them hold. Rates change on their days only. */
export function excessFrom(
  paths: readonly CommissionPath[],
  rates: RatesByOwner,
  from: string,
): Excess | null {
  for (const path of paths) {
    const all = path.earners.flatMap((earner) => rates.get(ownerKey(earner)) ?? []);
    const days = new Set([
      from,
      ...all.map(({ effectiveFrom }) => effectiveFrom).filter((day) => day > from),
    ]);
    for (const day of [...days].sort()) {
      const sumPpm = levelsOn(path, rates, day).reduce((sum, { ratePpm }) => sum + ratePpm, 0);
      if (sumPpm > WHOLE_PPM) return { agencyCode: path.agencyCode, day, sumPpm };
    }
  }
  return null;
}
