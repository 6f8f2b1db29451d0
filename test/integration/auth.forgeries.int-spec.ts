import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from 'jose';
import { SigningKeys } from '../../src/modules/auth/signing-keys.service';
import {
  type AuthApp,
  bearer,
  form,
  basic,
  get,
  loggedIn,
  merchantToken,
  SECRET_KEY,
  startAuthApp,
} from './auth.support';

/*
 * Each token here differs from a good one in one thing, and nothing else of it is wrong: where the reason is not the
 * signature, it is signed with the gateway's own key. The untouched one is accepted, so each refusal has its own cause.
 */
type Head = Record<string, unknown>;
type Claims = JWTPayload & Record<string, unknown>;

let auth: AuthApp;
let key: KeyObject;
let publicKey: KeyObject;
let good: string;
let head: Head;
let claims: Claims;
let keyServer: Server;
let keyServerAsked = 0;

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const strangersJwk = { ...stranger.publicKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' };

beforeAll(async () => {
  auth = await startAuthApp('auth_forgeries');
  good = await merchantToken(auth);
  head = { ...decodeProtectedHeader(good) };
  claims = decodeJwt(good);
  const keys = auth.app.get(SigningKeys, { strict: false });
  key = (await keys.active()).privateKey;
  publicKey = createPublicKey(key);
  const kid = await calculateJwkThumbprint(strangersJwk);
  keyServer = createServer((_request, response) => {
    keyServerAsked += 1;
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ keys: [{ ...strangersJwk, kid }] }));
  });
  await new Promise<void>((done) => keyServer.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  keyServer?.close();
  await auth?.close();
});

const now = () => Math.floor(Date.now() / 1_000);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const read = async (token: string) => (await get(auth, '/probe/read', bearer(token))).statusCode;
const keyServerUrl = () => `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/jwks.json`;

/** A token of these claims and this header, signed by the gateway's own key unless another is given. */
function token(more: Claims = {}, moreHead: Head = {}, by: KeyObject = key): Promise<string> {
  const left = <T extends object>(all: T) =>
    Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const header = left({ ...head, ...moreHead }) as { alg: string };
  const crit = Array.isArray(moreHead.crit) ? { crit: { exp: true, b64: true } } : undefined;
  return new SignJWT(left({ ...claims, ...more })).setProtectedHeader(header).sign(by, crit);
}

/** A token with a MAC where the signature belongs. */
function mac(alg: string, secret: string | Buffer): string {
  const text = `${part({ ...head, alg })}.${part(claims)}`;
  const hash = `sha${alg.slice(2)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`;
}

const pem = () => publicKey.export({ format: 'pem', type: 'spki' });

it('takes the untouched one, and one that was put together here', async () => {
  expect(await read(good)).toBe(200);
  expect(await read(await token())).toBe(200);
});

const FORGERIES: Record<string, () => Promise<string> | string> = {
  'for members': () => token({ aud: 'pg-gateway/members' }),
  'for members, with a session': () =>
    token({ aud: 'pg-gateway/members', sid: 'ses_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' }),
  'for members and merchants': () => token({ aud: ['pg-gateway/merchants', 'pg-gateway/members'] }),
  'for somebody else': () => token({ aud: 'pg-gateway' }),
  'for nobody': () => token({ aud: undefined }),
  'by another issuer': () => token({ iss: 'https://pay.example.net' }),
  'by an issuer that only begins like ours': () => token({ iss: `${claims.iss}/` }),
  'by nobody': () => token({ iss: undefined }),
  'of another type': () => token({}, { typ: 'JWT' }),
  'of no type': () => token({}, { typ: undefined }),
  'past its end': () => token({ iat: now() - 601, nbf: now() - 606, exp: now() - 1 }),
  'without an end': () => token({ exp: undefined }),
  'not begun': () => token({ nbf: now() + 60 }),
  'without a beginning': () => token({ nbf: undefined }),
  'made in the future': () => token({ iat: now() + 60, exp: now() + 660 }),
  'made at no time': () => token({ iat: undefined }),
  'too long a life': () => token({ exp: (claims.iat ?? 0) + 601 }),
  'without an id': () => token({ jti: undefined }),
  'without a subject': () => token({ sub: undefined }),
  'of no merchant': () => token({ mid: undefined }),
  'of a merchant that does not exist': () => token({ mid: 'M9999999' }),
  'of many merchants': () => token({ mid: ['M0000001'] }),
  'with no scope claim': () => token({ scope: undefined }),
  'a kid that nobody has, in the right shape': () => token({}, { kid: 'A'.repeat(43) }),
  'without a kid': () => token({}, { kid: undefined }),
  'a path as kid': () => token({}, { kid: '../../etc/hostname' }),
  'SQL as kid': () => token({}, { kid: "' OR 1=1 -- " }),
  'a header that must be understood': () => token({}, { crit: ['exp'], exp: 1 }),
  'a header of ours and one more': () => token({}, { x5t: 'AAAA' }),
  'our kid, signed by a stranger': () => token({}, {}, stranger.privateKey),
  'a stranger’s key in its header': () => token({}, { jwk: strangersJwk }, stranger.privateKey),
  'a stranger’s key at an address': () => token({}, { jku: keyServerUrl() }, stranger.privateKey),
  'a stranger’s certificate at an address': () => token({}, { x5u: keyServerUrl() }, stranger.privateKey),
  'an address as kid': () => token({}, { kid: keyServerUrl() }, stranger.privateKey),
  'HS256 over the public key in PEM': () => mac('HS256', pem()),
  'HS512 over the public key in PEM': () => mac('HS512', pem()),
  'HS256 over the public key in DER': () => mac('HS256', publicKey.export({ format: 'der', type: 'spki' })),
  'HS256 over nothing': () => mac('HS256', ''),
  'a signature of zeros': () =>
    `${good.split('.').slice(0, 2).join('.')}.${Buffer.alloc(64).toString('base64url')}`,
  'the signature of other claims': async () =>
    `${good.split('.')[0]}.${part({ ...claims, mid: 'M0000002' })}.${(await token({ jti: 'x' })).split('.')[2]}`,
};

it.each(Object.keys(FORGERIES))('refuses a token %s', async (what) => {
  const bad = await FORGERIES[what]!();
  expect(await read(bad)).toBe(401);
  const introspected = await form(auth, '/oauth/introspect', { token: bad }, basic('M0000001', SECRET_KEY));
  expect(introspected.json()).toEqual({ active: false });
});

it('never asked a key of a stranger', () => {
  expect(Object.keys(FORGERIES).length).toBeGreaterThanOrEqual(40);
  expect(keyServerAsked).toBe(0);
});

it('lets a member’s token do nothing that is for merchant systems, and the other way round', async () => {
  const { accessToken } = await loggedIn(auth);
  expect(await read(accessToken)).toBe(403);
  expect((await get(auth, '/v1/members/me', bearer(accessToken))).statusCode).toBe(200);
  expect((await get(auth, '/v1/members/me', bearer(good))).statusCode).toBe(403);
});
