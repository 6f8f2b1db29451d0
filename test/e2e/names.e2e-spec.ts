import { company, newBusinessNumber } from '../support/applications';
import { MemberClient } from '../support/member-client';
import { nobody } from '../support/member-logins';
import type { ApiAnswer, MerchantClient } from '../support/merchant';
import { eventually } from '../support/program';
import { messagesTo, newPhone } from '../support/sms-payer';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

const PASSWORD = 'correct horse battery';
/** Each shows nothing, or as something else than it is. */
const BAD_NAMES = [' ', '\u3000', '\u3164', '\uffa0\u200b', 'abc\u202egnp', '\u2066가나'];

let stack: Stack;
let anybody: MerchantClient;
let operator: MemberClient;
let owner: MemberClient;

beforeAll(async () => {
  stack = await Stack.start('names', {
    env: {
      ...{ RATE_LOGIN_PER_MINUTE: '1000', RATE_PUBLIC_PER_MINUTE: '10000', RATE_MEMBER_PER_SECOND: '200' },
      INVITATION_PHONE_DAILY_MAX: '20',
    },
  });
  anybody = nobody(stack.api.url);
  operator = await MemberClient.login(stack.api.url, 'operator');
  owner = await MemberClient.login(stack.api.url, 'merchant1');
});
afterAll(() => stack?.stop());

let people = 0;
const newLoginId = () => `names${(people += 1)}`;
const signUpBody = (more: Record<string, unknown> = {}) => {
  const loginId = newLoginId();
  const consents = { terms: true, privacy: true };
  const contacts = { email: `${loginId}@example.com`, phone: newPhone() };
  return { loginId, password: PASSWORD, name: '김민지', ...contacts, consents, ...more };
};
const agencyBody = (more: Record<string, unknown> = {}) => ({
  ...{ name: '나루대리점', businessNumber: newBusinessNumber(), representative: '이대표' },
  ...{ phone: '02-555-0200', email: 'agency@example.com' },
  account: { bankCode: '088', accountNumber: '110123456789', holderName: '나루대리점' },
  ...more,
});
const sellerBody = (name: string) => ({ name, phone: '010-1234-5678' });
const noticeBody = (more: Record<string, unknown> = {}) => ({
  ...{ title: '점검', body: '점검합니다.', audience: ['MERCHANT'] },
  ...more,
});
const faults = ({ status, body }: ApiAnswer) => [
  status,
  (body.errors ?? []).map(({ field, code }) => `${field} ${code}`),
];

async function applicant(): Promise<MemberClient> {
  const { loginId, ...body } = signUpBody();
  await anybody.send('POST', '/v1/members', { loginId, ...body });
  return MemberClient.login(stack.api.url, loginId, PASSWORD);
}

/** The token of an invitation that has arrived. */
async function invitedToken(): Promise<string> {
  const phone = newPhone();
  await owner.post('/v1/branch-invitations', { recipients: [{ name: '홍길동', phone }] });
  return eventually(
    async () => {
      const [message] = await messagesTo(stack.sandboxUrl, phone);
      return /\/branch-invitations\/([\w-]{43})/.exec(message?.text ?? '')?.[1];
    },
    { withinMs: 30_000, what: 'the SMS of the invitation' },
  );
}
const branchBody = (token: string, more: Record<string, unknown> = {}) => ({
  ...{ token, loginId: newLoginId(), password: PASSWORD, name: '한가온', branchName: '나루점' },
  ...{ address: '서울특별시 중구 가온로 12', phone: '02-0000-2012' },
  ...more,
});

describe('a name that shows nothing, or another one', () => {
  it.each(BAD_NAMES)('is refused wherever a name is given: %j', async (bad) => {
    const token = 'x'.repeat(43);
    const draft = (more: Record<string, unknown>) => company({ draft: true, ...more });
    const someone = await applicant();
    const asked: [string, Promise<ApiAnswer>][] = [
      ['name', anybody.send('POST', '/v1/members', signUpBody({ name: bad }))],
      ['name', owner.patch('/v1/members/me', { name: bad })],
      ['name', owner.post('/v1/staff', { loginId: newLoginId(), name: bad, phone: newPhone() })],
      ['name', operator.post('/v1/agencies', agencyBody({ name: bad }))],
      ['representative', operator.post('/v1/agencies', agencyBody({ representative: bad }))],
      ['name', operator.post('/v1/admin/sellers', sellerBody(bad))],
      ['title', operator.post('/v1/admin/notices', noticeBody({ title: bad }))],
      ['name', anybody.send('POST', '/v1/branches/sign-up', branchBody(token, { name: bad }))],
      ['branchName', anybody.send('POST', '/v1/branches/sign-up', branchBody(token, { branchName: bad }))],
      ['address', anybody.send('POST', '/v1/branches/sign-up', branchBody(token, { address: bad }))],
      ['companyName', someone.post('/v1/service-applications', draft({ companyName: bad }))],
      ['representative', someone.post('/v1/service-applications', draft({ representative: bad }))],
    ];
    for (const [field, answer] of asked) {
      const [status, errors] = faults(await answer);
      expect([status, [...new Set((errors as string[]).map((error) => error.split(' ')[0]))]]).toEqual([
        400,
        [field],
      ]);
    }
    const recipients = [{ name: bad, phone: newPhone() }];
    const [status, errors] = faults(await owner.post('/v1/branch-invitations', { recipients }));
    expect([status, (errors as string[])[0]]).toEqual([400, expect.stringMatching(/^recipients\.0\.name /)]);
  });
});

it('a reason that says nothing is none', async () => {
  const [branch] = (await owner.get('/v1/branches')).body.data as { branchId: string; version: number }[];
  const path = `/v1/branches/${branch!.branchId}`;
  for (const reason of ['   ', '\u3164']) {
    const suspended = await owner.patch(`${path}/status`, { status: 'SUSPENDED', reason });
    expect(faults(suspended)).toEqual([400, ['reason BAD_FORMAT']]);
  }
  expect((await owner.get(path)).body).toMatchObject({ status: 'ACTIVE', version: branch!.version });
  const someone = await applicant();
  const made = await someone.post('/v1/service-applications', company({ draft: true }));
  const application = `/v1/service-applications/${String(made.body.applicationId)}`;
  for (const [verb, more] of [
    ['reject', {}],
    ['request-changes', { fields: ['phone'] }],
  ] as const) {
    const decided = await operator.post(`${application}/${verb}`, { reason: ' ', ...more });
    expect(faults(decided)).toEqual([400, ['reason BAD_FORMAT']]);
  }
  const body = noticeBody({ body: ' \n\u3164\n' });
  expect(faults(await operator.post('/v1/admin/notices', body))).toEqual([400, ['body BAD_FORMAT']]);
});

describe('a name whose letters come apart (NFD), or with spaces around it', () => {
  const apart = (text: string) => ` ${text.normalize('NFD')}\u3000`;
  const found = async (client: MemberClient, path: string, text: string, key: string) => {
    const data = async (form: string) =>
      (await client.get(`${path}?query=${encodeURIComponent(form)}`)).body.data as Record<string, unknown>[];
    const names = (await data(text)).map((row) => row[key]);
    // However it is typed into the search.
    expect((await data(text.normalize('NFD'))).map((row) => row[key])).toEqual(names);
    return names;
  };

  it('is kept in one form, and found by it', async () => {
    const member = await anybody.send('POST', '/v1/members', signUpBody({ name: apart('박한울') }));
    expect([member.status, member.body.name]).toEqual([201, '박한울']);
    const long = await anybody.send('POST', '/v1/members', signUpBody({ name: apart('한'.repeat(60)) }));
    expect([long.status, long.body.name]).toEqual([201, '한'.repeat(60)]);
    const agency = await operator.post('/v1/agencies', agencyBody({ name: apart('가람대리점') }));
    expect([agency.status, agency.body.name]).toEqual([201, '가람대리점']);
    expect(await found(operator, '/v1/agencies', '가람', 'name')).toEqual(['가람대리점']);
    await operator.post('/v1/admin/sellers', sellerBody(apart('박판매')));
    expect(await found(owner, '/v1/sellers', '박판', 'name')).toEqual(['박판매']);
    await operator.post('/v1/admin/notices', noticeBody({ title: apart('정산 점검') }));
    expect(await found(owner, '/v1/notices', '정산 점', 'title')).toEqual(['정산 점검']);
    const token = await invitedToken();
    const branch = branchBody(token, { branchName: apart('모두의문구 한들점') });
    expect((await anybody.send('POST', '/v1/branches/sign-up', branch)).status).toBe(201);
    expect(await found(owner, '/v1/branches', '모두의문구 한', 'name')).toEqual(['모두의문구 한들점']);
    const someone = await applicant();
    const draft = company({ draft: true, companyName: apart('새봄상회 본점') });
    await someone.post('/v1/service-applications', draft);
    expect(await found(operator, '/v1/service-applications', '새봄상회 본', 'companyName')).toEqual([
      '새봄상회 본점',
    ]);
  });

  it('is shown masked letter by letter to whoever has the link', async () => {
    const phone = newPhone();
    const recipients = [{ name: apart('홍길동'), phone }];
    const invited = await owner.post('/v1/branch-invitations', { recipients });
    expect((invited.body.data as { name: string }[])[0]!.name).toBe('홍길동');
  });
});

describe('numbers', () => {
  it('of a business are not zeros alone, though their check digit is right', async () => {
    const zeros = { businessNumber: '0000000000' };
    const agency = await operator.post('/v1/agencies', agencyBody(zeros));
    expect(faults(agency)).toEqual([400, ['businessNumber BAD_FORMAT']]);
    const someone = await applicant();
    const application = await someone.post('/v1/service-applications', company({ draft: true, ...zeros }));
    expect(faults(application)).toEqual([400, ['businessNumber BAD_FORMAT']]);
  });

  it.each(['02-555-0200', '031-555-0200', '1588-1234', '0507-1234-5678', '070-1234-5678', '0255500200'])(
    'of a business may be %s, whoever has it',
    async (phone) => {
      const agency = await operator.post('/v1/agencies', agencyBody({ phone }));
      expect([agency.status, agency.body.phone]).toEqual([201, phone]);
      const someone = await applicant();
      const application = await someone.post('/v1/service-applications', company({ draft: true, phone }));
      expect([application.status, application.body.phone]).toEqual([201, phone]);
    },
  );
});

it('the owner of a branch has a password by the same rules as every member', async () => {
  const token = await invitedToken();
  const signUp = (password: string) =>
    anybody.send('POST', '/v1/branches/sign-up', branchBody(token, { password }));
  expect(faults(await signUp('가나다라마바사'))).toEqual([400, ['password BAD_LENGTH']]);
  expect((await signUp('qwerty123')).body.errors).toMatchObject([{ code: 'PASSWORD_TOO_COMMON' }]);
  expect((await signUp('푸른 강물 넷길')).status).toBe(201);
});
