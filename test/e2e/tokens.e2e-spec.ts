import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { encrypt, keyIn, MerchantClient } from '../support/merchant';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

const CLIENT = `Basic ${btoa('M0000001:sk_test_M0000001')}`;

let stack: Stack;
let token: string;
let paymentId: string;

beforeAll(async () => {
  stack = await Stack.start('tokens');
  token = await oauth('grant_type=client_credentials');
  paymentId = (await stack.merchant.approve(keyIn())).body.paymentId;
});
afterAll(() => stack?.stop());

async function form(path: string, body: string, authorization = CLIENT): Promise<Response> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization };
  return fetch(`${stack.api.url}${path}`, { method: 'POST', headers, body });
}

async function oauth(body: string): Promise<string> {
  const answer = await form('/oauth/token', body);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { access_token: string }).access_token;
}

const with_ = (bearer: string) => new MerchantClient(stack.api.url, 'M0000001', `Bearer ${bearer}`);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * Tokens that look like ours and are not, as somebody without our key can make them. Those that only our own key could
 * sign are in test/integration/auth.forgeries.
 */
async function forged(): Promise<Record<string, string>> {
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const claims = decodeJwt(token);
  const { kid } = decodeProtectedHeader(token);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  const signed = (more: object, head: object = {}) =>
    new SignJWT({ ...claims, ...more })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: kid!, ...head })
      .sign(privateKey);
  const published = await fetch(`${stack.api.url}/.well-known/jwks.json`);
  const { keys } = (await published.json()) as { keys: JsonWebKey[] };
  const ours = keys.find((key) => key.kid === kid)!;
  const pem = createPublicKey({ key: ours, format: 'jwk' }).export({ format: 'pem', type: 'spki' });
  const mac = `${part({ alg: 'HS256', typ: 'at+jwt', kid })}.${payload}`;
  const none = part({ alg: 'none', typ: 'at+jwt', kid });
  return {
    'no signature': `${header}.${payload}.`,
    'two parts': `${header}.${payload}`,
    'another signature': `${header}.${payload}.${signature.split('').reverse().join('')}`,
    'alg none': `${none}.${payload}.`,
    'alg none, signature kept': `${none}.${payload}.${signature}`,
    'HS256 over the public key': `${mac}.${createHmac('sha256', pem).update(mac).digest('base64url')}`,
    'another mid': `${header}.${part({ ...claims, mid: 'M0000002' })}.${signature}`,
    'a longer life': `${header}.${part({ ...claims, exp: (claims.exp ?? 0) + 9_999 })}.${signature}`,
    'our kid, another key': await signed({}),
    'an unknown kid': await signed({}, { kid: 'A'.repeat(43) }),
    'a key in its header': await signed({}, { jwk }),
    rubbish: 'a.b.c',
    empty: '',
    'very long': `${header}.${'A'.repeat(6_000)}.${signature}`,
  };
}

it('takes a good token, and none that is forged', async () => {
  expect((await with_(token).payment(paymentId)).status).toBe(200);
  for (const [what, bad] of Object.entries(await forged())) {
    const answer = await with_(bad).payment(paymentId);
    expect([what, answer.status]).toEqual([what, 401]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  }
});

it('gives a token only the scopes that were asked for', async () => {
  const reader = with_(await oauth('grant_type=client_credentials&scope=payments:read'));
  expect((await reader.payment(paymentId)).status).toBe(200);
  const refused = await reader.cancel(paymentId);
  expect(refused.status).toBe(403);
  expect((await reader.approveSealed(await encrypt('M0000001', keyIn()))).status).toBe(403);
});

it.each([
  ['grant_type=password', CLIENT, 400, 'unsupported_grant_type'],
  ['scope=payments:read', CLIENT, 400, 'invalid_request'],
  ['grant_type=client_credentials&grant_type=refresh_token', CLIENT, 400, 'invalid_request'],
  ['grant_type=client_credentials&scope=everything', CLIENT, 400, 'invalid_scope'],
  ['grant_type=client_credentials', `Basic ${btoa('M0000001:wrong')}`, 401, 'invalid_client'],
  ['grant_type=refresh_token&refresh_token=nothing', CLIENT, 400, 'invalid_grant'],
])('answers %s as RFC 6749 says', async (body, authorization, status, error) => {
  const answer = await form('/oauth/token', body, authorization);
  expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([status, error]);
  expect(answer.headers.get('cache-control')).toContain('no-store');
});

it('refuses a revoked token at once, and says so when asked', async () => {
  const short = await oauth('grant_type=client_credentials');
  const active = async () =>
    ((await (await form('/oauth/introspect', `token=${short}`)).json()) as { active: boolean }).active;
  expect(await active()).toBe(true);
  expect((await form('/oauth/revoke', `token=${short}`)).status).toBe(200);
  expect(await active()).toBe(false);
  expect((await with_(short).payment(paymentId)).status).toBe(401);
});

it('lets nobody but its own client revoke a token, or ask about it', async () => {
  const own = await oauth('grant_type=client_credentials');
  const other = `Basic ${btoa('M0000002:sk_test_M0000002')}`;
  for (const [path, by, status, error] of [
    ['/oauth/revoke', '', 401, 'invalid_client'],
    ['/oauth/revoke', `Basic ${btoa('M0000001:wrong')}`, 401, 'invalid_client'],
    ['/oauth/revoke', other, 400, 'unauthorized_client'],
    ['/oauth/introspect', '', 401, 'invalid_client'],
  ] as const) {
    const answer = await form(path, `token=${own}`, by);
    expect([path, by, answer.status, await answer.json()]).toEqual([
      ...[path, by, status],
      expect.objectContaining({ error }),
    ]);
  }
  expect(await (await form('/oauth/introspect', `token=${own}`, other)).json()).toEqual({ active: false });
  expect((await with_(own).payment(paymentId)).status).toBe(200);
});

it('shows only public keys', async () => {
  const { keys } = (await (await fetch(`${stack.api.url}/.well-known/jwks.json`)).json()) as {
    keys: Record<string, string>[];
  };
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) {
    expect(key).toMatchObject({ kid: expect.any(String), kty: 'EC' });
    expect(key).not.toHaveProperty('d');
  }
});

it('lets a member see its own merchant’s payments and no other’s', async () => {
  const login = async (loginId: string) => {
    const answer = await fetch(`${stack.api.url}/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ loginId, password: 'Demo!2026pass' }),
    });
    return with_(((await answer.json()) as { accessToken: string }).accessToken);
  };
  const seen = async (loginId: string) => (await (await login(loginId)).payment(paymentId)).status;
  expect(await Promise.all(['merchant1', 'operator', 'agency1', 'merchant2', 'branch3'].map(seen))).toEqual([
    200, 200, 200, 404, 404,
  ]);
});
