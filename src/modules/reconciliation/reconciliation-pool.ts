/** Of comparisons: their long statements never keep an approval waiting for a connection. */
export const RECONCILIATION_POOL = Symbol('RECONCILIATION_POOL');
