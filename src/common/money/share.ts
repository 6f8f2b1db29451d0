const MILLION = 1_000_000n;

/** Parts per million of the whole: 10,000 ppm is 1 %, and 1 ppm is 1/10,000 of a percent. */
export const PPM_MAX = 1_000_000;

/** A share in parts per million of an amount that is not negative, cut down to the won. Exact for every safe integer. */
export function shareOf(amountWon: number, ppm: number): number {
  return Number((BigInt(amountWon) * BigInt(ppm)) / MILLION);
}
