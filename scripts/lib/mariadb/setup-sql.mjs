export const DATABASE = 'pg_gateway';

/** The users of the gateway's database, the variable that holds each password, and what each may do. */
export const USERS = {
  admin: { name: 'gateway_admin', secret: 'DB_ADMIN_PASSWORD' },
  migrate: { name: 'gateway_migrate', secret: 'DB_MIGRATE_PASSWORD' },
  app: { name: 'gateway_app', secret: 'DB_APP_PASSWORD' },
  verify: { name: 'gateway_verify', secret: 'DB_VERIFY_PASSWORD' },
};

const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/**
 * The statements that a private server runs at every start, one a line: users with the passwords of now, and the
 * database. All of them may be repeated. What the app may do with each table is granted after the migrations.
 */
export function setupStatements(secrets, { host = '127.0.0.1', users = Object.keys(USERS) } = {}) {
  const account = (user) => `${quoted(USERS[user].name)}@${quoted(host)}`;
  const grants = {
    admin: [`GRANT ALL PRIVILEGES ON *.* TO ${account('admin')} WITH GRANT OPTION`],
    migrate: [`GRANT ALL PRIVILEGES ON \`${DATABASE}\`.* TO ${account('migrate')} WITH GRANT OPTION`],
    app: [],
    verify: [`GRANT SELECT ON \`${DATABASE}\`.* TO ${account('verify')}`],
  };
  return [
    `CREATE DATABASE IF NOT EXISTS \`${DATABASE}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`,
    ...users.flatMap((user) => [
      `CREATE USER IF NOT EXISTS ${account(user)}`,
      `ALTER USER ${account(user)} IDENTIFIED BY ${quoted(secrets[USERS[user].secret])}`,
      ...grants[user],
    ]),
  ];
}

export function urlOf(user, secrets, { host = '127.0.0.1', port, database = DATABASE }) {
  const { name, secret } = USERS[user];
  return `mysql://${name}:${encodeURIComponent(secrets[secret])}@${host}:${port}/${database}`;
}
