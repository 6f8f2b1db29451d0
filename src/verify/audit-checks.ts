import { DataSource } from 'typeorm';
import { UnitOfWork } from '../common/db/unit-of-work';
import { Clock } from '../common/time/clock';
import { AuditLogEntity } from '../modules/audit/audit-log.entity';
import { AuditFacade } from '../modules/audit/audit.facade';
import type { Violation } from './violation';

/** INV-24: every audit row is there, unaltered, and links to the one before. */
export async function auditChainViolations(databaseUrl: string): Promise<Violation[]> {
  const url = new URL(databaseUrl);
  const source = await new DataSource({
    type: 'mariadb',
    host: url.hostname,
    port: Number(url.port || 3306),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
    timezone: 'Z',
    charset: 'utf8mb4',
    entities: [AuditLogEntity],
  }).initialize();
  try {
    const { problems } = await new AuditFacade(source, new UnitOfWork(source), new Clock()).verifyChain();
    return problems.map(({ seq, id, problem }) => ({
      invariant: 'INV-24',
      what: `an audit row is ${problem.toLowerCase()}`,
      id: id ?? `seq ${seq}`,
    }));
  } finally {
    await source.destroy();
  }
}
