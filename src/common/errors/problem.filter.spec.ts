import { HttpException, NotFoundException } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { loadConfig } from '../../config/app-config';
import { CommitOutcomeUnknown } from '../db/commit-outcome';
import { type Language, runInContext } from '../http/request-context';
import { ReplayedAnswer } from '../idempotency/replayed-answer';
import { Logger } from '../logging/logger';
import { fault } from './app-error';
import { COMMON_ERRORS } from './common.errors';
import { ProblemFilter } from './problem.filter';

const CARD = '4242424242424242';
const config = loadConfig({
  DATABASE_URL: 'mysql://app:secret@127.0.0.1:3306/pg_gateway',
  ROOT_KEYS: `v1:${Buffer.alloc(32).toString('base64')}`,
  PUBLIC_URL: 'https://pay.example.com',
});

class Reply {
  code = 0;
  sent = '';
  readonly headers: Record<string, string> = {};

  status(code: number): this {
    this.code = code;
    return this;
  }

  header(name: string, value: string): this {
    this.headers[name] = value;
    return this;
  }

  type(value: string): this {
    return this.header('content-type', value);
  }

  send(body: string | Buffer): this {
    this.sent = body.toString();
    return this;
  }
}

function answerTo(thrown: unknown, language: Language = 'ko') {
  const lines: string[] = [];
  const filter = new ProblemFilter(config, new Logger('debug', { write: (line) => lines.push(line) }));
  const reply = new Reply();
  runInContext({ requestId: 'req_1', language, clientAddress: '127.0.0.1' }, () =>
    filter.answer(thrown, reply as unknown as FastifyReply),
  );
  const { code: status, headers, sent } = reply;
  return { status, headers, sent, log: lines.join('') };
}

const bodyOf = (sent: string) => JSON.parse(sent) as Record<string, unknown>;

it('answers a fault as RFC 9457, in Korean or English, with the same code', () => {
  for (const language of ['ko', 'en'] as const) {
    const { status, headers, sent } = answerTo(fault(COMMON_ERRORS, 'FORBIDDEN'), language);
    const { title, detail } = COMMON_ERRORS.FORBIDDEN[language];
    expect(status).toBe(403);
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': language,
      vary: 'Accept-Language',
    });
    expect(bodyOf(sent)).toEqual({
      type: 'https://pay.example.com/docs/errors/FORBIDDEN',
      title,
      status: 403,
      detail,
      code: 'FORBIDDEN',
      traceId: 'req_1',
    });
  }
});

it('names each bad field with its rule and text, and carries acquirer, members and headers', () => {
  const { headers, sent } = answerTo(
    fault(COMMON_ERRORS, 'VALIDATION_FAILED', {
      errors: [
        { field: 'amount', code: 'OUT_OF_RANGE' },
        { field: 'x', code: 'NO_SUCH_RULE' },
        { field: 'y', code: 'INVALID', message: { ko: '안 됩니다.', en: 'No.' } },
      ],
      acquirer: { name: 'toss', code: 'REJECT_CARD_COMPANY', message: '거절' },
      members: { paymentId: 'pay_1', outcome: 'FAILURE' },
      retryAfterSeconds: 3,
      headers: { 'www-authenticate': 'Basic' },
    }),
    'en',
  );
  expect(headers).toMatchObject({ 'retry-after': '3', 'www-authenticate': 'Basic' });
  expect(bodyOf(sent)).toMatchObject({
    errors: [
      { field: 'amount', code: 'OUT_OF_RANGE', message: 'Is out of range.' },
      { field: 'x', code: 'NO_SUCH_RULE', message: 'Is not valid.' },
      { field: 'y', code: 'INVALID', message: 'No.' },
    ],
    acquirer: { name: 'toss', code: 'REJECT_CARD_COMPANY', message: '거절' },
    paymentId: 'pay_1',
    outcome: 'FAILURE',
  });
});

it.each([
  [new NotFoundException(), 404, 'NOT_FOUND'],
  [new HttpException('', 405), 404, 'NOT_FOUND'],
  [Object.assign(new Error(), { statusCode: 400 }), 400, 'MALFORMED_BODY'],
  [Object.assign(new Error(), { statusCode: 413 }), 413, 'BODY_TOO_LARGE'],
  [Object.assign(new Error(), { statusCode: 415 }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  [Object.assign(new Error(), { code: 'ECONNREFUSED' }), 503, 'SERVICE_UNAVAILABLE'],
  [Object.assign(new Error(), { errno: 1205 }), 503, 'SERVICE_UNAVAILABLE'],
  [Object.assign(new Error(), { driverError: { errno: 1213 } }), 503, 'SERVICE_UNAVAILABLE'],
  [new CommitOutcomeUnknown({ code: 'ECONNRESET' }), 503, 'OUTCOME_UNKNOWN'],
  [new HttpException('', 418), 500, 'INTERNAL_ERROR'],
])('gives what others throw a code of ours: %s', (thrown, status, code) => {
  const answer = answerTo(thrown);
  expect(answer.status).toBe(status);
  expect(bodyOf(answer.sent).code).toBe(code);
});

it.each([
  ['an error', Object.assign(new Error(`Duplicate entry '${CARD}'`), { sql: CARD, parameters: [CARD] })],
  ['an HTTP exception', new HttpException({ message: CARD, body: CARD }, 400)],
  ['a text', CARD],
  ['nothing', undefined],
])('tells and logs nothing of what %s holds', (_name, thrown) => {
  const { status, sent, log } = answerTo(thrown);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(sent + log).not.toContain(CARD);
});

it('logs an unexpected error by name and place, under the id that the caller is told', () => {
  const { status, sent, log } = answerTo(new TypeError('unexpected'));
  expect(status).toBe(500);
  expect(bodyOf(sent)).toMatchObject({ code: 'INTERNAL_ERROR', traceId: 'req_1' });
  expect(JSON.parse(log)).toMatchObject({ msg: 'request.failed', requestId: 'req_1', error: 'TypeError' });
});

it('sends a kept answer again as it was', () => {
  const body = Buffer.from('{"paymentId":"pay_1"}');
  const { status, headers, sent } = answerTo(
    new ReplayedAnswer({ status: 402, contentType: 'application/problem+json', body }),
  );
  expect({ status, sent }).toEqual({ status: 402, sent: body.toString() });
  expect(headers).toEqual({ 'idempotency-replayed': 'true', 'content-type': 'application/problem+json' });
});

it('challenges whoever is refused for who it is, and leaves a challenge that is there', () => {
  const refused = (headers?: Record<string, string>) =>
    answerTo(fault(COMMON_ERRORS, 'UNAUTHENTICATED', headers === undefined ? {} : { headers })).headers;
  expect(refused()['www-authenticate']).toBe('Bearer realm="pg-gateway"');
  expect(refused({ 'www-authenticate': 'Basic realm="x"' })['www-authenticate']).toBe('Basic realm="x"');
  expect(answerTo(fault(COMMON_ERRORS, 'FORBIDDEN')).headers['www-authenticate']).toBeUndefined();
});
