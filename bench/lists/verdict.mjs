export const RATIO_MAX = 1.2;
/** Rows examined for each row of a page, and for knowing who asks: what one index range, and the rows it names, come to. */
const EACH_MAX = 5;
const ASKING_MAX = 15;

/** What is not as it should be; nothing for a list whose pages cost the same. Times count where `timed`. */
export function faultsOf({ ratio, examined, deepMs }, limit, { timed }) {
  const most = EACH_MAX * (limit + 1) + ASKING_MAX;
  const faults = [];
  if (Math.max(examined.first, examined.deep ?? 0) > most) faults.push(`more than ${most} rows`);
  if (deepMs === null) return faults;
  if (Math.abs(examined.deep - examined.first) > limit + 1) faults.push('rows differ');
  if (timed && ratio > RATIO_MAX) faults.push(`above ${RATIO_MAX} ×`);
  return faults;
}
