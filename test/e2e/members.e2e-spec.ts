import {
  NOTIFICATION_CHANNELS,
  NOTIFICATION_KINDS,
} from '../../src/modules/members/member-notifications.types';
import { hash } from '@node-rs/argon2';
import { SqlPool } from '../../src/common/db/pool';
import {
  BEHIND_PROXY,
  GOOD_PASSWORD,
  newAddress,
  newSignUp,
  OTHER_PASSWORD,
  otherCode,
  People,
} from '../support/members';
import { pause } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

let stack: Stack;
let people: People;
let pool: SqlPool;

beforeAll(async () => {
  stack = await Stack.start('members', { env: { ...BEHIND_PROXY, MEMBER_CODE_PAUSE_MS: '1' } });
  people = new People(stack);
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 2, waitMs: 5_000, queryTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});

type Row = Record<string, string | number | Buffer | null>;
const rows = (sql: string, values: string[]) => pool.execute<Row[]>(sql, values);
const fields = (answer: { body: { errors?: readonly { field: string }[] } }) =>
  [...new Set(answer.body.errors?.map(({ field }) => field))].sort();

describe('sign-up', () => {
  it('makes an owner without a merchant, who can log in and see itself', async () => {
    const wish = newSignUp({ consents: { terms: true, privacy: true, marketing: true } });
    const free = await people.call('GET', `/v1/members/login-ids/${wish.loginId}/availability`);
    expect([free.status, free.body]).toEqual([200, { available: true }]);
    expect(free.headers.get('ratelimit-policy')).toContain('login');
    const made = await people.call('POST', '/v1/members', { ...wish, loginId: wish.loginId.toUpperCase() });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      loginId: wish.loginId,
      role: 'MERCHANT',
      position: 'OWNER',
      mid: null,
    });
    expect(made.text).not.toContain(wish.password);
    for (const path of [`login-ids/${wish.loginId}`, `emails/${wish.email}`]) {
      expect((await people.call('GET', `/v1/members/${path}/availability`)).body).toEqual({
        available: false,
      });
    }
    const { client } = await people.login(wish);
    const me = await client.send('GET', '/v1/members/me');
    expect(me.body).toMatchObject({
      memberId: made.body.memberId,
      email: wish.email,
      phone: `010****${wish.phone.slice(-4)}`,
      status: 'ACTIVE',
    });
    const consents = me.body.consents as { consent: string; agreed: boolean; givenAt: string }[];
    expect(consents.map(({ consent, agreed }) => [consent, agreed])).toEqual([
      ['MARKETING', true],
      ['PRIVACY', true],
      ['TERMS', true],
    ]);
    const [row] = await rows('SELECT * FROM members WHERE login_id = ?', [wish.loginId]);
    expect(String(row!.password_hash)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((row!.phone_sealed as Buffer).toString('latin1')).not.toContain(wish.phone);
  });

  it('names every field that is wrong', async () => {
    const bad = {
      loginId: 'a b',
      password: 7,
      name: ' ',
      email: 'nobody',
      phone: '02-123-4567',
      consents: { terms: false, marketing: null },
      more: 1,
    };
    const answer = await people.call('POST', '/v1/members', bad);
    expect(answer.status).toBe(400);
    expect(fields(answer)).toEqual(
      [
        ...['consents.marketing', 'consents.privacy', 'consents.terms', 'email', 'loginId', 'more', 'name'],
        ...['password', 'phone'],
      ].sort(),
    );
    expect(fields(await people.call('POST', '/v1/members', {}))).toHaveLength(6);
    const path = await people.call('GET', '/v1/members/login-ids/x/availability');
    expect([path.status, fields(path)]).toEqual([400, ['loginId']]);
    expect((await people.call('GET', '/v1/members/emails/x/availability')).status).toBe(400);
  });

  it.each([
    ['short 1', 'BAD_LENGTH'],
    ['password123', 'PASSWORD_TOO_COMMON'],
    ['I am penshop77 today', 'PASSWORD_HOLDS_IDENTITY'],
  ])('refuses the password %p: %s', async (password, code) => {
    const answer = await people.call('POST', '/v1/members', newSignUp({ loginId: 'penshop77', password }));
    expect([answer.status, answer.body.errors?.map((error) => [error.field, error.code])]).toEqual([
      400,
      [['password', code]],
    ]);
    expect(answer.text).not.toContain(password);
  });

  it('tells apart a login id and an e-mail address that are taken', async () => {
    const first = await people.signUp();
    const sameId = await people.call('POST', '/v1/members', newSignUp({ loginId: first.loginId }));
    const sameMail = await people.call(
      'POST',
      '/v1/members',
      newSignUp({ email: first.email.toUpperCase() }),
    );
    expect([sameId.status, sameId.body.code]).toEqual([409, 'LOGIN_ID_TAKEN']);
    expect([sameMail.status, sameMail.body.code]).toEqual([409, 'EMAIL_TAKEN']);
  });

  it('lets one of ten at once win', async () => {
    const wish = newSignUp();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => people.call('POST', '/v1/members', wish)),
    );
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([count(201), count(409)]).toEqual([1, 9]);
    expect(await rows('SELECT id FROM members WHERE login_id = ?', [wish.loginId])).toHaveLength(1);
  });
});

describe('a forgotten login id', () => {
  it('is sent to the contact of a member of that name, and to nobody else', async () => {
    const person = await people.signUp();
    for (const contact of [{ phone: person.phone }, { email: person.email }]) {
      const asked = await people.call('POST', '/v1/members/find-login-id', { name: person.name, ...contact });
      expect([asked.status, asked.body]).toEqual([202, { outcome: 'SENT_IF_REGISTERED' }]);
      expect((await people.message(Object.values(contact)[0], /로그인 ID는/)).text).toContain(person.loginId);
    }
    const other = await people.signUp();
    const wrong = await people.call('POST', '/v1/members/find-login-id', {
      name: '박민지',
      phone: other.phone,
    });
    expect([wrong.status, wrong.body]).toEqual([202, { outcome: 'SENT_IF_REGISTERED' }]);
    await pause(1_000);
    expect(await people.messages(other.phone)).toEqual([]);
  });

  it('takes one contact, not none or two', async () => {
    const both = { name: '김민지', phone: '010-0000-0001', email: 'a@example.com' };
    for (const body of [both, { name: '김민지' }]) {
      const answer = await people.call('POST', '/v1/members/find-login-id', body);
      expect([answer.status, fields(answer)]).toEqual([400, ['email', 'phone']]);
    }
  });
});

describe('a forgotten password', () => {
  it('is set anew by a code, once; all sessions end, and the member is told', async () => {
    const person = await people.signUp();
    const session = await people.login(person);
    const code = await people.resetCode(person);
    const [kept] = await rows('SELECT HEX(code_hash) AS hash, tries FROM member_codes WHERE member_id = ?', [
      person.memberId,
    ]);
    expect(String(kept!.hash)).toHaveLength(64);
    await expectNowhere(code);
    expect((await people.reset(person.loginId, otherCode(code))).body.code).toBe('MEMBER_CODE_INVALID');
    expect((await people.reset(person.loginId.toUpperCase(), code)).status).toBe(204);
    expect((await session.client.send('GET', '/v1/members/me')).status).toBe(401);
    const refreshed = await people.call('POST', '/v1/auth/refresh', { refreshToken: session.refreshToken });
    expect(refreshed.status).toBe(401);
    expect((await people.tryLogin(person.loginId, GOOD_PASSWORD)).status).toBe(401);
    expect((await people.tryLogin(person.loginId, OTHER_PASSWORD)).status).toBe(200);
    expect((await people.reset(person.loginId, code)).body.code).toBe('MEMBER_CODE_INVALID');
    for (const to of [person.phone, person.email]) await people.message(to, /비밀번호가 바뀌었습니다/);
    expect(stack.output).not.toContain(code);
    expect(stack.output).not.toContain(OTHER_PASSWORD);
  });

  it('set anew lifts the lock of failed logins, where it was set', async () => {
    const person = await people.signUp();
    const home = newAddress();
    for (let index = 0; index < 5; index += 1) await people.tryLogin(person.loginId, 'not this one', home);
    for (let index = 0; index < 5; index += 1) await people.tryLogin(person.loginId, 'not this one');
    expect((await people.tryLogin(person.loginId, person.password)).body.code).toBe('LOGIN_LOCKED');
    const code = await people.resetCode(person);
    const wish = { loginId: person.loginId.toUpperCase(), code, newPassword: OTHER_PASSWORD };
    expect((await people.call('POST', '/v1/members/reset-password', wish, home)).status).toBe(204);
    expect((await people.tryLogin(person.loginId, OTHER_PASSWORD, home)).status).toBe(200);
    expect((await people.tryLogin(person.loginId, OTHER_PASSWORD)).status).toBe(200);
  });

  it('cannot be kept from its member by a stranger who burns the tries of a code', async () => {
    const person = await people.signUp();
    const code = await people.resetCode(person);
    const stranger = newAddress();
    const guess = { loginId: person.loginId, code: otherCode(code), newPassword: OTHER_PASSWORD };
    for (let index = 0; index < 8; index += 1) {
      const refused = await people.call('POST', '/v1/members/reset-password', guess, stranger);
      expect([refused.status, refused.body.code]).toEqual([422, 'MEMBER_CODE_INVALID']);
    }
    const [{ tries }] = (await rows('SELECT tries FROM member_codes WHERE member_id = ?', [
      person.memberId,
    ])) as [{ tries: number }];
    expect(tries).toBe(5);
    // They are used up for the stranger, right code or not.
    const late = await people.call('POST', '/v1/members/reset-password', { ...guess, code }, stranger);
    expect(late.status).toBe(422);
    expect((await people.reset(person.loginId, code)).status).toBe(204);
  });

  it('is refused when it is a bad one, and the code stays good', async () => {
    const person = await people.signUp();
    const code = await people.resetCode(person);
    const bad = await people.reset(person.loginId, code, person.email);
    expect([bad.status, fields(bad)]).toEqual([400, ['newPassword']]);
    expect((await people.reset(person.loginId, code, 'password')).status).toBe(400);
    expect((await people.reset(person.loginId, code)).status).toBe(204);
  });

  it('compares no more than twenty of fifty guesses at once, from as many places', async () => {
    const person = await people.signUp();
    const code = await people.resetCode(person);
    const guesses = Array.from({ length: 50 }, (_, index) =>
      people.reset(person.loginId, otherCode(code, index + 1)),
    );
    const answers = await Promise.all(guesses);
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(['422 MEMBER_CODE_INVALID']),
    );
    const [{ tries }] = (await rows('SELECT tries FROM member_codes WHERE member_id = ?', [
      person.memberId,
    ])) as [{ tries: number }];
    expect(tries).toBe(20);
    // The right one is not looked at any more either.
    expect((await people.reset(person.loginId, code)).body.code).toBe('MEMBER_CODE_INVALID');
    expect((await people.tryLogin(person.loginId, GOOD_PASSWORD)).status).toBe(200);
  });

  it('lets the right code win once when it comes many times at once', async () => {
    const person = await people.signUp();
    const code = await people.resetCode(person);
    const answers = await Promise.all(Array.from({ length: 8 }, () => people.reset(person.loginId, code)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  });

  it('voids the code before, and not when a stranger guesses at the contact', async () => {
    const person = await people.signUp();
    const first = await people.resetCode(person);
    const second = await people.resetCode(person);
    await people.call('POST', '/v1/members/find-password', { loginId: person.loginId, phone: '01000000000' });
    if (first !== second) expect((await people.reset(person.loginId, first)).status).toBe(422);
    expect((await people.reset(person.loginId, second)).status).toBe(204);
  });

  it('is no good after its time', async () => {
    const person = await people.signUp();
    const code = await people.resetCode(person);
    await rows('UPDATE member_codes SET expires_at = UTC_TIMESTAMP(3) WHERE member_id = ?', [
      person.memberId,
    ]);
    expect((await people.reset(person.loginId, code)).body.code).toBe('MEMBER_CODE_INVALID');
  });

  it('is sent five times a day to one account', async () => {
    const person = await people.signUp();
    const ask = () =>
      people.call('POST', '/v1/members/find-password', { loginId: person.loginId, email: person.email });
    for (let sent = 0; sent < 5; sent += 1) expect((await ask()).status).toBe(202);
    const refused = await ask();
    expect([refused.status, refused.body.code]).toEqual([429, 'MEMBER_CODE_TOO_OFTEN']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(80_000);
    const byPhone = { loginId: person.loginId, phone: person.phone };
    expect((await people.call('POST', '/v1/members/find-password', byPhone)).status).toBe(202);
  });

  it('is asked for thirty times an hour from one address', async () => {
    const from = newAddress();
    const statuses = [];
    for (let index = 0; index < 31; index += 1) {
      const body = { loginId: `nobody${index}`, phone: `010999900${String(index).padStart(2, '0')}` };
      statuses.push((await people.call('POST', '/v1/members/find-password', body, from)).status);
    }
    expect(statuses).toEqual([...Array(30).fill(202), 429]);
  });
});

describe('a member', () => {
  const change = (session: { client: { send: People['call'] } }, currentPassword: string) =>
    session.client.send('PUT', '/v1/members/me/password', { currentPassword, newPassword: OTHER_PASSWORD });

  it('changes its password: other sessions end, this one goes on', async () => {
    const person = await people.signUp();
    const [mine, other] = [await people.login(person), await people.login(person)];
    expect((await change(mine, person.password)).status).toBe(204);
    expect((await mine.client.send('GET', '/v1/members/me')).status).toBe(200);
    expect((await other.client.send('GET', '/v1/members/me')).status).toBe(401);
    const refresh = (refreshToken: string) => people.call('POST', '/v1/auth/refresh', { refreshToken });
    expect((await refresh(mine.refreshToken)).status).toBe(200);
    expect((await refresh(other.refreshToken)).status).toBe(401);
    expect((await people.tryLogin(person.loginId, OTHER_PASSWORD)).status).toBe(200);
    await people.message(person.email, /비밀번호가 바뀌었습니다/);
  });

  it('has one of two changes at once', async () => {
    const person = await people.signUp();
    const sessions = [await people.login(person), await people.login(person)];
    const wish = (index: number) => ({
      currentPassword: person.password,
      newPassword: `${OTHER_PASSWORD} ${index}`,
    });
    const answers = await Promise.all(
      sessions.map(({ client }, index) =>
        client.send('PUT', '/v1/members/me/password', wish(index), newAddress()),
      ),
    );
    const winners = answers.flatMap(({ status }, index) => (status === 204 ? [index] : []));
    expect(winners).toHaveLength(1);
    expect(['PASSWORD_CHANGED_MEANWHILE', 'CURRENT_PASSWORD_WRONG', 'UNAUTHENTICATED']).toContain(
      answers[1 - winners[0]!]!.body.code,
    );
    expect((await people.tryLogin(person.loginId, wish(winners[0]!).newPassword)).status).toBe(200);
    const bad = await sessions[winners[0]!]!.client.send('PUT', '/v1/members/me/password', {
      currentPassword: wish(winners[0]!).newPassword,
      newPassword: 'password',
    });
    expect([bad.status, fields(bad)]).toEqual([400, ['newPassword']]);
  });

  it('has its password hashed anew at a login when the parameters have changed', async () => {
    const person = await people.signUp();
    const old = await hash(person.password, { algorithm: 2, memoryCost: 9_216, timeCost: 1, parallelism: 1 });
    await rows('UPDATE members SET password_hash = ? WHERE id = ?', [old, person.memberId]);
    expect((await people.tryLogin(person.loginId, 'not this one')).status).toBe(401);
    const kept = async () =>
      String(
        (await rows('SELECT password_hash FROM members WHERE id = ?', [person.memberId]))[0]!.password_hash,
      );
    expect(await kept()).toBe(old);
    expect((await people.tryLogin(person.loginId, person.password)).status).toBe(200);
    const renewed = await kept();
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await people.tryLogin(person.loginId, person.password)).status).toBe(200);
    expect(await kept()).toBe(renewed);
  });

  it('does not log in under a login id that none can have', async () => {
    const answer = await people.tryLogin('한글 아이디', GOOD_PASSWORD);
    expect([answer.status, answer.body.code]).toEqual([401, 'LOGIN_FAILED']);
  });

  it('is locked out after five wrong present passwords', async () => {
    const person = await people.signUp();
    const session = await people.login(person);
    for (let index = 0; index < 5; index += 1) {
      const wrong = await change(session, 'not this one');
      expect([wrong.status, wrong.body.code]).toEqual([422, 'CURRENT_PASSWORD_WRONG']);
    }
    const locked = await change(session, person.password);
    expect([locked.status, locked.body.code]).toEqual([429, 'LOGIN_LOCKED']);
    expect((await session.client.send('GET', '/v1/members/me')).status).toBe(200);
  });

  it('changes its name and its consent to marketing', async () => {
    const { client } = await people.login(await people.signUp());
    const changed = await client.send('PATCH', '/v1/members/me', { name: '이새봄', marketing: true });
    expect([changed.status, changed.body.name]).toEqual([200, '이새봄']);
    expect(changed.body.consents).toContainEqual(
      expect.objectContaining({ consent: 'MARKETING', agreed: true }),
    );
    for (const bad of [
      { name: null },
      { marketing: 'yes' },
      { email: 'a@example.com' },
      { role: 'OPERATOR' },
    ]) {
      const answer = await client.send('PATCH', '/v1/members/me', bad);
      expect([answer.status, fields(answer)]).toEqual([400, Object.keys(bad)]);
    }
  });

  it('voids a code for a new password by changing it, and by changing a contact', async () => {
    const person = await people.signUp();
    const session = await people.login(person);
    const first = await people.resetCode(person);
    expect((await change(session, person.password)).status).toBe(204);
    expect((await people.reset(person.loginId, first, GOOD_PASSWORD)).body.code).toBe('MEMBER_CODE_INVALID');
    const second = await people.resetCode(person);
    const email = `new-${person.email}`;
    await session.client.send('POST', '/v1/members/me/contacts', { email, currentPassword: OTHER_PASSWORD });
    const code = await people.code(email);
    expect((await session.client.send('POST', '/v1/members/me/contacts/confirm', { code })).status).toBe(200);
    expect((await people.reset(person.loginId, second, GOOD_PASSWORD)).body.code).toBe('MEMBER_CODE_INVALID');
  });

  it('has a new contact only with its password: a stolen session is no key to the account', async () => {
    const person = await people.signUp();
    const { client } = await people.login(person);
    const email = `thief-${person.email}`;
    const ask = (body: object) => client.send('POST', '/v1/members/me/contacts', { email, ...body });
    const without = await ask({});
    expect([without.status, fields(without)]).toEqual([400, ['currentPassword']]);
    for (let index = 0; index < 5; index += 1) {
      const wrong = await ask({ currentPassword: 'not this one' });
      expect([wrong.status, wrong.body.code]).toEqual([422, 'CURRENT_PASSWORD_WRONG']);
    }
    const locked = await ask({ currentPassword: person.password });
    expect([locked.status, locked.body.code]).toEqual([429, 'LOGIN_LOCKED']);
    expect(await people.messages(email)).toEqual([]);
    expect(await rows('SELECT id FROM member_codes WHERE member_id = ?', [person.memberId])).toEqual([]);
  });

  it('has a new contact only once a code sent there has come back', async () => {
    const person = await people.signUp();
    const { client } = await people.login(person);
    const email = `new-${person.email}`;
    const ask = (body: object) =>
      client.send('POST', '/v1/members/me/contacts', { ...body, currentPassword: person.password });
    const confirm = (code: string) => client.send('POST', '/v1/members/me/contacts/confirm', { code });
    expect((await confirm('000000')).body.code).toBe('MEMBER_CODE_INVALID');
    const sent = await ask({ email });
    expect([sent.status, sent.body.sentTo]).toEqual([202, 'ne***@example.com']);
    const code = await people.code(email);
    await expectNowhere(code);
    expect((await confirm(otherCode(code))).status).toBe(422);
    expect((await client.send('GET', '/v1/members/me')).body.email).toBe(person.email);
    const confirmed = await confirm(code);
    expect([confirmed.status, confirmed.body.email]).toEqual([200, email]);
    expect((await confirm(code)).status).toBe(422);
    // The address before is told, in case it was a thief.
    await people.message(person.email, /연락처|이메일이\(가\) 바뀌었습니다/);
    const phone = '010-9999-4321';
    expect((await ask({ phone })).status).toBe(202);
    const bySms = await confirm(await people.code('01099994321'));
    expect(bySms.body.phone).toBe('010****4321');
    const taken = await ask({ email: (await people.signUp()).email });
    expect([taken.status, taken.body.code]).toEqual([409, 'EMAIL_TAKEN']);
  });

  it('hears by the channels that it has on', async () => {
    const person = await people.signUp();
    const { client } = await people.login(person);
    const set = (settings: object[]) => client.send('PATCH', '/v1/members/me/notifications', { settings });
    const off = (kind: string, channel: string) => ({ kind, channel, enabled: false });
    const changed = await set([off('SECURITY', 'SMS'), off('PAYMENT', 'PUSH')]);
    expect(changed.status).toBe(200);
    const shown = (await client.send('GET', '/v1/members/me')).body.notifications as object[];
    expect(shown).toEqual(changed.body.settings);
    expect(shown).toHaveLength(NOTIFICATION_KINDS.length * NOTIFICATION_CHANNELS.length);
    expect(shown.filter((setting) => (setting as { enabled: boolean }).enabled)).toHaveLength(
      shown.length - 2,
    );
    expect((await change({ client: client }, person.password)).status).toBe(204);
    await people.message(person.email, /비밀번호가 바뀌었습니다/);
    await pause(1_000);
    expect(await people.messages(person.phone)).toEqual([]);
    const silent = await set([off('SECURITY', 'EMAIL')]);
    expect([silent.status, silent.body.code]).toEqual([422, 'SECURITY_NOTICES_NEEDED']);
    const wrong = await set([{ kind: 'WEATHER', channel: 'FAX', enabled: 1 }]);
    expect([wrong.status, fields(wrong)]).toEqual([
      400,
      ['settings.0.channel', 'settings.0.enabled', 'settings.0.kind'],
    ]);
  });

  it('leaves who did what, and from where, in the audit trail', async () => {
    const wish = newSignUp();
    const from = newAddress();
    const made = await people.call('POST', '/v1/members', wish, from);
    const { client } = await people.login(wish);
    await client.send('PATCH', '/v1/members/me', { name: '박한울' });
    const settings = [{ kind: 'PAYMENT', channel: 'SMS', enabled: false }];
    await client.send('PATCH', '/v1/members/me/notifications', { settings });
    const memberId = made.body.memberId as string;
    const trail = await rows(
      'SELECT action, actor, client_address, details FROM audit_logs WHERE target = ? ORDER BY seq',
      [memberId],
    );
    expect(trail.map(({ action, actor }) => [action, actor])).toEqual(
      ['member.sign-up', 'member.change', 'member.notifications'].map((action) => [
        action,
        `member:${memberId}`,
      ]),
    );
    expect(trail[0]!.client_address).toBe(from['x-forwarded-for']);
    expect(JSON.parse(String(trail[2]!.details))).toEqual({ changed: 'PAYMENT.SMS=off' });
  });

  it('is a member: neither a stranger nor a merchant system', async () => {
    const calls: [string, string, object?][] = [
      ['GET', '/v1/members/me'],
      ['PATCH', '/v1/members/me', { name: '누구' }],
      ['PATCH', '/v1/members/me/notifications', { settings: [] }],
      ['POST', '/v1/members/me/contacts', { phone: '01000000000', currentPassword: 'x' }],
      ['POST', '/v1/members/me/contacts/confirm', { code: '000000' }],
      ['PUT', '/v1/members/me/password', { currentPassword: 'x', newPassword: 'y' }],
    ];
    for (const [method, path, body] of calls) {
      expect([path, (await people.call(method, path, body)).status]).toEqual([path, 401]);
      expect([path, (await stack.merchant.send(method, path, body)).status]).toEqual([path, 403]);
    }
  });
});

/** No code stands in any column of what is kept of it. */
async function expectNowhere(code: string): Promise<void> {
  for (const table of ['member_codes', 'member_code_sends', 'messages', 'audit_logs']) {
    const found = await rows(`SELECT * FROM ${table}`, []);
    const texts = found.flatMap((row) =>
      Object.entries(row)
        .filter(
          ([name]) =>
            !/^(created_at|expires_at|due_at|at|sent_at|settled_at|counted_until|last_sent_at)$/.test(name),
        )
        .map(([, value]) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value))),
    );
    expect([table, texts.filter((text) => text.includes(code))]).toEqual([table, []]);
  }
}
