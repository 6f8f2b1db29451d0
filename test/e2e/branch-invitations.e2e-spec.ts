import { loggedIn, nobody, tryLogin } from '../support/member-logins';
import { type ApiAnswer, keyIn, type MerchantClient } from '../support/merchant';
import { eventually, pause } from '../support/program';
import { messagesTo, newPhone } from '../support/sms-payer';
import { Stack } from '../support/stack';
import { SqlPool } from '../../src/common/db/pool';

jest.setTimeout(180_000);

const PASSWORD = 'correct horse battery';
const MERCHANT_DAILY_MAX = 540;

let stack: Stack;
let owner: MerchantClient;
let pool: SqlPool;

beforeAll(async () => {
  stack = await Stack.start('branch_invitations', {
    env: {
      RATE_LOGIN_PER_MINUTE: '1000',
      RATE_PUBLIC_PER_MINUTE: '10000',
      INVITATION_MERCHANT_DAILY_MAX: String(MERCHANT_DAILY_MAX),
    },
  });
  owner = await loggedIn(stack.api.url, 'merchant1');
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});

interface Invited {
  readonly data: readonly { index: number; result: string; invitationId: string | null; phone: string }[];
  readonly invitedCount: number;
}
interface Listed {
  readonly data: readonly { invitationId: string; status: string; branchId: string | null; phone: string }[];
  readonly nextCursor: string | null;
}

const as = <T>(answer: ApiAnswer) => answer.body as unknown as T;
const invite = (recipients: unknown, client = owner, headers: Record<string, string> = {}) =>
  client.send('POST', '/v1/branch-invitations', { recipients }, headers);
const results = (answer: ApiAnswer) => as<Invited>(answer).data.map(({ result }) => result);
const expectCode = (answer: ApiAnswer, status: number, code: string) =>
  expect([answer.status, answer.body.code]).toEqual([status, code]);
const tokensTo = async (phone: string) =>
  (await messagesTo(stack.sandboxUrl, phone)).flatMap(
    ({ text }) => /\/branch-invitations\/([\w-]{43})/.exec(text)?.[1] ?? [],
  );
const tokenTo = (phone: string, count = 1) =>
  eventually(
    async () => {
      const tokens = await tokensTo(phone);
      return tokens.length >= count ? tokens.at(-1) : undefined;
    },
    { withinMs: 30_000, what: 'the SMS of the invitation' },
  );
const show = (token: string) => nobody(stack.api.url).send('GET', `/v1/branch-invitations/${token}`);
const signUp = (token: string, loginId: string, more: Record<string, unknown> = {}) =>
  nobody(stack.api.url).send('POST', '/v1/branches/sign-up', {
    ...{ token, loginId, password: PASSWORD, name: '한가온', branchName: '모두의문구 다온점' },
    ...{ address: '서울특별시 중구 가온로 12', phone: '02-0000-2012' },
    ...more,
  });
const statusOf = async (phone: string) =>
  as<Listed>(await owner.send('GET', `/v1/branch-invitations?phone=${phone}`)).data[0]?.status;
const untilStatus = (phone: string, status: string) =>
  eventually(
    async () => {
      await pause(200);
      return (await statusOf(phone)) === status ? true : undefined;
    },
    { withinMs: 60_000, what: `the invitation to be ${status}` },
  );

/** An invitation whose link has arrived. */
async function invited() {
  const phone = newPhone();
  const answer = await invite([{ name: '홍길동', phone }]);
  expect(results(answer)).toEqual(['INVITED']);
  return { phone, id: as<Invited>(answer).data[0]!.invitationId!, token: await tokenTo(phone) };
}

describe('an invitation', () => {
  it('goes from the SMS by the link to a branch whose owner logs in and sells', async () => {
    const { phone, token } = await invited();
    const [message] = await messagesTo(stack.sandboxUrl, phone);
    expect(message!.text).toContain('[모두의문구 주식회사] 영업점 등록 초대');
    await untilStatus(phone, 'DELIVERED');
    const seen = await show(token);
    expect([seen.status, seen.body]).toMatchObject([
      200,
      { merchantName: '모두의문구 주식회사', name: '홍*동' },
    ]);
    expect(seen.text).not.toContain(phone);
    expect(await statusOf(phone)).toBe('OPENED');
    const consents = { terms: true, privacy: true, marketing: false };
    const made = await signUp(token, 'Daon.Shop', { branchCode: 'DAON-01', consents });
    expect([made.status, made.body]).toMatchObject([201, { mid: 'M0000001', loginId: 'daon.shop' }]);
    const branchId = String(made.body.branchId);
    expect(
      as<Listed>(await owner.send('GET', '/v1/branch-invitations?status=REGISTERED')).data,
    ).toMatchObject([{ branchId }]);
    const member = await loggedIn(stack.api.url, 'daon.shop', PASSWORD);
    const own = await member.send('GET', `/v1/branches/${branchId}`);
    expect(own.body).toMatchObject({ code: 'DAON-01', phone: '0200002012', status: 'ACTIVE' });
    expect((await member.send('GET', '/v1/members/me')).body).toMatchObject({
      ...{ role: 'BRANCH', position: 'OWNER', branchId, mid: 'M0000001' },
    });
    const agreed = await pool.query<unknown[]>(
      `SELECT consent, agreed FROM member_consents WHERE member_id = '${String(made.body.memberId)}' ORDER BY consent`,
    );
    expect(agreed).toEqual([
      { consent: 'MARKETING', agreed: 0 },
      { consent: 'PRIVACY', agreed: 1 },
      { consent: 'TERMS', agreed: 1 },
    ]);
    expect((await stack.merchant.approve(keyIn({ branchId }))).status).toBe(200);
    const found = await owner.send('GET', '/v1/branches?code=DAON-01');
    expect(found.body.data).toMatchObject([{ branchId }]);
  });

  it('is opened once, and looked at without writing after that', async () => {
    const { id, token } = await invited();
    await Promise.all(Array.from({ length: 20 }, () => show(token)));
    const version = async () =>
      (
        await pool.query<{ version: number }[]>(`SELECT version FROM branch_invitations WHERE id = '${id}'`)
      )[0]!.version;
    const opened = await version();
    for (let times = 0; times < 5; times += 1) expect((await show(token)).status).toBe(200);
    expect(await version()).toBe(opened);
  });

  it('is used once by 50 at once, and gone for everybody after', async () => {
    const { token } = await invited();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => signUp(token, `racer${index}`)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    // A queue of twenty waits for its password to be hashed, and the others are turned away before anything is done.
    for (const { status } of answers) expect([201, 404, 503]).toContain(status);
    const [members] = await pool.query<{ n: number }[]>(
      "SELECT COUNT(*) AS n FROM members WHERE login_id LIKE 'racer%'",
    );
    const [branches] = await pool.query<{ n: number }[]>(
      "SELECT COUNT(*) AS n FROM branches WHERE id LIKE 'brn_0%' AND address IS NOT NULL AND code IS NULL",
    );
    expect([members!.n, branches!.n]).toEqual([1, 1]);
    expectCode(await show(token), 404, 'INVITATION_NOT_FOUND');
    expectCode(await signUp(token, 'late.one'), 404, 'INVITATION_NOT_FOUND');
  });

  it('stays good when the sign-up is refused', async () => {
    const { token } = await invited();
    expectCode(await signUp(token, 'MERCHANT1'), 409, 'LOGIN_ID_TAKEN');
    for (const password of ['short1!', 'password1', 'nara.shop2026']) {
      const weak = await signUp(token, 'nara.shop', { password });
      expect([weak.status, weak.body.errors?.map(({ field }) => field)]).toEqual([400, ['password']]);
    }
    expectCode(await signUp(token, 'nara.shop', { branchCode: 'DAON-01' }), 409, 'BRANCH_CODE_TAKEN');
    const bad = {
      loginId: 'x',
      password: '',
      name: '',
      branchName: 1,
      address: null,
      phone: '123',
      consents: null,
    };
    const answer = await signUp('short', 'x', { ...bad, branchCode: 'a b', more: 1 });
    expect(answer.status).toBe(400);
    expect(new Set(answer.body.errors?.map(({ field }) => field))).toEqual(
      new Set(['token', ...Object.keys(bad), 'branchCode', 'more']),
    );
    expect((await tryLogin(stack.api.url, 'nara.shop', PASSWORD)).status).toBe(401);
    expect((await signUp(token, 'nara.shop')).status).toBe(201);
  });

  it('tells that nobody has the number', async () => {
    const phone = '01000000000';
    await invite([{ name: '없음', phone }]);
    await untilStatus(phone, 'FAILED');
    const { data } = as<Listed>(await owner.send('GET', '/v1/branch-invitations?status=FAILED'));
    expect(data).toMatchObject([{ failureCode: '3032', phone: '010****0000' }]);
  });

  it('expires: the link is void at once, the state follows, and the number can be invited again', async () => {
    const { phone, id, token } = await invited();
    await pool.query(
      `UPDATE branch_invitations SET expires_at = UTC_TIMESTAMP(3), due_at = UTC_TIMESTAMP(3) WHERE id = '${id}'`,
    );
    expectCode(await show(token), 404, 'INVITATION_NOT_FOUND');
    expectCode(await signUp(token, 'too.late'), 404, 'INVITATION_NOT_FOUND');
    await untilStatus(phone, 'EXPIRED');
    expectCode(await owner.send('POST', `/v1/branch-invitations/${id}/resend`), 409, 'INVITATION_CLOSED');
    expect(results(await invite([{ name: '홍길동', phone }]))).toEqual(['INVITED']);
  });
});

describe('a list of recipients', () => {
  it('tells the result of each, and is the same again for the same Idempotency-Key', async () => {
    const { phone: open } = await invited();
    const [first, second] = [newPhone(), newPhone()];
    const hyphened = `${first.slice(0, 3)}-${first.slice(3, 7)}-${first.slice(7)}`;
    const recipients = [
      { name: '가온', phone: first },
      { name: '가온 둘', phone: hyphened },
      { name: '나래', phone: open },
      { name: '다온', phone: second },
    ];
    const answer = await invite(recipients, owner, { 'idempotency-key': `list-${first}` });
    expect([answer.status, results(answer)]).toEqual([
      201,
      ['INVITED', 'DUPLICATE_IN_LIST', 'ALREADY_INVITED', 'INVITED'],
    ]);
    expect(as<Invited>(answer).invitedCount).toBe(2);
    expect(answer.text).not.toContain(first);
    const again = await invite(recipients, owner, { 'idempotency-key': `list-${first}` });
    expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([answer.text, 'true']);
    await tokenTo(first);
    expect(await tokensTo(first)).toHaveLength(1);
  });

  it('sent ten times at once invites each number once', async () => {
    const recipients = [newPhone(), newPhone()].map((phone) => ({ name: '다온', phone }));
    const answers = await Promise.all(Array.from({ length: 10 }, () => invite(recipients)));
    const all = answers.flatMap(results);
    expect([all.filter((each) => each === 'INVITED').length, new Set(all)]).toEqual([
      2,
      new Set(['INVITED', 'ALREADY_INVITED']),
    ]);
  });

  it('names every bad field, by its place', async () => {
    const bad = [{ name: '', phone: '02-123-4567' }, { name: '가온', phone: '01012345678', more: 1 }, {}];
    const answer = await invite(bad);
    expect(answer.status).toBe(400);
    expect(new Set(answer.body.errors?.map(({ field }) => field))).toEqual(
      new Set(
        ['name', 'phone']
          .flatMap((f) => [0, 2].map((i) => `recipients.${i}.${f}`))
          .concat('recipients.1.more'),
      ),
    );
    expect(answer.text).not.toContain('02-123-4567');
    for (const recipients of [[], null, 'x', Array.from({ length: 501 }, () => 1)]) {
      expect((await invite(recipients)).status).toBe(400);
    }
  });

  it('is the merchant’s: nobody else may invite, list or take back, and strangers’ invitations are not there', async () => {
    const { id } = await invited();
    for (const loginId of ['branch1', 'agency1', 'operator']) {
      const client = await loggedIn(stack.api.url, loginId);
      expect((await invite([{ name: '가온', phone: newPhone() }], client)).status).toBe(403);
      expect((await client.send('GET', '/v1/branch-invitations')).status).toBe(403);
    }
    const stranger = await loggedIn(stack.api.url, 'merchant2');
    expect(as<Listed>(await stranger.send('GET', '/v1/branch-invitations')).data).toEqual([]);
    expect((await stranger.send('POST', `/v1/branch-invitations/${id}/resend`)).status).toBe(404);
    expect((await stranger.send('DELETE', `/v1/branch-invitations/unregistered?ids=${id}`)).body).toEqual({
      deletedCount: 0,
    });
  });
});

describe('the limits', () => {
  it('let three a day go to a number, whichever merchant sends', async () => {
    const { phone, id, token } = await invited();
    const resend = () => owner.send('POST', `/v1/branch-invitations/${id}/resend`);
    expect((await resend()).body).toMatchObject({ status: 'SENT', sends: 2 });
    const newer = await tokenTo(phone, 2);
    expectCode(await show(token), 404, 'INVITATION_NOT_FOUND');
    expect((await show(newer)).status).toBe(200);
    const stranger = await loggedIn(stack.api.url, 'merchant2');
    expect(results(await invite([{ name: '홍길동', phone }], stranger))).toEqual(['INVITED']);
    expectCode(await resend(), 429, 'INVITATION_LIMIT_REACHED');
    const third = await loggedIn(stack.api.url, 'merchant3');
    expect(results(await invite([{ name: '홍길동', phone }], third))).toEqual(['PHONE_LIMIT']);
  });

  it('take 500 at once, and stop at the merchant’s number of a day', async () => {
    const merchant = await loggedIn(stack.api.url, 'merchant4');
    const recipients = (from: number, length: number) =>
      Array.from({ length }, (_, index) => ({
        name: '가온',
        phone: `0108${String(1_000_000 + from + index)}`,
      }));
    const many = await invite(recipients(0, 500), merchant);
    expect([many.status, as<Invited>(many).invitedCount]).toEqual([201, 500]);
    const rest = results(await invite(recipients(500, 50), merchant));
    expect([rest.slice(0, 40), rest.slice(40)]).toEqual([
      Array.from({ length: 40 }, () => 'INVITED'),
      Array.from({ length: 10 }, () => 'MERCHANT_LIMIT'),
    ]);
    const first = as<Listed>(await merchant.send('GET', '/v1/branch-invitations?limit=200'));
    const second = as<Listed>(
      await merchant.send('GET', `/v1/branch-invitations?limit=200&cursor=${first.nextCursor!}`),
    );
    const ids = [...first.data, ...second.data].map(({ invitationId }) => invitationId);
    expect(new Set(ids).size).toBe(400);
    expect(ids).toEqual(ids.toSorted().reverse());
    const gone = await merchant.send('DELETE', '/v1/branch-invitations/unregistered');
    expect(gone.body).toEqual({ deletedCount: 540 });
  });
});

it('taking back voids the links at once, of those that are named or of all', async () => {
  const [one, other] = [await invited(), await invited()];
  const named = await owner.send('DELETE', `/v1/branch-invitations/unregistered?ids=${one.id}`);
  expect([named.status, named.body]).toEqual([200, { deletedCount: 1 }]);
  expectCode(await show(one.token), 404, 'INVITATION_NOT_FOUND');
  expectCode(await signUp(one.token, 'taken.back'), 404, 'INVITATION_NOT_FOUND');
  expect((await show(other.token)).status).toBe(200);
  expect((await owner.send('DELETE', '/v1/branch-invitations/unregistered?ids=x,y')).status).toBe(400);
  await owner.send('DELETE', '/v1/branch-invitations/unregistered');
  expectCode(await show(other.token), 404, 'INVITATION_NOT_FOUND');
  const left = await pool.query<{ status: string }[]>(
    "SELECT DISTINCT status FROM branch_invitations WHERE mid = 'M0000001' ORDER BY status",
  );
  expect(left.map(({ status }) => status)).toEqual(['DELETED', 'REGISTERED']);
});

it('keeps no number, token or password readable', async () => {
  const { phone, token } = await invited();
  for (const secret of [phone, token, PASSWORD]) expect(stack.output).not.toContain(secret);
  const [row] = await pool.query<{ kept: string }[]>(
    'SELECT GROUP_CONCAT(HEX(phone_sealed), HEX(token_hash)) AS kept FROM branch_invitations',
  );
  for (const secret of [phone, token])
    expect(row!.kept).not.toContain(Buffer.from(secret).toString('hex').toUpperCase());
});
