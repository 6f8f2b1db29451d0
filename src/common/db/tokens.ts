/** The payment journal's own pool, so that slow work elsewhere never keeps an approval waiting for a connection. */
export const JOURNAL_POOL = Symbol('JOURNAL_POOL');
