import { runInContext } from '../http/request-context';
import { LOG_FIELDS } from './log-fields';
import { Logger, type LogFieldsGiven } from './logger';

const CARD = '4242424242424242';
const SECRETS = {
  'a card number': CARD,
  'a card number with spaces': '4242 4242 4242 4242',
  'a card number with dashes': '4242-4242-4242-4242',
  'a card number of fifteen digits': '378282246310005',
  'a card number after letters': `card${CARD}`,
  'a card number before letters': `${CARD}abc`,
  'a card number between underlines': `order_${CARD}_1`,
  'a card number after a dash': `order-${CARD}`,
  'a card number with underlines': '4242_4242_4242_4242',
  'a card number among more digits': `0001${CARD}77`,
  'a card number of thirteen digits': 'x4222222222222',
  'a card number of nineteen digits': 'x6304000000000000000',
  'a mistyped card number': '4242424242424241',
  'a secret key': 'sk_live_9fQ2mZx7Lr4TtKc1',
  'a refresh token': 'rt_Yc0mS7h1Qv3nKpX2bJdLr8ZtWfAe6GuVoN5iB4kHsME',
  'a token': 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJNMDAwMDAwMSJ9.c2lnbmF0dXJl',
  'an encrypted request': 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..aXY.Y2lwaGVydGV4dA.dGFn',
  'a header': 'Basic c2tfdGVzdF9NMDAwMDAwMTo=',
};

function written(work: (logger: Logger) => void, level = 'debug'): string {
  const lines: string[] = [];
  work(new Logger(level, { write: (line) => lines.push(line) }));
  return lines.join('');
}

const line = (text: string) => JSON.parse(text) as Record<string, unknown>;

it('writes one JSON object a line, with time, level, event and fields', () => {
  const text = written((logger) => logger.info('payment.reversed', { paymentId: 'pay_1', count: 2 }));
  expect(text.endsWith('\n')).toBe(true);
  expect(line(text)).toMatchObject({ msg: 'payment.reversed', paymentId: 'pay_1', count: 2 });
  expect(line(text).time).toMatch(/^\d{4}-\d{2}-\d{2}T/);
});

it('drops every field that is not on the list, whatever it holds', () => {
  const fields = { cardNumber: CARD, body: '{}', authorization: 'x', password: 'p', status: 200 };
  const text = written((logger) => logger.warn('http.request', fields));
  expect(Object.keys(line(text)).sort()).toEqual(['level', 'msg', 'status', 'time']);
});

describe.each(Object.entries(SECRETS))('%s', (_name, secret) => {
  it.each([...LOG_FIELDS])('does not come out of the listed field %s', (field) => {
    const fields: LogFieldsGiven = { [field]: `before ${secret} after` };
    expect(written((logger) => logger.error('some.event', fields))).not.toContain(secret);
  });

  it('does not come out of a message, of any level', () => {
    const text = written((logger) => {
      logger.debug(`Nest says ${secret}`, 'Context');
      logger.log(`Nest says ${secret}`, 'Context');
      logger.info(`it was ${secret}`);
      logger.warn(`it was ${secret}`);
      logger.error(`it was ${secret}`, 'Context');
      logger.fatal(`it was ${secret}`);
    });
    expect(text.split('\n')).toHaveLength(7);
    expect(text).not.toContain(secret);
  });

  it('does not come out of an error: neither its message nor its properties are written', () => {
    const error = Object.assign(new Error(`Duplicate entry '${secret}'`), {
      sql: secret,
      parameters: [secret],
    });
    const text = written((logger) => {
      logger.failure('database.failed', error, { paymentId: 'pay_1' });
      logger.error(error);
    });
    expect(text).not.toContain(secret);
    expect(text).toContain('logger.spec');
  });

  it('does not come out where the text is cut', () => {
    for (let before = 480; before < 500; before += 1) {
      const text = written((logger) => logger.info('x', { reason: `${' '.repeat(before)}${secret}` }));
      expect(text).not.toContain(secret.slice(0, 12));
    }
  });
});

it('keeps ids, times and amounts as they are', () => {
  const kept = {
    requestId: 'req_12345678-1234-4123-8123-123456789012',
    paymentId: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
    reason: '2026-11-21T18:27:36.659+09:00',
    count: 4_242_424_242_424,
  };
  expect(line(written((logger) => logger.info('x', kept)))).toMatchObject(kept);
});

it('keeps digits that are no card number: beside letters without a right check digit, and within a UUID', () => {
  const kept = { requestId: 'order-4242424242424241', reason: '42424242-4242-4242-8242-424242424242' };
  expect(line(written((logger) => logger.info('x', kept)))).toMatchObject(kept);
});

it('lets no value begin a line of its own or colour a terminal', () => {
  const text = written((logger) => logger.info('x', { reason: 'a\r\n{"level":60}\u001b[31m\u009b' }));
  expect(text.trimEnd()).not.toMatch(/\p{Cc}/u);
  expect(line(text).reason).toBe('a  {"level":60} [31m ');
});

it('writes the request id of the request that it runs in', () => {
  const context = { requestId: 'req_1', language: 'ko', clientAddress: '127.0.0.1' } as const;
  const text = runInContext(context, () => written((logger) => logger.info('x')));
  expect(line(text).requestId).toBe('req_1');
});

it('writes nothing below its level', () => {
  expect(written((logger) => logger.info('x'), 'warn')).toBe('');
  expect(written((logger) => logger.fatal('x'), 'silent')).toBe('');
});
