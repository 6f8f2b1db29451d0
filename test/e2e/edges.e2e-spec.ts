import { ERROR_TABLES } from '../../src/error-tables';
import { loggedIn } from '../support/logins';
import { CARD } from '../support/merchant';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start('edges');
});
afterAll(() => stack?.stop());

const call = (path: string, init: RequestInit = {}) => fetch(`${stack.api.url}${path}`, init);
const FORM = 'application/x-www-form-urlencoded';

describe('X-Request-Id', () => {
  const returned = async (id: string) =>
    (await call('/health/live', { headers: { 'x-request-id': id } })).headers.get('x-request-id');

  it('is returned as it came, unless a card number is in it', async () => {
    expect(await returned('order-2026.11_21')).toBe('order-2026.11_21');
    for (const id of [CARD.approved, `order_${CARD.approved}`, `${CARD.approved}-1`]) {
      expect(await returned(id)).toMatch(/^req_[0-9a-f-]{36}$/);
    }
  });
});

describe('a request to OAuth that cannot be read', () => {
  it.each([
    ['broken JSON', 'application/json', '{"grant_type":'],
    ['another media type', 'text/plain', 'grant_type=client_credentials'],
    ['too large a form', FORM, `grant_type=${'x'.repeat(40_000)}`],
    ['a forbidden name', 'application/json', '{"__proto__":{"a":1}}'],
  ])('is answered in the form of RFC 6749: %s', async (_what, type, body) => {
    for (const path of ['/oauth/token', '/oauth/revoke', '/oauth/introspect']) {
      const answer = await call(path, { method: 'POST', headers: { 'content-type': type }, body });
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toContain('application/json');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.json()).toEqual({
        error: 'invalid_request',
        error_description: expect.any(String),
      });
    }
  });

  it('is a problem elsewhere', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await call('/v1/auth/login', { method: 'POST', headers, body: '{"loginId":' });
    expect(await answer.json()).toMatchObject({ status: 400, code: 'MALFORMED_BODY' });
  });
});

describe('the page of an error code', () => {
  it('is where the type of a problem points to, in the language that is preferred', async () => {
    const problem = (await (await call('/v1/payments/none')).json()) as { type: string; code: string };
    const path = new URL(problem.type).pathname;
    expect(path).toBe('/docs/errors/UNAUTHENTICATED');
    for (const language of ['ko', 'en']) {
      const page = await call(path, { headers: { 'accept-language': language } });
      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.headers.get('content-security-policy')).toBe(
        "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      );
      const text = await page.text();
      const { ko, en } = ERROR_TABLES.COMMON_ERRORS!.UNAUTHENTICATED!;
      expect(text).toContain(`<html lang="${language}">`);
      const [first, second] = language === 'ko' ? [ko, en] : [en, ko];
      expect(text.indexOf(first.title)).toBeLessThan(text.indexOf(second.title));
      expect(text).toContain(first.detail);
      expect(text).toContain('401');
    }
  });

  it('is there for every code, and for no other', async () => {
    const codes = Object.values(ERROR_TABLES).flatMap((table) => Object.keys(table));
    const statuses = await Promise.all(
      codes.map(async (code) => (await call(`/docs/errors/${code}`)).status),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    for (const none of ['NO_SUCH_CODE', 'constructor', '%3Cscript%3E']) {
      const answer = await call(`/docs/errors/${none}`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain('script');
    }
  });
});

it('says where the API is: beside its description', async () => {
  const document = (await (await call('/docs-json')).json()) as { servers: unknown };
  expect(document.servers).toEqual([expect.objectContaining({ url: '/' })]);
  expect((await call('/docs')).headers.get('content-security-policy')).toContain("script-src 'self'");
});

it('measures every pool', async () => {
  const text = await (await fetch(stack.api.metricsUrl)).text();
  for (const pool of ['journal', 'general', 'history', 'settlement']) {
    for (const what of ['busy', 'waiting', 'max']) {
      expect(text).toMatch(new RegExp(`^pg_database_pool_${what}\\{pool="${pool}"\\} \\d+$`, 'm'));
    }
  }
  expect(text).toMatch(/^pg_database_pool_max\{pool="general"\} 8$/m);
});

it('lets the worker end at once when nothing is under way', async () => {
  const told = Date.now();
  await stack.worker.stop();
  expect(Date.now() - told).toBeLessThan(5_000);
});

describe('a part of the path that can name nothing', () => {
  const asOperator = async (method: string, path: string) =>
    call(path, {
      method,
      headers: {
        ...{ authorization: operator, 'accept-language': 'en' },
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      },
      ...(method === 'POST'
        ? { body: JSON.stringify(path.endsWith('/reconcile') ? {} : { reason: '정기 점검' }) }
        : {}),
    });
  let operator: string;
  beforeAll(async () => {
    operator = await loggedIn(stack.api.url, 'operator');
  });

  it.each([
    ['POST', (id: string) => `/v1/admin/payments/${id}/reconcile`],
    ['POST', (id: string) => `/v1/admin/settlements/${id}/release`],
    ['POST', (id: string) => `/v1/admin/settlement-adjustments/${id}/approve`],
    ['DELETE', (id: string) => `/v1/admin/acquirers/maintenance/${id}`],
  ])('is not found, whatever alphabet it is in: %s %s', async (method, pathOf) => {
    for (const id of ['결제', '𓋙𐑨', 'é', '%00', '%20']) {
      const answer = await asOperator(method, pathOf(id.startsWith('%') ? id : encodeURIComponent(id)));
      expect({ id, status: answer.status }).toEqual({ id, status: 404 });
      expect(await answer.json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
  });

  it('is not found for a merchant’s system either', async () => {
    const { status, body } = await stack.merchant.send(
      'DELETE',
      `/v1/billing-keys/${encodeURIComponent('열쇠')}`,
    );
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
  });
});

describe('an operation without a body', () => {
  const send = async (method: string, path: string, body: unknown) => {
    const answer = await call(path, {
      method,
      headers: {
        authorization: await loggedIn(stack.api.url, 'merchant1'),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    const { code, errors = [] } = (text === '' ? {} : JSON.parse(text)) as {
      code?: string;
      errors?: { field: string; code: string }[];
    };
    return [answer.status, code, ...errors.map((error) => `${error.field} ${error.code}`)];
  };
  const APPLICATION = '/v1/service-applications/app_01KAJR38VNR81X7S9FZBZ4D62E';

  it.each([
    ['POST', `${APPLICATION}/withdraw`],
    ['POST', `${APPLICATION}/submit`],
    ['POST', '/v1/branch-invitations/inv_01KAJR38VNR81X7S9FZBZ4D62E/resend'],
    ['DELETE', '/v1/branch-invitations/unregistered'],
    ['DELETE', '/v1/api-keys/key_01KAJR38VNR81X7S9FZBZ4D62E'],
    ['POST', '/v1/auth/logout'],
  ])('refuses what is sent all the same: %s %s', async (method, path) => {
    const wrong = { reason: '변심', ids: ['a'] };
    expect(await send(method, path, wrong)).toEqual([
      ...[400, 'VALIDATION_FAILED'],
      ...['reason UNKNOWN_FIELD', 'ids UNKNOWN_FIELD'],
    ]);
    expect((await send(method, path, ['a'])).slice(0, 2)).toEqual([400, 'VALIDATION_FAILED']);
  });

  it('takes nothing, null and an empty object', async () => {
    for (const body of [undefined, null, {}]) {
      const answer = await send('POST', `${APPLICATION}/withdraw`, body);
      expect(answer.slice(0, 2)).toEqual([404, 'APPLICATION_NOT_FOUND']);
    }
    expect(await send('POST', '/v1/auth/logout', {})).toEqual([204, undefined]);
  });
});

it('shows no other origin what it answers', async () => {
  const answer = await call('/health/live', { headers: { origin: 'https://elsewhere.example.com' } });
  const names = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));
  expect(names).toEqual([]);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

it('tells who is refused at the login how to come', async () => {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ loginId: 'nobody.there', password: 'four quiet green rivers' });
  const answer = await call('/v1/auth/login', { method: 'POST', headers, body });
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="pg-gateway"']);
});
