/** The pool of webhooks alone: neither their backlog nor their lists take a connection from what moves money. */
export const WEBHOOK_POOL = Symbol('WEBHOOK_POOL');
