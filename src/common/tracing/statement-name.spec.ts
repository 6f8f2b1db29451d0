import { statementName } from './statement-name';

it.each([
  ['SELECT * FROM payments WHERE id = ?', 'SELECT payments'],
  ['  select COUNT(*) AS n\n FROM `payments` p JOIN branches b', 'SELECT payments'],
  ['INSERT INTO outbox_events (id) VALUES (?)', 'INSERT outbox_events'],
  ['INSERT IGNORE INTO settlement_runs (id) VALUES (?)', 'INSERT settlement_runs'],
  ['UPDATE payments SET status = ? WHERE id = ?', 'UPDATE payments'],
  ['DELETE FROM idempotency_keys WHERE expires_at < ?', 'DELETE idempotency_keys'],
  ['START TRANSACTION', 'START'],
  ['COMMIT', 'COMMIT'],
  ['SET SESSION tx_isolation = ?', 'SET'],
  ['', 'STATEMENT'],
])('%s is called %s', (sql, name) => expect(statementName(sql)).toBe(name));

it('never takes a value into the name', () => {
  const card = '4242424242424242';
  const statements = [
    `SELECT '${card}'`,
    `SELECT * FROM '${card}'`,
    `UPDATE x SET a = '${card}'`,
    `INSERT INTO t VALUES ('${card}')`,
    card,
  ];
  for (const sql of statements) expect(statementName(sql)).not.toContain('42');
});
