/** As many movements as one transaction settles; a merchant with more of them on one day is a part of its own. */
export const PART_TRANSACTIONS_MAX = 20_000;

export interface RunPart {
  readonly day: string;
  readonly part: number;
  readonly firstMid: string;
  readonly lastMid: string;
  readonly transactionCount: number;
}

/** Neighbouring merchants together, until there are enough. */
export function partsOf(day: string, counts: readonly { mid: string; n: number | string }[]): RunPart[] {
  const parts: RunPart[] = [];
  for (const { mid, n } of counts) {
    const last = parts.at(-1);
    const count = Number(n);
    if (last !== undefined && last.transactionCount + count <= PART_TRANSACTIONS_MAX) {
      parts[parts.length - 1] = { ...last, lastMid: mid, transactionCount: last.transactionCount + count };
    } else {
      parts.push({ day, part: parts.length + 1, firstMid: mid, lastMid: mid, transactionCount: count });
    }
  }
  return parts;
}
