import { readFileSync } from 'node:fs';

export interface DatabaseTls {
  /** PEM; undefined: the authorities that Node.js brings. */
  readonly ca: string | undefined;
  readonly minVersion: 'TLSv1.2';
  readonly rejectUnauthorized: true;
  /** The certificate must be of the host that the address names. */
  readonly verifyIdentity: true;
}

export interface DatabaseAddress {
  readonly place: { readonly socketPath: string } | { readonly host: string; readonly port: number };
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly ssl: DatabaseTls | undefined;
}

/**
 * What a database address says: `mysql://user:password@host:port/database`, with `?socket=PATH` for a server on this machine
 * and `?tls=` for an encrypted connection: `system` (the authorities that Node.js brings), or a file with authorities (PEM). Throws where that
 * file cannot be read: nothing is sent over a connection that should have been encrypted.
 */
export function databaseAddress(url: string): DatabaseAddress {
  const parsed = new URL(url);
  const socketPath = parsed.searchParams.get('socket');
  return {
    place:
      socketPath === null ? { host: parsed.hostname, port: Number(parsed.port || 3306) } : { socketPath },
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: parsed.pathname.slice(1),
    ssl: tlsOf(parsed.searchParams.get('tls')),
  };
}

function tlsOf(wish: string | null): DatabaseTls | undefined {
  if (wish === null) return undefined;
  const ca = wish === 'system' ? undefined : readFileSync(wish, 'utf8');
  return { ca, minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: true };
}
