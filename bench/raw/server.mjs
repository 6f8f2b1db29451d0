/*
 * The raw reference: the smallest program that approves card payments as the gateway does, with the same tables, rows,
 * checks and durability, and no framework. It is the yardstick of the bench and nothing else.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createPool } from 'mysql2/promise';
import { approve } from './approve.mjs';
import { Directory } from './directory.mjs';
import { Keys } from './keys.mjs';
import { Refused } from './refused.mjs';

const BODY_MAX = 32 * 1024;
const MID = /^M\d{7}$/;
const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;
const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
};
const SESSION =
  "SET SESSION tx_isolation='READ-COMMITTED', innodb_snapshot_isolation=ON, time_zone='+00:00', " +
  'innodb_lock_wait_timeout=5, idle_write_transaction_timeout=10, max_statement_time=5, ' +
  "sql_mode='STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION'";

const { DATABASE_URL, ROOT_KEYS, TOSS_BASE_URL, PORT } = process.env;
/** The size at which it was fastest: fewer wait for each other, more only take turns on the processors. */
const POOL = Number(process.env.RAW_POOL ?? 32);
const perSecond = Number(process.env.RATE_MERCHANT_PER_SECOND);

const database = new URL(DATABASE_URL);
const pool = createPool({
  host: database.hostname,
  port: Number(database.port),
  user: decodeURIComponent(database.username),
  password: decodeURIComponent(database.password),
  database: database.pathname.slice(1),
  charset: 'utf8mb4',
  timezone: 'Z',
  dateStrings: true,
  supportBigNumbers: true,
  connectionLimit: POOL,
  maxPreparedStatements: 200,
  trace: false,
});
pool.pool.on('connection', (connection) => connection.query(SESSION));

const keys = new Keys(pool, ROOT_KEYS);
const parts = { pool, keys, directory: new Directory(pool, keys), tossUrl: TOSS_BASE_URL };
const windows = new Map();

/** A fixed window of one second for each merchant, as the gateway has. */
function withinRate(mid) {
  const second = Math.floor(performance.now() / 1_000);
  const seen = windows.get(mid);
  if (seen?.second !== second) windows.set(mid, { second, count: 1 });
  else seen.count += 1;
  return windows.get(mid).count <= perSecond;
}

function readBody(request) {
  return new Promise((resolve, reject) => {
    const parts = [];
    let length = 0;
    request.on('data', (part) => {
      length += part.length;
      if (length <= BODY_MAX) parts.push(part);
    });
    request.on('error', reject);
    request.on('end', () => {
      if (length > BODY_MAX) reject(new Refused(413, 'BODY_TOO_LARGE'));
      else resolve(Buffer.concat(parts).toString('utf8'));
    });
  });
}

async function handle(request) {
  const text = await readBody(request);
  if (request.url === '/health' && request.method === 'GET') return { status: 'ok' };
  if (request.url !== '/v1/payments/card' || request.method !== 'POST') throw new Refused(404, 'NOT_FOUND');
  const mid = await parts.directory.merchantOf(request.headers.authorization);
  if (mid === null) throw new Refused(401, 'UNAUTHENTICATED');
  if (!withinRate(mid)) throw new Refused(429, 'RATE_LIMITED');
  const body = bodyOf(text);
  if (body.mid !== mid) throw new Refused(404, 'MERCHANT_NOT_FOUND');
  return approve(parts, mid, body);
}

function bodyOf(text) {
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Refused(400, 'BODY_UNREADABLE');
  }
  if (!MID.test(body?.mid) || typeof body.encData !== 'string' || body.encData.length === 0) {
    throw new Refused(400, 'VALIDATION_FAILED');
  }
  return body;
}

function send(request, response, status, body) {
  const text = JSON.stringify(body);
  const given = request.headers['x-request-id'] ?? '';
  response.writeHead(status, {
    ...HEADERS,
    'x-request-id': REQUEST_ID.test(given) ? given : `req_${randomUUID()}`,
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  handle(request).then(
    (body) => send(request, response, 200, body),
    (error) => {
      if (!(error instanceof Refused)) console.error(error);
      const { status, body } = error instanceof Refused ? error : new Refused(500, 'INTERNAL_ERROR');
      send(request, response, status, body);
    },
  );
});

server.listen(Number(PORT), '127.0.0.1', () => console.log(`raw reference listening on ${PORT}`));
process.once('SIGTERM', () => {
  server.close(() => void pool.end().then(() => process.exit(0)));
  server.closeIdleConnections();
});
