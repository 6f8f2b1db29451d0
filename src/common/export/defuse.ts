/** What makes a spreadsheet take text for a formula, by OWASP's list, with the full-width forms that East Asian ones accept. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** Text that a spreadsheet shows and never runs: an apostrophe goes before what would begin a formula. */
export function defused(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
