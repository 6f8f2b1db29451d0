import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { answers } from './net.mjs';
import { Problem, warn } from './output.mjs';
import { ROOT } from './paths.mjs';

/** Rows of these tables are written once: the app may add and read them, never change or remove them. */
export const APPEND_ONLY = [
  'payment_events',
  'audit_logs',
  'outbox_events',
  'billing_events',
  'cash_receipt_events',
  'cash_receipt_attempts',
  'point_entries',
  'sms_payment_events',
  'point_policies',
  'transactions',
  'ledger_transfers',
  'settlement_lines',
  'settlement_events',
  'settlement_carry_overs',
  'commission_lines',
  'reconciliation_case_events',
  'branch_events',
  'fee_tiers',
  'fee_policies',
  'commission_rates',
  'service_application_events',
  'member_consents',
  'holidays',
  'holiday_years',
  'settlement_terms',
  'webhook_endpoint_versions',
  'settlement_covers',
  'settlement_obligations',
];

/** The same, but what is older than its retention may go: triggers keep everything of the last 30 days. */
const EXPIRING = ['webhook_events', 'webhook_attempts'];

/** The migration tool's own table, and what triggers keep: the app only looks at them. */
const READ_ONLY = ['schema_migrations', 'agency_merchants'];

const NEXT = {
  ER_BAD_DB_ERROR: (database) =>
    `Make it first: CREATE DATABASE ${database} CHARACTER SET utf8mb4; then run the command again.`,
  ER_ACCESS_DENIED_ERROR: () => 'Correct the user and the password in the address.',
  ER_DBACCESS_DENIED_ERROR: (database) =>
    `Let the user into it: GRANT … ON ${database}.* TO the user of that address.`,
};

/** An address without its password, for messages. */
export function redacted(url) {
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username}@${host}${pathname}`;
}

/** As src/common/db/database-address.ts reads it, which is not built yet where this runs. */
function placeOf({ hostname: host, port, searchParams }) {
  const [socketPath, tls] = [searchParams.get('socket'), searchParams.get('tls')];
  if (socketPath) return { socketPath };
  const place = { host, port: Number(port || 3306) };
  if (!tls) return place;
  const ca = tls === 'system' ? undefined : readFileSync(tls, 'utf8');
  return { ...place, ssl: { ca, minVersion: 'TLSv1.2', verifyIdentity: true } };
}

/** Runs `work` with a connection; what goes wrong at the door is said with what to do. */
export async function withConnection(url, work, { database = true } = {}) {
  const mysql = createRequire(join(ROOT, 'package.json'))('mysql2/promise');
  const parsed = new URL(url);
  const name = parsed.pathname.slice(1);
  let connection;
  try {
    connection = await mysql.createConnection({
      ...placeOf(parsed),
      user: decodeURIComponent(parsed.username),
      password: decodeURIComponent(parsed.password),
      ...(database && name ? { database: name } : {}),
      connectTimeout: 5_000,
    });
  } catch (error) {
    const next =
      NEXT[error.code]?.(name) ??
      'See that the server runs and that the address is right, then run the command again.';
    throw new Problem(`The database ${redacted(url)} refused: ${error.message}.`, next);
  }
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

/** Looks at a server that the caller named: does it answer, may we in, and does it have the settings we count on? */
export async function checkExternal(url, variable = 'DATABASE_URL') {
  if (!/^(mysql|mariadb):\/\//.test(url) || !URL.canParse(url)) {
    throw new Problem(
      `${variable} is not a database address.`,
      `Give it the form ${variable}=mysql://user:password@host:3306/pg_gateway`,
    );
  }
  const { hostname: host, port, searchParams } = new URL(url);
  const bySocket = searchParams.has('socket');
  if (!bySocket && !(await answers({ host, port: Number(port || 3306), timeoutMs: 5_000 }))) {
    throw new Problem(
      `Nothing answers at ${host}:${port || 3306}, which ${variable} names.`,
      `Start that server or correct the address; without ${variable} a private server is started for you.`,
    );
  }
  await withConnection(url, async (connection) => {
    const [rows] = await connection.query('SHOW GLOBAL VARIABLES');
    const value = Object.fromEntries(rows.map((row) => [row.Variable_name, row.Value]));
    const wanted = {
      innodb_flush_log_at_trx_commit: '1',
      innodb_doublewrite: 'ON',
      innodb_snapshot_isolation: 'ON',
      ...(value.log_bin === 'ON' ? { sync_binlog: '1' } : {}),
    };
    for (const [name, setting] of Object.entries(wanted)) {
      if (value[name] === setting) continue;
      warn(
        `${host}: ${name} is ${value[name] ?? 'not known'}; the gateway counts on ${setting} (scripts/lib/mariadb/gateway.cnf)`,
      );
    }
  });
}

export const tableNames = (connection) =>
  connection
    .query(
      "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' ORDER BY 1",
    )
    .then(([rows]) => rows.map((row) => row.name));

const currentUser = (url) =>
  withConnection(
    url,
    async (connection) => {
      const [[{ me }]] = await connection.query('SELECT CURRENT_USER() AS me');
      return me.replace(/^(.*)@(.*)$/, "'$1'@'$2'");
    },
    { database: false },
  );

/**
 * Gives the app's user what it needs and no more, table by table (a right on a whole database could not be narrowed for
 * single tables), and the verifying user the right to read. Does nothing for a user who is also the migrating one.
 */
export async function applyGrants({ migrationUrl, appUrl, verifyUrl }) {
  const migrating = await currentUser(migrationUrl);
  const [app, verify] = await Promise.all(
    [appUrl, verifyUrl].map((url) => (url ? currentUser(url) : undefined)),
  );
  await withConnection(migrationUrl, async (connection) => {
    const [[{ name }]] = await connection.query('SELECT DATABASE() AS name');
    const on = (table) => `\`${name}\`.${table === '*' ? '*' : `\`${table}\``}`;
    if (verify && verify !== migrating) await connection.query(`GRANT SELECT ON ${on('*')} TO ${verify}`);
    if (!app || app === migrating) return;
    await connection.query(`GRANT EXECUTE, CREATE TEMPORARY TABLES ON ${on('*')} TO ${app}`);
    for (const table of await tableNames(connection)) await grantTable(connection, app, table, on(table));
  });
}

function rightsOn(table) {
  if (READ_ONLY.includes(table)) return ['SELECT'];
  if (APPEND_ONLY.includes(table)) return ['SELECT', 'INSERT'];
  if (EXPIRING.includes(table)) return ['SELECT', 'INSERT', 'DELETE'];
  return ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
}

async function grantTable(connection, user, table, target) {
  const may = rightsOn(table);
  const mayNot = ['INSERT', 'UPDATE', 'DELETE'].filter((right) => !may.includes(right));
  await connection.query(`GRANT ${may.join(', ')} ON ${target} TO ${user}`);
  if (mayNot.length > 0) await connection.query(`REVOKE ${mayNot.join(', ')} ON ${target} FROM ${user}`);
}
