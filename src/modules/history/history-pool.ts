/** History's own pool: long lists and exports never take a connection from what moves money or logs people in. */
export const HISTORY_POOL = Symbol('HISTORY_POOL');
