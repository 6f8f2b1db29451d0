import type { PayoutAccount } from './payout-accounts';

/** A byte order mark: spreadsheets read the Korean headings by it. */
export const PAYOUT_HEADING = '\uFEFF은행코드,계좌번호,예금주,이체금액,적요,가맹점\r\n';

export interface PayoutLine {
  readonly settlementId: string;
  readonly mid: string;
  /** Won, above 0. */
  readonly amount: number;
}

/** One transfer of the bank's bulk file. */
export function payoutRow({ settlementId, mid, amount }: PayoutLine, account: PayoutAccount): string {
  const { bankCode, accountNumber, holderName } = account;
  return `${[bankCode, accountNumber, holderName, String(amount), settlementId, mid].map(field).join(',')}\r\n`;
}

/** A text that a spreadsheet would run as a formula is defused with an apostrophe. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
