import type { DataSource } from 'typeorm';
import type { SqlPool } from '../common/db/pool';
import { SESSION_SETTINGS } from '../common/db/session';
import { Logger } from '../common/logging/logger';
import { Clock } from '../common/time/clock';
import type { AppConfig } from '../config/app-config';
import { DatabaseChecks } from './database-checks';
import { Readiness } from './readiness';

const SETTINGS = { ...SESSION_SETTINGS, innodb_snapshot_isolation: 1 };

const config = { database: { readinessTimeoutMs: 100 } } as AppConfig;

/** A server that answers as MariaDB does; `wsrep` is undefined where it is built without Galera. */
function server(wsrep?: { on: string; ready: string }) {
  const ask = (sql: string) => {
    const named = (value?: string) => (value === undefined ? [] : [{ Value: value }]);
    if (sql.includes('wsrep_on')) return Promise.resolve(named(wsrep?.on));
    if (sql.includes('wsrep_ready')) return Promise.resolve(named(wsrep?.ready));
    if (sql.includes('schema_migrations')) return Promise.resolve([{ name: 'One' }]);
    if (sql.includes('flush')) return Promise.resolve([{ flush: 1 }]);
    return Promise.resolve([sql.includes('tx_isolation') ? SETTINGS : { alive: 1 }]);
  };
  const source = { query: ask, migrations: [{ name: 'One' }] } as unknown as DataSource;
  const pool = { query: ask, execute: ask } as unknown as SqlPool;
  return new Readiness(new DatabaseChecks(source, pool), new Clock(), config, new Logger('silent'));
}

describe('readiness of one database node of many', () => {
  it.each([
    ['of a server without Galera', undefined],
    ['of a server that could have Galera and has not', { on: 'OFF', ready: 'OFF' }],
    ['of a node with a majority', { on: 'ON', ready: 'ON' }],
  ])('%s is given', async (_, wsrep) => {
    expect(await server(wsrep).report()).toMatchObject({ status: 'ready', checks: { database: 'ok' } });
  });

  it('of a node that has lost the others is refused, although it answers', async () => {
    const { status, checks } = await server({ on: 'ON', ready: 'OFF' }).report();
    expect({ status, checks }).toEqual({ status: 'unavailable', checks: { database: 'failed' } });
  });
});

describe('readiness over a database that does not answer', () => {
  /** Answers nothing that `silent` finds, until it is let go. */
  function frozen(silent: RegExp) {
    const asked: string[] = [];
    let thaw = () => {};
    const thawed = new Promise<void>((resolve) => (thaw = resolve));
    const ask = async (sql: string) => {
      asked.push(sql);
      if (silent.test(sql)) await thawed;
      return sql.includes('schema_migrations') ? [{ name: 'One' }] : [{ alive: 1 }];
    };
    const source = { query: ask, migrations: [{ name: 'One' }] } as unknown as DataSource;
    const pool = { query: ask, execute: ask } as unknown as SqlPool;
    return {
      asked,
      thaw,
      readiness: new Readiness(new DatabaseChecks(source, pool), new Clock(), config, new Logger('silent')),
    };
  }

  it.each([
    ['anything', /./, { database: 'failed' }],
    ['what waits for a table', /schema_migrations/, { database: 'ok', migrations: 'failed' }],
  ])('is refused in time when that is %s', async (_, silent, checks) => {
    const since = performance.now();
    expect(await frozen(silent).readiness.report()).toEqual({ status: 'unavailable', checks });
    expect(performance.now() - since).toBeLessThan(1_000);
  });

  it('asks it once, however often it is asked itself', async () => {
    const { asked, thaw, readiness } = frozen(/./);
    await readiness.report();
    const first = asked.length;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await readiness.report()).toMatchObject({ status: 'unavailable' });
    expect(asked).toHaveLength(first);
    thaw();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await readiness.report()).checks.database).toBe('ok');
  });
});
