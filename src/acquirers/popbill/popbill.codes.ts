/** What each documented code says of our call. One that is not here says nothing: the outcome is unknown. */
export const POPBILL_NO_SUCH_KEY = -14000003;

/** Our document number is used already: by an earlier sending of the same call, for all we know. */
export const POPBILL_KEY_USED: readonly number[] = [-14000004, -14001019];

/** Missing or bad fields, by number: -14001001 to -14001018. */
const FIELDS = { from: -14001018, to: -14001001 };
const REFUSED: ReadonlySet<number> = new Set([-14001020, -14001021, -14001022, -14001023]);
/** No points are left to pay Popbill with. */
const POINTS_PREFIX = '-990';
/** Link and token refusals share those three digits; they are answered under 401. */
const TOKEN_PREFIX = '-9901';

/** True where the code says that nothing was issued or cancelled, and that asking again changes nothing by itself. */
export function isRefusal(code: number): boolean {
  const text = String(code);
  if (code >= FIELDS.from && code <= FIELDS.to) return true;
  return REFUSED.has(code) || (text.startsWith(POINTS_PREFIX) && !text.startsWith(TOKEN_PREFIX));
}
