/** The payment journal's own pool, so that slow work elsewhere never keeps an approval waiting for a connection. */
export const JOURNAL_POOL = Symbol('JOURNAL_POOL');

/** One connection for what is asked when the metrics are read: it can keep nobody else waiting. */
export const METRICS_POOL = Symbol('METRICS_POOL');
