import {
  type AuthApp,
  bearer,
  form,
  get,
  loggedIn,
  login,
  PASSWORD,
  post,
  type Session,
  startAuthApp,
} from './auth.support';

const ME = '/v1/members/me';
let auth: AuthApp;

beforeAll(async () => {
  auth = await startAuthApp('auth_sessions');
});
afterAll(() => auth?.close());
beforeEach(() => auth.dataSource.query('DELETE FROM login_attempts'));

const refresh = (refreshToken: string) => post(auth, '/v1/auth/refresh', { refreshToken });
const auditRows = (action: string) =>
  auth.dataSource.query<{ target: string }[]>('SELECT target FROM audit_logs WHERE action = ?', [action]);

/** As if the token had been used so many seconds earlier. */
const age = (seconds: number) =>
  auth.dataSource.query('UPDATE refresh_tokens SET used_at = used_at - INTERVAL ? SECOND', [seconds]);

describe('login', () => {
  it('answers tokens and the member, whatever the case of the login id', async () => {
    const answer = await login(auth, 'Branch1', PASSWORD);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toMatchObject({
      expiresIn: 600,
      member: { loginId: 'branch1', role: 'BRANCH', mid: 'M0000001', agencyCode: null },
    });
    const me = await get(auth, ME, bearer(answer.json<Session>().accessToken));
    expect(me.json()).toMatchObject({ loginId: 'branch1', role: 'BRANCH' });
  });

  it('answers an unknown login id and a wrong password alike', async () => {
    const unknown = await login(auth, 'nobody', 'wrong');
    const wrong = await login(auth, 'merchant1', 'wrong');
    expect([unknown.statusCode, wrong.statusCode]).toEqual([401, 401]);
    expect({ ...unknown.json(), traceId: '' }).toEqual({ ...wrong.json(), traceId: '' });
    expect(wrong.json()).toMatchObject({ code: 'LOGIN_FAILED' });
  });

  it.each(['merchant2', 'nobody'])(
    'locks %s after five failures, the right password too',
    async (loginId) => {
      for (let failure = 1; failure <= 5; failure += 1) {
        expect((await login(auth, loginId, 'wrong')).statusCode).toBe(401);
      }
      const locked = await login(auth, loginId, PASSWORD);
      expect(locked.statusCode).toBe(429);
      expect(locked.json()).toMatchObject({ code: 'LOGIN_LOCKED' });
      expect(Number(locked.headers['retry-after'])).toBeGreaterThan(80);
      expect(await auditRows('login.lock')).not.toHaveLength(0);
      await auth.dataSource.query('UPDATE login_attempts SET counted_until = UTC_TIMESTAMP(3)');
      expect((await login(auth, loginId, PASSWORD)).statusCode).toBe(loginId === 'nobody' ? 401 : 200);
    },
  );

  it('lets five of a hundred parallel guesses through to the password at most', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 100 }, () =>
        login(auth, 'merchant3', 'wrong').then(({ statusCode }) => statusCode),
      ),
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(new Set(statuses)).toEqual(new Set([401, 429, 503]));
  });

  it('takes ten right passwords at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => login(auth, 'merchant3', PASSWORD)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(10).fill(200));
  });

  it('keeps a member in whom strangers lock out, at a place where it has logged in before', async () => {
    expect((await login(auth, 'merchant4', PASSWORD, '198.51.100.1')).statusCode).toBe(200);
    for (let failure = 0; failure < 10; failure += 1) {
      await login(auth, 'merchant4', 'wrong', `203.0.113.${100 + failure}`);
    }
    expect((await login(auth, 'merchant4', PASSWORD, '203.0.113.200')).statusCode).toBe(429);
    expect((await login(auth, 'merchant4', PASSWORD, '198.51.100.1')).statusCode).toBe(200);
  });

  it('does not log in a member that is not active', async () => {
    await auth.dataSource.query("UPDATE members SET status = 'DISABLED' WHERE login_id = 'merchant6'");
    expect((await login(auth, 'merchant6', PASSWORD)).json()).toMatchObject({ code: 'LOGIN_FAILED' });
  });

  it('takes about as long for an unknown login id as for a known one', async () => {
    const median = async (loginId: string) => {
      const times: number[] = [];
      for (let n = 0; n < 9; n += 1) {
        const start = performance.now();
        await login(auth, loginId, 'wrong', `2001:db8:${n}::1`);
        times.push(performance.now() - start);
        if (n === 8) break;
      }
      return times.sort((a, b) => a - b)[4]!;
    };
    const [unknown, known] = [await median('no-such-member'), await median('merchant5')];
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });
});

describe('refresh', () => {
  it('gives fifty who ask at once the same next token', async () => {
    const { refreshToken } = await loggedIn(auth);
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(refreshToken)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(50).fill(200));
    const tokens = new Set(answers.map((answer) => answer.json<Session>().refreshToken));
    expect(tokens.size).toBe(1);
    expect(tokens).not.toContain(refreshToken);
    expect((await refresh([...tokens][0]!)).statusCode).toBe(200);
  });

  it('ends the session when a token used long ago is seen again', async () => {
    const { refreshToken } = await loggedIn(auth);
    const next = (await refresh(refreshToken)).json<Session>();
    await age(11);
    const reused = await refresh(refreshToken);
    expect(reused.statusCode).toBe(401);
    expect(reused.json()).toMatchObject({ code: 'REFRESH_TOKEN_INVALID' });
    expect((await refresh(next.refreshToken)).statusCode).toBe(401);
    expect((await get(auth, ME, bearer(next.accessToken))).statusCode).toBe(401);
    expect(await auditRows('session.refresh-reuse')).toHaveLength(1);
  });

  it('ends the session when a token before the last one is seen again, however soon', async () => {
    const { refreshToken } = await loggedIn(auth);
    const second = (await refresh(refreshToken)).json<Session>();
    const third = (await refresh(second.refreshToken)).json<Session>();
    expect((await refresh(refreshToken)).statusCode).toBe(401);
    expect((await refresh(third.refreshToken)).statusCode).toBe(401);
  });

  it('gives the same next token again to who lost the answer', async () => {
    const { refreshToken } = await loggedIn(auth);
    const first = (await refresh(refreshToken)).json<Session>();
    const again = (await refresh(refreshToken)).json<Session>();
    expect(again.refreshToken).toBe(first.refreshToken);
    expect((await refresh(again.refreshToken)).statusCode).toBe(200);
  });

  it.each(['expires_at', 'expires_at = UTC_TIMESTAMP(3), absolute_expires_at'])(
    'refuses a token past its %s',
    async (columns) => {
      const { refreshToken } = await loggedIn(auth);
      await auth.dataSource.query(`UPDATE sessions SET ${columns} = UTC_TIMESTAMP(3)`);
      expect((await refresh(refreshToken)).statusCode).toBe(401);
    },
  );

  it('never lets the idle time pass the absolute one', async () => {
    const { refreshToken } = await loggedIn(auth);
    await auth.dataSource.query(
      `UPDATE sessions SET expires_at = UTC_TIMESTAMP(3) + INTERVAL 1 MINUTE,
         absolute_expires_at = UTC_TIMESTAMP(3) + INTERVAL 1 MINUTE`,
    );
    expect((await refresh(refreshToken)).statusCode).toBe(200);
  });

  it('refuses an access token, an unknown token and rubbish alike', async () => {
    const { accessToken } = await loggedIn(auth);
    for (const token of [accessToken, `rt_${'A'.repeat(43)}`, 'x']) {
      expect((await refresh(token)).json()).toMatchObject({ status: 401, code: 'REFRESH_TOKEN_INVALID' });
    }
  });

  it('is there as an OAuth grant as well', async () => {
    const { refreshToken } = await loggedIn(auth);
    const parameters = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const answer = await form(auth, '/oauth/token', parameters);
    expect(answer.json()).toMatchObject({
      token_type: 'Bearer',
      refresh_token: expect.stringMatching(/^rt_/),
    });
    await age(11);
    const reused = await form(auth, '/oauth/token', parameters);
    expect(reused.statusCode).toBe(400);
    expect(reused.json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('stores no token that could be used', async () => {
    const { refreshToken } = await loggedIn(auth);
    const rows = await auth.dataSource.query<Record<string, unknown>[]>('SELECT * FROM refresh_tokens');
    const stored = rows
      .flatMap((row) => Object.values(row))
      .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)));
    expect(stored.join('|')).not.toContain(refreshToken.slice(3));
  });
});

describe('logout', () => {
  it('ends the session at once, and no other', async () => {
    const [first, second] = [await loggedIn(auth), await loggedIn(auth)];
    const answer = await post(auth, '/v1/auth/logout', {}, { authorization: bearer(first.accessToken) });
    expect(answer.statusCode).toBe(204);
    expect((await get(auth, ME, bearer(first.accessToken))).statusCode).toBe(401);
    expect((await refresh(first.refreshToken)).statusCode).toBe(401);
    expect((await get(auth, ME, bearer(second.accessToken))).statusCode).toBe(200);
    expect(await auditRows('session.end')).toHaveLength(1);
  });

  it.each(["status = 'LOCKED'", 'session_epoch = session_epoch + 1'])(
    'holds for all sessions of a member whose row is set to %s',
    async (change) => {
      const session = await loggedIn(auth, 'agency1');
      await auth.dataSource.query(`UPDATE members SET ${change} WHERE login_id = 'agency1'`);
      expect((await get(auth, ME, bearer(session.accessToken))).statusCode).toBe(401);
      expect((await refresh(session.refreshToken)).statusCode).toBe(401);
      await auth.dataSource.query("UPDATE members SET status = 'ACTIVE' WHERE login_id = 'agency1'");
    },
  );

  it('can be done by revoking the refresh token', async () => {
    const session = await loggedIn(auth);
    expect((await form(auth, '/oauth/revoke', { token: session.refreshToken })).statusCode).toBe(200);
    expect((await get(auth, ME, bearer(session.accessToken))).statusCode).toBe(401);
  });
});
