/** The server did not answer a statement in time: it may have been carried out, and nothing is known of the connection. */
export class AnswerWaitExceeded extends Error {
  readonly code = 'PROTOCOL_SEQUENCE_TIMEOUT';
  constructor() {
    super('the database did not answer in time');
    this.name = 'AnswerWaitExceeded';
  }
}

/**
 * A COMMIT is waited for so many times as long as another statement: a Galera cluster that has lost a node stands still for up
 * to 6.5 s and then commits, and whoever had given up would be told that nobody knows.
 */
export const COMMIT_PATIENCE = 3;

/** mysql2's own time-out begins only when a statement is sent: not while it is being prepared, nor behind another. */
export async function answeredWithin<T>(limitMs: number, ask: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AnswerWaitExceeded()), limitMs);
  });
  try {
    return await Promise.race([ask(), limit]);
  } finally {
    clearTimeout(timer);
  }
}
