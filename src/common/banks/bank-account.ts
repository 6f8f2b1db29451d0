/** Names as banks compare them: without spaces, in one form and case. */
export function isSameHolder(told: string, found: string): boolean {
  const plain = (name: string) => name.normalize('NFKC').replace(/\s/gu, '').toUpperCase();
  return plain(told) !== '' && plain(told) === plain(found);
}

const SHOWN_DIGITS = 4;

/** The last four digits, the rest as stars. */
export function maskAccountNumber(accountNumber: string): string {
  const shown = accountNumber.slice(-SHOWN_DIGITS);
  return '*'.repeat(Math.max(0, accountNumber.length - shown.length)) + shown;
}
