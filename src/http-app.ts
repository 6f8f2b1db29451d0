import { randomUUID } from 'node:crypto';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppModule } from './app.module';
import { ProblemFilter } from './common/errors/problem.filter';
import type { AuthenticatedRequest, ToldReply } from './common/http/decorators';
import { BODY_BYTES_MAX, PATH_PARAMETER_LENGTH_MAX } from './common/http/limits';
import type { Principal } from './common/http/principal';
import { registerRawBodies } from './common/http/raw-body';
import { answerUnreadable } from './common/http/unreadable-request';
import { type Language, runInContext } from './common/http/request-context';
import { NoBodyInterceptor } from './common/http/no-body.interceptor';
import { BodyPipe } from './common/http/validation.pipe';
import { IdempotencyHook } from './common/idempotency/idempotency.hook';
import { Logger } from './common/logging/logger';
import { holdsCardNumber } from './common/logging/redaction';
import { Metrics } from './common/metrics/metrics';
import { setupOpenApi } from './common/openapi/open-api';
import { traceRequests } from './common/tracing/request-spans';
import { AppConfig, loadConfig } from './config/app-config';
import { Readiness } from './ops/readiness';
import { registerReference } from './ops/reference/reference.routes';

/** Swagger UI is a page: its own scripts, styles and pictures, its style attributes, and calls to this API. */
const REFERENCE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
/** As Swagger UI's page and script come. */
const NAMES_NO_ALPHABET = new Set(['text/html', 'application/javascript']);
const REFERENCE_PAGE = /^\/docs(?!\/errors\/)(?:[/?]|$)/;

/** Nothing is there. */
const NOWHERE = '/-';
const UPLOAD_PATH = /^\/v1\/files(?:\?|$)/;
/** A payment object with all of its cancels. */
const WEBHOOK_BYTES_MAX = 24 * 1024;
const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;
/** Declines are ordinary business: a log line for each would cost a quarter of the speed and tell nothing. */
const DECLINED = 402;

/** The HTTP application, whole but not listening. */
export async function createHttpApp(): Promise<NestFastifyApplication> {
  const config = loadConfig();
  const adapter: FastifyAdapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 65_000,
    trustProxy: config.http.trustedProxies.length === 0 ? false : [...config.http.trustedProxies],
    genReqId: requestIdOf,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    forceCloseConnections: 'idle',
    // What comes over a connection that is still there is served to the end: refused, it would be a failed payment.
    return503OnClosing: false,
    routerOptions: { maxParamLength: PATH_PARAMETER_LENGTH_MAX },
    clientErrorHandler: answerUnreadable,
    // A path that cannot be decoded or is too long: Fastify would repeat it, past every hook. It is not found, as any other.
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
      request.raw.url = NOWHERE;
      adapter.getInstance().routing(request.raw, reply.raw);
    },
  });
  traceRequests(adapter.getInstance());
  prepare(adapter.getInstance());
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, adapter, {
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false,
  });
  const logger = app.get(Logger);
  app.useLogger(logger);
  app.useGlobalFilters(app.get(ProblemFilter));
  app.useGlobalPipes(new BodyPipe());
  app.useGlobalInterceptors(new NoBodyInterceptor());
  await secure(app.getHttpAdapter().getInstance());
  watch(app.getHttpAdapter().getInstance(), app.get(Metrics), logger);
  letGo(app.getHttpAdapter().getInstance(), app.get(Readiness));
  app.get(IdempotencyHook).register(app.getHttpAdapter().getInstance());
  if (app.get(AppConfig).http.swagger) {
    registerReference(app.getHttpAdapter().getInstance(), setupOpenApi(app));
  }
  return app;
}

function requestIdOf(request: { headers: Record<string, string | string[] | undefined> }): string {
  const given = request.headers['x-request-id'];
  // It stands in every log line and in the audit trail: no place for a number that somebody mistook for an id.
  const isUsable = typeof given === 'string' && REQUEST_ID.test(given) && !holdsCardNumber(given);
  return isUsable ? given : `req_${randomUUID()}`;
}

/** Korean unless the caller prefers English. */
export function languageOf(accept: string | undefined): Language {
  if (accept === undefined) return 'ko';
  const ranked = accept
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', weight] = part.trim().split(';q=');
      return { tag: tag.toLowerCase().slice(0, 2), weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .sort((a, b) => b.weight - a.weight);
  return ranked.find(({ tag }) => tag === 'ko' || tag === 'en')?.tag === 'en' ? 'en' : 'ko';
}

/** Everything of a request, hooks and handler alike, runs inside its context. */
function prepare(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    const language = languageOf(request.headers['accept-language']);
    runInContext({ requestId: request.id, language, clientAddress: request.ip }, done);
  });
  // Form bodies are OAuth's alone (RFC 6749), and files come at one place; elsewhere they would be a second way to say
  // the same.
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const type = request.headers['content-type']?.toLowerCase() ?? '';
    const isUpload = type.startsWith('multipart/form-data');
    const isForm = type.startsWith('application/x-www-form-urlencoded');
    const belongs = isUpload ? UPLOAD_PATH.test(request.url) : request.url.startsWith('/oauth/');
    if ((isUpload || isForm) && !belongs) {
      done(Object.assign(new Error('unsupported media type'), { statusCode: 415 }));
      return;
    }
    done(null, payload);
  });
}

async function secure(fastify: FastifyInstance): Promise<void> {
  fastify.removeContentTypeParser('text/plain');
  // The operation reads the stream itself: a file is never held in memory.
  fastify.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null));
  registerRawBodies(fastify, WEBHOOK_BYTES_MAX);
  await fastify.register(formbody, { bodyLimit: BODY_BYTES_MAX });
  await fastify.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      // These three do not fall back to default-src.
      directives: {
        'default-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    hsts: { maxAge: 31_536_000, includeSubDomains: true },
  });
  // After helmet's own hook, so that this one has the last word.
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    if (REFERENCE_PAGE.test(request.url)) void reply.header('content-security-policy', REFERENCE_POLICY);
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    const type = reply.getHeader('content-type');
    if (NAMES_NO_ALPHABET.has(String(type)))
      void reply.header('content-type', `${String(type)}; charset=utf-8`);
    done();
  });
}

/** A process that ends asks its callers to come by another connection, which leads to another process. */
function letGo(fastify: FastifyInstance, readiness: Readiness): void {
  fastify.addHook('onRequest', (_request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    if (readiness.isEnding) void reply.header('connection', 'close');
    done();
  });
}

/** One counter, one histogram and at most one compact line a request; never the raw address, which may hold ids. */
function watch(fastify: FastifyInstance, metrics: Metrics, logger: Logger): void {
  let inFlight = 0;
  metrics.beforeRead(() => metrics.set('pg_http_requests_in_flight', inFlight));
  fastify.addHook('onRequest', (_request: FastifyRequest, _reply: FastifyReply, done: () => void) => {
    inFlight += 1;
    done();
  });
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    inFlight -= 1;
    const route = request.routeOptions.url ?? 'unknown';
    const status = reply.statusCode;
    const durationMs = Math.round(reply.elapsedTime * 10) / 10;
    metrics.request(route, request.method, status, reply.elapsedTime);
    const { principal } = request as AuthenticatedRequest;
    const { problemCode: code } = reply as ToldReply;
    const memberId = principal?.kind === 'MEMBER' ? principal.memberId : undefined;
    const fields = { method: request.method, route, status, code, durationMs, memberId };
    const level = isTold(status, principal) ? 'info' : 'debug';
    logger[level]('http.request', { ...fields, mid: principal?.mid ?? undefined, requestId: request.id });
    done();
  });
}

/**
 * Whether a refusal is logged where debugging is off. What is not there tells something only of a caller that is known:
 * it may have asked for what belongs to somebody else.
 */
function isTold(status: number, principal: Principal | undefined): boolean {
  if (status === 404) return principal !== undefined;
  return status >= 400 && status !== DECLINED;
}
