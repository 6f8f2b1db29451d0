import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf } from '../core/bodies';
import type { Operation } from '../core/acquirer';
import type { FaultBook } from '../core/faults';
import type { Waits } from '../core/waits';
import type { MessageBook } from './message-book';
import type { SmsGate } from './sms.gate';
import type { SmsAnswer, SmsService } from './sms.service';

export interface SmsParts {
  readonly book: MessageBook;
  readonly service: SmsService;
  readonly gate: SmsGate;
  readonly faults: FaultBook;
  readonly waits: Waits;
  readonly nowMs: () => number;
}

type Params = Readonly<Record<string, string>>;
type Process = (params: Params, body: unknown, query: Readonly<Record<string, unknown>>) => SmsAnswer;

/** The name under which faults are armed for it. */
export const SMS = 'sms';

/** SOLAPI's paths. A fault of the operation `send` hits what sends, `inquire` what reads, `token` what makes a group. */
export function registerSms(app: FastifyInstance, parts: SmsParts): void {
  const { service } = parts;
  const route = (method: 'GET' | 'POST' | 'PUT', url: string, operation: Operation, process: Process) =>
    app.route({
      method,
      url: `/messages/v4${url}`,
      handler: (request, reply) => handle(parts, operation, { process, request, reply }),
    });
  route('POST', '/groups', 'token', (_params, body) => service.createGroup(body));
  route('GET', '/groups/:groupId', 'inquire', ({ groupId = '' }) => service.groupInfo(groupId));
  route('PUT', '/groups/:groupId/messages', 'token', ({ groupId = '' }, body) =>
    service.addMessages(groupId, body),
  );
  route('GET', '/groups/:groupId/messages', 'inquire', ({ groupId = '' }) => service.groupMessages(groupId));
  route('POST', '/groups/:groupId/send', 'send', ({ groupId = '' }) => service.sendGroup(groupId));
  route('GET', '/list', 'inquire', (_params, _body, query) => service.list(query));
  route('POST', '/send', 'send', (_params, body) => service.sendSimple(body));
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    void reply
      .code(error.statusCode ?? 500)
      .send({ errorCode: 'BadRequest', errorMessage: '요청을 읽을 수 없습니다.' });
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ errorCode: 'ResourceNotFound', errorMessage: '해당 경로가 없습니다.' }),
  );
}

interface Call {
  readonly process: Process;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function handle(
  parts: SmsParts,
  operation: Operation,
  { process, request, reply }: Call,
): Promise<void> {
  const { faults, waits } = parts;
  const slow = faults.take(SMS, operation, 'delay');
  if (slow?.kind === 'slow') await waits.wait(slow.ms, reply.raw);
  const fault = faults.take(SMS, operation, 'other');
  if (fault?.kind === 'drop-before' || faults.refusesCall(SMS, operation)) return cut(reply);
  if (fault?.kind === 'status')
    return answer(reply, { status: fault.status, body: { errorCode: 'Fault', errorMessage: '' } });
  const refusal = parts.gate.refuse(request.headers.authorization, parts.nowMs());
  if (refusal !== null) return answer(reply, { status: refusal.status, body: refusal });
  if (fault?.kind === 'decline') {
    return answer(reply, {
      status: 400,
      body: { errorCode: fault.code, errorMessage: '요청을 처리할 수 없습니다.' },
    });
  }
  const done = process(request.params as Params, bodyOf(request), request.query as Record<string, unknown>);
  await parts.book.durable();
  if (fault?.kind === 'drop-after') return cut(reply);
  if (fault?.kind === 'garbage') {
    const text = JSON.stringify(done.body);
    void reply
      .code(200)
      .type('application/json')
      .send(text.slice(0, text.length / 2));
    return;
  }
  answer(reply, done);
}

function answer(reply: FastifyReply, { status, body }: SmsAnswer): void {
  void reply.code(status).send(body);
}

/** Ends the connection by a reset. */
function cut(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
}
