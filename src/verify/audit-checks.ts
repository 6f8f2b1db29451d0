import { DataSource } from 'typeorm';
import { databaseAddress } from '../common/db/database-address';
import { UnitOfWork } from '../common/db/unit-of-work';
import { Clock } from '../common/time/clock';
import { AuditLogEntity } from '../modules/audit/audit-log.entity';
import { AuditFacade } from '../modules/audit/audit.facade';
import type { Violation } from './violation';

/** INV-24: every audit row is there, unaltered, and links to the one before. */
export async function auditChainViolations(databaseUrl: string): Promise<Violation[]> {
  const { place, user, password, database, ssl } = databaseAddress(databaseUrl);
  const source = await new DataSource({
    type: 'mariadb',
    ...place,
    ...(ssl === undefined ? {} : { ssl }),
    username: user,
    password,
    database,
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
