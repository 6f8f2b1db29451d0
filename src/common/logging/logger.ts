import { pino, type Logger as Pino } from 'pino';
import type { LoggerService } from '@nestjs/common';
import { requestContext } from '../http/request-context';
import { activeTraceId } from '../tracing/spans';
import { LOG_FIELDS } from './log-fields';
import { redacted } from './redaction';

export type LogValue = string | number | boolean | null | undefined;
export type LogFieldsGiven = Readonly<Record<string, LogValue>>;

const TEXT_MAX = 500;
/** No secret that is looked for is longer than this: one that begins within TEXT_MAX is seen whole. */
const SECRET_MAX = 4_000;
/**
 * No field should hold a secret; should one all the same, in a text that somebody else wrote, it stays out. Control
 * characters would let a value pretend to be another line or colour a terminal.
 */
function safe(value: LogValue): LogValue {
  if (typeof value !== 'string') return value;
  const seen = value.slice(0, TEXT_MAX + SECRET_MAX).replace(/\p{Cc}/gu, ' ');
  return redacted(seen).slice(0, TEXT_MAX);
}

/**
 * Structured logs, one JSON object a line, by allow-list. `event` is a dotted name that never varies; everything that
 * varies goes into fields. An error is logged by its name, code and stack frames; never by its own properties, since
 * a driver's error holds SQL and parameters.
 */
export class Logger implements LoggerService {
  private readonly pino: Pino;

  constructor(level: string, destination?: { write(line: string): void }) {
    this.pino = pino(
      { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
      destination ?? process.stdout,
    );
  }

  debug(event: string, fields?: LogFieldsGiven | string): void {
    this.line('debug', event, fields);
  }

  /** Nest's own start-up lines arrive here too, with their context as a string. */
  log(event: string, fields?: LogFieldsGiven | string): void {
    this.line(typeof fields === 'string' ? 'debug' : 'info', event, fields);
  }

  info(event: string, fields?: LogFieldsGiven): void {
    this.line('info', event, fields);
  }

  warn(event: string, fields?: LogFieldsGiven | string): void {
    this.line('warn', event, fields);
  }

  error(event: unknown, fields?: LogFieldsGiven | string): void {
    if (event instanceof Error) this.failure('nest.error', event);
    else this.line('error', String(event), fields);
  }

  fatal(event: string, fields?: LogFieldsGiven | string): void {
    this.line('fatal', event, fields);
  }

  /** An unexpected error: name, code and our own stack frames. Its message may hold values, so it is left out. */
  failure(event: string, error: unknown, fields: LogFieldsGiven = {}): void {
    const seen = (error ?? {}) as { code?: unknown; stack?: unknown };
    const frames =
      typeof seen.stack === 'string'
        ? seen.stack.split('\n').filter((line) => line.startsWith('    at '))
        : [];
    this.line('error', event, {
      ...fields,
      error: error instanceof Error ? error.name : typeof error,
      errorCode: typeof seen.code === 'string' ? seen.code : undefined,
      stack: frames.slice(0, 6).join(' | '),
    });
  }

  private line(
    level: 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    event: string,
    fields?: LogFieldsGiven | string,
  ): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const given: LogFieldsGiven = typeof fields === 'string' ? { context: fields } : (fields ?? {});
    const kept: Record<string, LogValue> = {};
    const requestId = requestContext()?.requestId;
    if (requestId !== undefined) kept.requestId = safe(requestId);
    // Its digits are chance or were looked at when they came in; redacting them would cut the line from its trace.
    const traceId = activeTraceId();
    if (traceId !== undefined) kept.traceId = traceId;
    for (const [name, value] of Object.entries(given)) {
      if (value !== undefined && LOG_FIELDS.has(name)) kept[name] = safe(value);
    }
    this.pino[level](kept, String(safe(event)));
  }
}
