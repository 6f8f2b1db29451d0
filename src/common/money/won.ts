/** Amounts are whole won in safe integers; no amount of ours may pass this. */
export const WON_MAX = 9_999_999_999;

/** True for a whole number of won from 0 to WON_MAX. */
export function isWon(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= WON_MAX;
}

/** Reads a BIGINT that a driver may give as a string. Throws when it is not a whole number that is safe to reckon with. */
export function wonFromDatabase(value: string | number | bigint): number {
  const won = Number(value);
  if (!Number.isSafeInteger(won)) throw new RangeError('an amount in the database is not a safe integer');
  return won;
}

/**
 * The VAT inside an amount: a tenth of the supply value, thus an eleventh of the taxable part, rounded to the nearest
 * won, as every acquirer reckons it when the merchant does not say. The service charge bears no VAT.
 */
export function includedVat(amountWon: number, taxFreeWon: number, serviceChargeWon: number): number {
  return Math.round((amountWon - taxFreeWon - serviceChargeWon) / 11);
}
