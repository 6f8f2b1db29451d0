/** Clearing codes of banks that differ from theirs by more than a leading zero (bank code table of KG Inicis). */
const OLD_CODES: Readonly<Record<string, string>> = { '05': '081', '53': '027' };

const BANKS: ReadonlySet<string> = new Set(
  '02 03 04 07 11 12 20 23 27 31 32 34 35 37 39 45 48 50 54 64 71 81 88 89 90 92'.split(' '),
);

/** KG Inicis' two digits of a bank by the clearing institute's three; null for one that its table lacks. */
export function inicisBank(bankCode: string): string | null {
  const two = bankCode.startsWith('0') ? bankCode.slice(1) : '';
  return BANKS.has(two) ? two : null;
}

/** The clearing institute's three digits; null for a code that the table lacks. */
export function clearingBank(code: string): string | null {
  return OLD_CODES[code] ?? (BANKS.has(code) ? `0${code}` : null);
}
