import { randomUUID } from 'node:crypto';
import { SqlPool } from '../../src/common/db/pool';
import { loggedIn } from '../support/member-logins';
import { BEHIND_PROXY, GOOD_PASSWORD, newAddress, newSignUp, People } from '../support/members';
import type { ApiAnswer } from '../support/merchant';
import { eventually } from '../support/program';
import { messagesTo, newPhone } from '../support/sms-payer';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

/** Idempotency-Key where nobody is logged in, across two processes. */
let stack: Stack;
let people: People;
let pool: SqlPool;

beforeAll(async () => {
  stack = await Stack.start('public_idempotency', { apis: 2, env: BEHIND_PROXY });
  people = new People(stack);
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});

const withKey = (address = newAddress(), key: string = randomUUID()) => ({
  ...address,
  'idempotency-key': key,
});
const signUp = (body: unknown, headers: Record<string, string>) =>
  people.call('POST', '/v1/members', body, headers);
const expectReplay = (answer: ApiAnswer, first: ApiAnswer) => {
  expect([answer.status, answer.text]).toEqual([first.status, first.text]);
  expect(answer.headers.get('idempotency-replayed')).toBe('true');
};
const expectCode = (answer: ApiAnswer, status: number, code: string) =>
  expect([answer.status, answer.body.code]).toEqual([status, code]);

it('gives a new member the first answer again, and another body 422', async () => {
  const address = newAddress();
  const [body, headers] = [newSignUp(), withKey(address)];
  const first = await signUp(body, headers);
  expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null]);
  expectReplay(await signUp(body, headers), first);
  expectReplay(
    await stack.apis[1]!.merchant.send('POST', '/v1/members', body, { authorization: '', ...headers }),
    first,
  );
  expectCode(await signUp({ ...body, name: '이민지' }, headers), 422, 'IDEMPOTENCY_KEY_REUSED');
  expectCode(
    await signUp({ ...body, password: `${GOOD_PASSWORD}!` }, headers),
    422,
    'IDEMPOTENCY_KEY_REUSED',
  );
  expectCode(await signUp(body, withKey(address)), 409, 'LOGIN_ID_TAKEN');
});

it('makes one member of many sign-ups at once', async () => {
  const [body, headers] = [newSignUp(), withKey()];
  const answers = await Promise.all(Array.from({ length: 8 }, () => signUp(body, headers)));
  const made = answers.filter(({ status }) => status === 201);
  expect(made.length).toBeGreaterThan(0);
  expect(new Set(made.map(({ text }) => text)).size).toBe(1);
  for (const answer of answers.filter(({ status }) => status !== 201)) {
    expectCode(answer, 409, 'IDEMPOTENCY_IN_PROGRESS');
  }
  const rows = await pool.execute('SELECT id FROM members WHERE login_id = ?', [body.loginId]);
  expect(rows).toHaveLength(1);
});

it('tells a stranger elsewhere nothing of a key, not even that it was used', async () => {
  const [body, headers] = [newSignUp(), withKey()];
  const first = await signUp(body, headers);
  const stranger = { ...headers, ...newAddress() };
  const answer = await signUp(body, stranger);
  expectCode(answer, 409, 'LOGIN_ID_TAKEN');
  expect(answer.text).not.toContain(first.body.memberId as string);
  expect((await signUp(newSignUp(), { ...headers, ...newAddress() })).status).toBe(201);
  const subnet = (host: string) => ({ ...headers, 'x-forwarded-for': `2001:db8:1:2::${host}` });
  const sixth = newSignUp();
  const there = await signUp(sixth, subnet('1'));
  expect(there.status).toBe(201);
  expectReplay(await signUp(sixth, subnet('2')), there);
});

it('gives a key back with refused input', async () => {
  const [body, headers] = [newSignUp(), withKey()];
  expectCode(await signUp({ ...body, email: 'none' }, headers), 400, 'VALIDATION_FAILED');
  expect((await signUp(body, headers)).status).toBe(201);
  expectCode(
    await signUp(newSignUp(), withKey(newAddress(), 'k'.repeat(256))),
    400,
    'IDEMPOTENCY_KEY_INVALID',
  );
});

it('keeps neither bodies nor answers in the clear', async () => {
  const [body, headers] = [newSignUp({ name: '남궁비밀' }), withKey()];
  const first = await signUp(body, headers);
  const rows = await pool.execute<{ all: Buffer }[]>(
    'SELECT CONCAT_WS(0x00, id, fingerprint, answer_sealed) AS `all` FROM idempotency_keys',
  );
  const kept = Buffer.concat(rows.map(({ all }) => Buffer.from(all)));
  expect(rows.length).toBeGreaterThan(0);
  for (const text of [
    GOOD_PASSWORD,
    '남궁비밀',
    body.loginId,
    first.body.memberId as string,
    headers['idempotency-key'],
  ]) {
    expect(kept.includes(text)).toBe(false);
  }
  expect(stack.output).not.toContain(GOOD_PASSWORD);
});

it('signs a branch up once, with the first answer again', async () => {
  const owner = await loggedIn(stack.api.url, 'merchant1');
  const phone = newPhone();
  const invited = await owner.send('POST', '/v1/branch-invitations', {
    recipients: [{ name: '한가온', phone }],
  });
  expect(invited.status).toBe(201);
  const token = await eventually(
    async () =>
      (await messagesTo(stack.sandboxUrl, phone)).flatMap(
        ({ text }) => /\/branch-invitations\/([\w-]{43})/.exec(text)?.[1] ?? [],
      )[0],
    { withinMs: 30_000, what: 'the SMS of the invitation' },
  );
  const { loginId, password } = newSignUp();
  const body = {
    ...{ token, loginId, password, name: '한가온', branchName: '모두의문구 다온점' },
    ...{ address: '서울특별시 중구 가온로 12', phone: '02-0000-2012' },
  };
  const headers = withKey();
  const send = (wish: unknown, more: Record<string, string> = headers) =>
    people.call('POST', '/v1/branches/sign-up', wish, more);
  const first = await send(body);
  expect(first.status).toBe(201);
  expectReplay(await send(body), first);
  expectCode(await send({ ...body, branchName: '다른 가게' }), 422, 'IDEMPOTENCY_KEY_REUSED');
  expectCode(await send(body, withKey()), 404, 'INVITATION_NOT_FOUND');
});
