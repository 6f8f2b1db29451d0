import type { DataSource, EntitySubscriberInterface } from 'typeorm';
import { statementName } from '../tracing/statement-name';
import { isTracing, recordPast } from '../tracing/spans';
import type { SpanStart } from '../tracing/span.types';
import type { Clock } from '../time/clock';

/** A transaction, by the name of its unit of work. */
export function unitSpan(name: string): SpanStart {
  return {
    name: `transaction ${name}`,
    kind: 'CLIENT',
    attributes: { 'db.system.name': 'mariadb', 'db.operation.name': name },
    onlyWithin: true,
  };
}

/** A statement, by what it does to which table; its text and its values stay here. */
export function statementSpan(sql: string): SpanStart {
  const name = statementName(sql);
  return {
    name,
    kind: 'CLIENT',
    attributes: { 'db.system.name': 'mariadb', 'db.operation.name': name },
    onlyWithin: true,
  };
}

/** Statements that TypeORM sends, seen when they have ended. Its own event tells how long each took. */
export function traceStatements(source: DataSource, clock: Clock): void {
  if (!isTracing()) return;
  const watching: EntitySubscriberInterface = {
    afterQuery: ({ query, success, executionTime = 0 }) =>
      recordPast(
        { ...statementSpan(query), startedAtMs: clock.monotonicMs() - executionTime },
        success ? undefined : 'QueryFailedError',
      ),
  };
  source.subscribers.push(watching);
}
