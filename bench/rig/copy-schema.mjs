/**
 * Makes an empty database the same as another one of the same server: tables with what is in them, views, triggers. For a
 * bench with several databases, since migrations and demo data take seconds each time. `session` uses the empty one.
 */
export async function copyDatabase(session, from) {
  const rows = async (sql, values = []) => (await session.query(sql, values))[0];
  await session.query('SET SESSION foreign_key_checks = 0');
  const tables = await rows(
    'SELECT table_name AS name, table_type AS type FROM information_schema.tables WHERE table_schema = ?',
    [from],
  );
  const lists = new Map(
    (
      await rows(
        `SELECT table_name AS name, GROUP_CONCAT(CONCAT('\`', column_name, '\`')) AS list FROM information_schema.columns
         WHERE table_schema = ? AND is_generated = 'NEVER' GROUP BY table_name`,
        [from],
      )
    ).map(({ name, list }) => [name, list]),
  );
  const own = (definition) => definition.replaceAll(`\`${from}\`.`, '');
  for (const { name } of tables.filter(({ type }) => type === 'BASE TABLE')) {
    const [shown] = await rows(`SHOW CREATE TABLE \`${from}\`.\`${name}\``);
    await session.query(shown['Create Table']);
    const list = lists.get(name);
    await session.query(`INSERT INTO \`${name}\` (${list}) SELECT ${list} FROM \`${from}\`.\`${name}\``);
  }
  for (const { name } of tables.filter(({ type }) => type === 'VIEW')) {
    const [shown] = await rows(`SHOW CREATE VIEW \`${from}\`.\`${name}\``);
    await session.query(own(shown['Create View']));
  }
  const triggers = await rows(
    'SELECT trigger_name AS name FROM information_schema.triggers WHERE trigger_schema = ?',
    [from],
  );
  for (const { name } of triggers) {
    const [shown] = await rows(`SHOW CREATE TRIGGER \`${from}\`.\`${name}\``);
    await session.query(own(shown['SQL Original Statement']));
  }
  await session.query('SET SESSION foreign_key_checks = 1');
}
