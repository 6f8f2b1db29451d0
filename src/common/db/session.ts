/**
 * What every connection must be set to before it is used. READ COMMITTED: under REPEATABLE READ a plain SELECT before
 * a locking one pins an old snapshot, and a sum of cancels read from it is wrong. Snapshot isolation stays on as a
 * second line. Readiness asserts the same values.
 */
export const SESSION_SETTINGS = {
  transaction_isolation: 'READ-COMMITTED',
  innodb_snapshot_isolation: 'ON',
  time_zone: '+00:00',
  innodb_lock_wait_timeout: '5',
  idle_write_transaction_timeout: '10',
  sql_mode: 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION',
} as const;

/** The statement that sets them. `statementMs`: the server ends a statement that takes longer. */
export const sessionSql = (statementMs: number): string =>
  `SET SESSION tx_isolation='${SESSION_SETTINGS.transaction_isolation}', ` +
  `innodb_snapshot_isolation=${SESSION_SETTINGS.innodb_snapshot_isolation}, ` +
  `time_zone='${SESSION_SETTINGS.time_zone}', ` +
  `innodb_lock_wait_timeout=${SESSION_SETTINGS.innodb_lock_wait_timeout}, ` +
  `idle_write_transaction_timeout=${SESSION_SETTINGS.idle_write_transaction_timeout}, ` +
  `sql_mode='${SESSION_SETTINGS.sql_mode}', max_statement_time=${statementMs / 1000}`;
