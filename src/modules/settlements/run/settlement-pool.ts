/** The daily run's own pool: its long statements never keep an approval waiting for a connection. */
export const SETTLEMENT_POOL = Symbol('SETTLEMENT_POOL');
