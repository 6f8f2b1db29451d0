import { randomUUID } from 'node:crypto';
import type { Connection } from 'mysql2/promise';
import { Applicant, company, newBusinessNumber, tossContract } from '../support/applications';
import { database, loggedIn } from '../support/logins';
import { basic } from '../support/merchant';
import { Stack } from '../support/stack';
import { download } from '../support/uploads';

let stack: Stack;
let rows: Connection;
let operator: string;

beforeAll(async () => {
  stack = await Stack.start('applications', {
    apis: 2,
    env: {
      ACCOUNT_HOLDER_ACQUIRER: 'portone',
      ACCOUNT_HOLDER_MERCHANT_ID: 'imp00000003',
      ACCOUNT_HOLDER_CREDENTIALS: JSON.stringify({
        apiKey: 'sandbox_portone_key_M0000003',
        apiSecret: 'test_sk_sandbox_portone_M0000003',
        pg: 'nice_v2.sandbox',
      }),
    },
  });
  rows = await database(stack.databaseUrl);
  operator = await loggedIn(stack.api.url, 'operator');
});
afterAll(async () => {
  await rows?.end();
  await stack?.stop();
});

const decide = (id: string, what: string, body: unknown = {}, api = stack.api) =>
  api.merchant.send('POST', `/v1/service-applications/${id}/${what}`, body, { authorization: operator });
const asOperator = (path: string) =>
  stack.merchant.send('GET', `/v1/service-applications${path}`, undefined, { authorization: operator });
const one = async <T>(sql: string, values: (string | number)[] = []): Promise<T[]> =>
  (await rows.query(sql, values))[0] as T[];
const fieldsOf = (answer: { body: { errors?: readonly { field: string }[] } }) => [
  ...new Set(answer.body.errors?.map(({ field }) => field)),
];

it('shows what can be applied for, to anybody', async () => {
  const answer = await fetch(`${stack.api.url}/v1/service-codes`);
  const { data } = (await answer.json()) as { data: { code: string; documents: string[] }[] };
  expect(data.map(({ code }) => code)).toEqual([
    'CARD',
    'SMS',
    'BILLING',
    'CHECKOUT',
    'VIRTUAL_ACCOUNT',
    'TRANSFER',
    'CASH_RECEIPT',
    'POINTS',
  ]);
  expect(data[0]).toMatchObject({
    name: { ko: '카드 결제', en: 'Card payments' },
    ratePpm: 34_000,
    fixedFee: 0,
    documents: ['BUSINESS_LICENSE', 'BANKBOOK', 'ID_CARD'],
  });
});

describe('an application', () => {
  it('lives from draft to a merchant that takes payments, and its keys are shown once', async () => {
    const applicant = await Applicant.start(stack);
    const draft = await applicant.send('POST', '', { draft: true, companyName: '새봄상회' });
    expect([draft.status, draft.body]).toMatchObject([
      201,
      { status: 'DRAFT', kind: 'NEW_MERCHANT', mid: null },
    ]);
    const id = draft.body.applicationId as string;

    const early = await applicant.send('POST', `/${id}/submit`);
    expect(early.status).toBe(400);
    expect(fieldsOf(early)).toEqual([
      'businessNumber',
      'representative',
      'address',
      'phone',
      'email',
      'expectedYearlySales',
      'settlementAccount',
      'services',
    ]);
    const content = company({ agencyCode: 'AG0001' });
    expect((await applicant.send('PATCH', `/${id}`, content)).status).toBe(200);
    const papers = await applicant.send('POST', `/${id}/submit`);
    expect(fieldsOf(papers)).toEqual([
      'documents.BUSINESS_LICENSE',
      'documents.BANKBOOK',
      'documents.ID_CARD',
    ]);
    await applicant.send('PATCH', `/${id}`, { documents: await applicant.papers() });
    const submitted = await applicant.send('POST', `/${id}/submit`);
    expect([submitted.status, submitted.body]).toMatchObject([
      200,
      {
        status: 'SUBMITTED',
        tier: 'SMALL',
        email: 'contact@example.com',
        settlementAccount: { accountNumberMasked: '********6789', holderCheck: 'MATCHED' },
      },
    ]);
    expect(submitted.text).not.toContain('110123456789');

    const change = { reason: '상호를 확인해 주세요.', fields: ['companyName'] };
    expect((await decide(id, 'request-changes', change)).body).toMatchObject({
      status: 'CHANGES_REQUESTED',
      requestedFields: ['companyName'],
      reason: change.reason,
    });
    expect((await applicant.send('PATCH', `/${id}`, { companyName: '새봄상회 주식회사' })).status).toBe(200);
    expect((await applicant.send('POST', `/${id}/submit`)).body).toMatchObject({
      requestedFields: [],
      reason: null,
    });

    const contract = tossContract('spring');
    const approved = await decide(id, 'approve', { contracts: [contract] });
    expect([approved.status, approved.body]).toMatchObject([
      200,
      {
        status: 'APPROVED',
        mid: expect.stringMatching(/^M00010\d\d$/),
        keysWaiting: true,
        missing: [{ service: 'VIRTUAL_ACCOUNT', code: 'NO_CONTRACT' }],
      },
    ]);
    expect(approved.text).not.toMatch(/sk_test|never_shown|110123456789/);
    const mid = approved.body.mid as string;
    expect((await decide(id, 'approve', {})).text).toBe(approved.text);

    const keys = await applicant.send('POST', `/${id}/keys`);
    expect([keys.status, keys.body]).toMatchObject([
      200,
      { mid, secretKey: expect.stringMatching(/^sk_test_/), encryptionKey: { key: expect.any(String) } },
    ]);
    const again = await applicant.send('POST', `/${id}/keys`);
    expect([again.status, again.body.code]).toEqual([410, 'KEYS_TAKEN']);
    const stats = await stack.merchant.send(
      'GET',
      '/v1/payments/stats?from=2026-01-01&to=2026-01-02',
      undefined,
      {
        authorization: basic(keys.body.secretKey as string),
      },
    );
    expect(stats.status).toBe(200);

    const owner = await loggedIn(stack.api.url, applicant.loginId);
    const me = await stack.merchant.send('GET', '/v1/members/me', undefined, { authorization: owner });
    expect(me.body).toMatchObject({ mid, position: 'OWNER' });
    expect(await one('SELECT name, agency_code, status FROM merchants WHERE mid = ?', [mid])).toEqual([
      { name: '새봄상회 주식회사', agency_code: 'AG0001', status: 'ACTIVE' },
    ]);
    const [account] = await one<{ sealed: Buffer; holder_check: string }>(
      'SELECT account_sealed AS sealed, holder_check FROM merchant_accounts WHERE mid = ?',
      [mid],
    );
    expect([account!.sealed.includes('110123456789'), account!.holder_check]).toEqual([false, 'MATCHED']);
    expect((await one('SELECT id FROM fee_policies WHERE mid = ?', [mid])).length).toBeGreaterThan(0);

    const { body } = await asOperator(`/${id}`);
    const history = body.events as unknown as { to: string; by: string }[];
    expect(history.map(({ to, by }) => `${to} ${by}`)).toEqual([
      'DRAFT APPLICANT',
      'SUBMITTED APPLICANT',
      'CHANGES_REQUESTED OPERATOR',
      'SUBMITTED APPLICANT',
      'APPROVED OPERATOR',
    ]);
    const audit = await one<{ action: string }>(
      'SELECT action FROM audit_logs WHERE target = ? ORDER BY seq',
      [id],
    );
    expect(audit.map(({ action }) => action)).toEqual([
      'service-application.submit',
      'service-application.request-changes',
      'service-application.submit',
      'service-application.approve',
      'service-application.take-keys',
    ]);
    const told = await one<{ purpose: string; channel: string }>(
      'SELECT purpose, channel FROM messages WHERE subject_id = ? ORDER BY id',
      [id],
    );
    expect(told.map(({ purpose, channel }) => `${channel} ${purpose}`)).toEqual([
      'EMAIL service-application.submitted',
      'EMAIL service-application.changes-requested',
      'EMAIL service-application.submitted',
      'EMAIL service-application.approved',
    ]);
    expect(stack.output).not.toMatch(/never_shown|110123456789/);
  });

  it('is submitted at once unless it says that it is a draft, and is not made when it cannot be', async () => {
    const applicant = await Applicant.start(stack);
    const mine = async () => (await applicant.send('GET', '')).body.data as unknown[];
    const empty = await applicant.send('POST', '', { services: ['CARD', 'GOLD'] });
    expect([empty.status, empty.body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(fieldsOf(empty)).toEqual([
      'services.1',
      'businessNumber',
      'companyName',
      'representative',
      'address',
      'phone',
      'email',
      'expectedYearlySales',
      'settlementAccount',
      'documents.BUSINESS_LICENSE',
      'documents.BANKBOOK',
      'documents.ID_CARD',
    ]);
    expect((await applicant.send('POST', '', { draft: 'yes' })).body.errors).toMatchObject([
      { field: 'draft' },
    ]);
    expect(await mine()).toEqual([]);

    const content = company({ documents: await applicant.papers() });
    const made = await applicant.send('POST', '', content);
    expect([made.status, made.body]).toMatchObject([
      201,
      { status: 'SUBMITTED', tier: 'SMALL', settlementAccount: { holderCheck: 'MATCHED' } },
    ]);
    const events = made.body.events as unknown as { to: string }[];
    expect(events.map(({ to }) => to)).toEqual(['DRAFT', 'SUBMITTED']);
    const told = 'SELECT purpose FROM messages WHERE subject_id = ?';
    expect(await one(told, [made.body.applicationId as string])).toEqual([
      { purpose: 'service-application.submitted' },
    ]);
    const documents = await applicant.papers();
    const twice = await applicant.send('POST', '', { ...content, documents });
    expect([twice.status, twice.body.code]).toEqual([409, 'APPLICATION_DUPLICATE']);
    expect(await mine()).toHaveLength(1);
    const edited = await applicant.send('PATCH', `/${made.body.applicationId as string}`, { draft: true });
    expect(fieldsOf(edited)).toEqual(['draft']);
  });

  it('leaves no state by a way that is none', async () => {
    const applicant = await Applicant.start(stack);
    const id = await applicant.draft();
    const mine = (what: string) => applicant.send('POST', `/${id}/${what}`);
    const theirs = (what: string, body?: unknown) => decide(id, what, body);
    const reason = { reason: '서류가 다릅니다.' };
    const changes = { ...reason, fields: ['documents'] };
    const conflict = async (...answers: Promise<{ status: number; body: { code: string } }>[]) => {
      for (const answer of answers)
        expect([(await answer).status, (await answer).body.code]).toEqual([
          409,
          'APPLICATION_STATE_CONFLICT',
        ]);
    };
    await conflict(
      theirs('approve'),
      theirs('reject', reason),
      theirs('request-changes', changes),
      mine('keys'),
    );
    expect((await mine('submit')).status).toBe(200);
    await conflict(
      mine('submit'),
      applicant.send('PATCH', `/${id}`, { companyName: '다른 이름' }),
      mine('keys'),
    );
    expect((await theirs('request-changes', changes)).status).toBe(200);
    await conflict(theirs('approve'), theirs('request-changes', changes));
    expect((await mine('submit')).status).toBe(200);
    expect((await theirs('reject', reason)).body).toMatchObject({
      status: 'REJECTED',
      reason: reason.reason,
    });
    await conflict(
      ...['submit', 'withdraw', 'keys'].map(mine),
      ...['approve'].map((what) => theirs(what)),
      theirs('reject', reason),
      applicant.send('PATCH', `/${id}`, { companyName: '다른 이름' }),
    );
    const other = await applicant.draft();
    expect((await applicant.send('POST', `/${other}/withdraw`)).body.status).toBe('WITHDRAWN');
    await conflict(applicant.send('POST', `/${other}/submit`), decide(other, 'approve'));
    const withdrawn = await one<{ action: string; actor: string; client_address: string }>(
      'SELECT action, actor, client_address FROM audit_logs WHERE target = ?',
      [other],
    );
    expect(withdrawn).toEqual([
      {
        ...{ action: 'service-application.withdraw', actor: `member:${applicant.memberId}` },
        client_address: '127.0.0.1',
      },
    ]);
  });

  it('is its applicant’s and the operator’s, with its papers', async () => {
    const applicant = await Applicant.start(stack);
    const stranger = await Applicant.start(stack);
    const documents = await applicant.papers();
    const id = await applicant.submitted({ documents });
    const foreign = [
      stranger.send('GET', `/${id}`),
      stranger.send('PATCH', `/${id}`, { companyName: 'x' }),
      ...['submit', 'withdraw', 'keys'].map((what) => stranger.send('POST', `/${id}/${what}`)),
      applicant.send('GET', '/app_nonsense'),
      decide('app_01KAJR38VNR81X7S9FZBZ4D62E', 'approve'),
    ];
    for (const answer of foreign)
      expect([(await answer).status, (await answer).body.code]).toEqual([404, 'APPLICATION_NOT_FOUND']);
    for (const what of ['approve', 'reject', 'request-changes'])
      expect((await applicant.send('POST', `/${id}/${what}`, {})).status).toBe(403);
    expect((await decide(id, 'submit')).status).toBe(403);
    expect((await decide(id, 'keys')).status).toBe(403);
    for (const loginId of ['branch1', 'agency1']) {
      const authorization = await loggedIn(stack.api.url, loginId);
      expect((await applicant.send('GET', `/${id}`, undefined, { authorization })).status).toBe(403);
    }
    expect((await stack.merchant.send('GET', '/v1/service-applications')).status).toBe(403);

    const { fileId } = documents[0]!;
    expect((await download(stack.api.url, fileId, applicant.authorization)).status).toBe(200);
    expect((await download(stack.api.url, fileId, operator)).status).toBe(200);
    expect((await download(stack.api.url, fileId, stranger.authorization)).status).toBe(404);
    expect((await download(stack.api.url, fileId)).status).toBe(404);
    const stolen = await stranger.send(
      'POST',
      '',
      company({ draft: true, documents: [{ kind: 'OTHER', fileId }] }),
    );
    expect(stolen.body.errors).toMatchObject([{ field: 'documents.0.fileId', code: 'NOT_ALLOWED' }]);
    const own = await applicant.send('GET', '');
    const data = own.body.data as { applicationId: string }[];
    expect(data.map(({ applicationId }) => applicationId)).toEqual([id]);
    expect((await stranger.send('GET', '')).body.data).toEqual([]);
  });

  it('names every field that is wrong, at once', async () => {
    const applicant = await Applicant.start(stack);
    const answer = await applicant.send('POST', '', {
      services: ['CARD', 'CARD'],
      businessNumber: '0008100015',
      corporateNumber: '1',
      companyName: '\u3164',
      representative: '',
      address: 'a\u0007',
      phone: '1',
      email: 'nobody',
      expectedYearlySales: -1,
      settlementAccount: { bankCode: '999', accountNumber: 'x', holderName: '' },
      agencyCode: 'no such',
      sellerCode: 7,
      documents: [{ kind: 'LETTER', fileId: 'x' }],
      status: 'APPROVED',
    });
    expect(answer.status).toBe(400);
    expect(fieldsOf(answer).sort()).toEqual(
      [
        'address',
        'agencyCode',
        'businessNumber',
        'companyName',
        'corporateNumber',
        'documents.0.fileId',
        'documents.0.kind',
        'email',
        'expectedYearlySales',
        'phone',
        'representative',
        'sellerCode',
        'services',
        'settlementAccount.accountNumber',
        'settlementAccount.bankCode',
        'settlementAccount.holderName',
        'status',
      ].sort(),
    );
    const unknown = { draft: true, services: ['GOLD'], agencyCode: 'AG9999', sellerCode: 'SL9999' };
    expect(fieldsOf(await applicant.send('POST', '', unknown))).toEqual([
      'services.0',
      'agencyCode',
      'sellerCode',
    ]);
    expect(fieldsOf(await applicant.send('POST', '', { companyName: null }))).toEqual(['companyName']);
    const id = await applicant.submitted();
    expect(fieldsOf(await decide(id, 'reject', {}))).toEqual(['reason']);
    expect(fieldsOf(await decide(id, 'request-changes', { reason: 'x', fields: ['mid'] }))).toEqual([
      'fields',
    ]);
    const bad = await decide(id, 'approve', {
      contracts: [{ ...tossContract('x'), credentials: {} }],
      mid: 'M1',
    });
    expect(fieldsOf(bad)).toEqual(['mid']);
    const empty = await decide(id, 'approve', { contracts: [{ ...tossContract('x'), credentials: {} }] });
    expect(fieldsOf(empty)).toContain('contracts.0.credentials.secretKey');
  });

  it('waits once for the same services of the same business', async () => {
    const businessNumber = newBusinessNumber();
    const first = await Applicant.start(stack);
    const second = await Applicant.start(stack);
    const ids = await Promise.all([first.draft({ businessNumber }), second.draft({ businessNumber })]);
    const answers = await Promise.all([
      first.send('POST', `/${ids[0]}/submit`),
      second.send('POST', `/${ids[1]}/submit`),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('APPLICATION_DUPLICATE');
    const other = await second.submitted({ businessNumber, services: ['CARD'] });
    expect(other).toMatch(/^app_/);
    const winner = answers[0].status === 200 ? 0 : 1;
    await [first, second][winner]!.send('POST', `/${ids[winner]}/withdraw`);
    const loser = 1 - winner;
    expect((await [first, second][loser]!.send('POST', `/${ids[loser]}/submit`)).status).toBe(200);
  });

  it('is made once for each Idempotency-Key', async () => {
    const applicant = await Applicant.start(stack);
    const headers = { 'idempotency-key': randomUUID() };
    const content = { draft: true, companyName: '새봄상회' };
    const first = await applicant.send('POST', '', content, headers);
    expect(first.status).toBe(201);
    expect((await applicant.send('POST', '', content, headers)).text).toBe(first.text);
    expect((await applicant.send('POST', '', { companyName: '다른상회' }, headers)).status).toBe(422);
  });

  it('tells of a holder that is another one', async () => {
    const applicant = await Applicant.start(stack);
    const settlementAccount = { bankCode: '088', accountNumber: '110123456789', holderName: '임꺽정' };
    const id = await applicant.submitted({ settlementAccount });
    expect((await asOperator(`/${id}`)).body).toMatchObject({
      settlementAccount: { holderCheck: 'DIFFERENT' },
    });
  });
});

describe('an approval', () => {
  it('makes one merchant and one of each key, by whatever number of calls to two processes at once', async () => {
    const applicant = await Applicant.start(stack);
    const id = await applicant.submitted();
    const contracts = [tossContract(id)];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => decide(id, 'approve', { contracts }, stack.apis[index % 2])),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const mid = answers[0]!.body.mid as string;
    const counts = await Promise.all(
      ['merchants', 'api_keys', 'encryption_keys', 'acquirer_contracts', 'merchant_accounts'].map(
        async (table) => [table, (await one(`SELECT mid FROM ${table} WHERE mid = ?`, [mid])).length],
      ),
    );
    expect(Object.fromEntries(counts)).toEqual({
      merchants: 1,
      api_keys: 1,
      encryption_keys: 1,
      acquirer_contracts: 1,
      merchant_accounts: 1,
    });
    expect(
      await one(
        'SELECT mid FROM merchants WHERE business_number = (SELECT business_number FROM service_applications WHERE id = ?)',
        [id],
      ),
    ).toHaveLength(1);
    expect(
      await one(
        "SELECT seq FROM service_application_events WHERE application_id = ? AND to_status = 'APPROVED'",
        [id],
      ),
    ).toHaveLength(1);
  });

  it.each(['service-applications.reserved', 'service-applications.approving'])(
    'that is killed at %s has made nothing, and is made whole afterwards',
    async (point) => {
      const applicant = await Applicant.start(stack);
      const id = await applicant.submitted();
      const before = await one('SELECT mid FROM merchants');
      const api = stack.apis[1]!;
      api.crashAt(point);
      await expect(decide(id, 'approve', {}, api)).rejects.toThrow();
      await api.program.ended();
      await api.program.start();
      expect(await one('SELECT mid FROM merchants')).toEqual(before);
      expect((await asOperator(`/${id}`)).body).toMatchObject({ status: 'SUBMITTED', mid: null });
      const answer = await decide(id, 'approve', {}, api);
      expect([answer.status, answer.body.status]).toEqual([200, 'APPROVED']);
      expect(await one('SELECT mid FROM merchants')).toHaveLength(before.length + 1);
    },
  );

  it('takes a mid that is free, and none that is taken', async () => {
    const applicant = await Applicant.start(stack);
    const id = await applicant.submitted();
    const taken = await decide(id, 'approve', { mid: 'M0000001' });
    expect([taken.status, taken.body.code]).toEqual([409, 'MID_TAKEN']);
    expect((await decide(id, 'approve', { mid: 'M0777777' })).body).toMatchObject({ mid: 'M0777777' });
  });

  it('is not for a second merchant of the same member', async () => {
    const applicant = await Applicant.start(stack);
    const [first, second] = [await applicant.submitted(), await applicant.submitted()];
    expect((await decide(first, 'approve')).status).toBe(200);
    const refused = await decide(second, 'approve');
    expect([refused.status, refused.body.code]).toEqual([409, 'APPLICANT_HAS_MERCHANT']);
  });

  it('gives the first keys again to the same Idempotency-Key, and to no other call', async () => {
    const applicant = await Applicant.start(stack);
    const id = await applicant.submitted();
    expect((await applicant.send('POST', `/${id}/keys`)).status).toBe(409);
    await decide(id, 'approve');
    const headers = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        applicant.send('POST', `/${id}/keys`, undefined, { 'idempotency-key': randomUUID() }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(410)]);
    expect((await applicant.send('POST', `/${id}/keys`, undefined, headers)).status).toBe(410);

    const other = await Applicant.start(stack);
    const otherId = await other.submitted();
    await decide(otherId, 'approve');
    const first = await other.send('POST', `/${otherId}/keys`, undefined, headers);
    expect(first.status).toBe(200);
    await rows.query('DELETE FROM idempotency_keys');
    expect((await other.send('POST', `/${otherId}/keys`, undefined, headers)).text).toBe(first.text);
    await rows.query('UPDATE service_applications SET keys_gone_at = UTC_TIMESTAMP(3) WHERE id = ?', [
      otherId,
    ]);
    await rows.query('DELETE FROM idempotency_keys');
    expect((await other.send('POST', `/${otherId}/keys`, undefined, headers)).status).toBe(410);
  });

  it('gives the first keys to the applicant, not to another owner, and keeps that each time', async () => {
    const applicant = await Applicant.start(stack);
    const id = await applicant.submitted();
    await decide(id, 'approve');
    const other = await Applicant.start(stack);
    await rows.query(
      'UPDATE members SET mid = (SELECT mid FROM service_applications WHERE id = ?) WHERE id = ?',
      [id, other.memberId],
    );
    const second = await loggedIn(stack.api.url, other.loginId);
    const asked = await stack.merchant.send('POST', `/v1/service-applications/${id}/keys`, undefined, {
      authorization: second,
    });
    expect([asked.status, asked.body.code]).toEqual([403, 'FORBIDDEN']);

    const headers = { 'idempotency-key': randomUUID() };
    expect((await applicant.send('POST', `/${id}/keys`, undefined, headers)).status).toBe(200);
    await rows.query('DELETE FROM idempotency_keys');
    expect((await applicant.send('POST', `/${id}/keys`, undefined, headers)).status).toBe(200);
    const kept = await one<{ actor: string }>(
      `SELECT actor FROM audit_logs WHERE target = ? AND action = 'service-application.take-keys'`,
      [id],
    );
    expect(kept).toEqual(Array(2).fill({ actor: `member:${applicant.memberId}` }));
  });

  it('adds services and contracts to a merchant that is there', async () => {
    const authorization = await loggedIn(stack.api.url, 'merchant6');
    const send = (method: string, path: string, body?: unknown) =>
      stack.merchant.send(method, `/v1/service-applications${path}`, body, { authorization });
    const wrong = await send('POST', '', { services: ['CARD'], companyName: 'x' });
    expect(wrong.body.errors).toMatchObject([{ field: 'companyName', code: 'NOT_ALLOWED' }]);
    const made = await send('POST', '', { draft: true, services: ['CARD', 'POINTS'] });
    expect(made.body).toMatchObject({ kind: 'MORE_SERVICES', mid: 'M0000006', companyName: '손끝공방' });
    const id = made.body.applicationId as string;
    expect((await send('POST', `/${id}/submit`)).status).toBe(200);
    const clash = { ...tossContract('M0000006'), acquirer: 'kakaopay', acquirerMerchantId: 'TCDEMO0006' };
    const taken = await decide(id, 'approve', {
      contracts: [{ ...clash, methods: ['EASY_PAY'], credentials: { secretKey: 'x'.repeat(20) } }],
    });
    expect([taken.status, taken.body.code]).toEqual([409, 'CONTRACT_EXISTS']);
    const approved = await decide(id, 'approve', { contracts: [tossContract('M0000006')] });
    expect([approved.status, approved.body]).toMatchObject([
      200,
      { status: 'APPROVED', mid: 'M0000006', keysWaiting: false, missing: [] },
    ]);
    expect(await one('SELECT id FROM api_keys WHERE mid = ?', ['M0000006'])).toHaveLength(1);
    expect((await send('POST', `/${id}/keys`)).status).toBe(409);
    const twice = await send('POST', '', { services: ['CARD'] });
    expect([twice.status, twice.body.code]).toEqual([409, 'SERVICE_ALREADY_APPROVED']);
  });
});

describe('the operator’s list', () => {
  it('is found by state, agency, business number and the beginning of a name, page by page', async () => {
    const applicant = await Applicant.start(stack);
    const made: string[] = [];
    for (let index = 0; index < 5; index += 1)
      made.push(await applicant.draft({ companyName: `목록%시험 ${index}`, agencyCode: 'AG0001' }));
    const ids = async (query: string, limit = 2) => {
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const { status, body } = await asOperator(
          `?limit=${limit}&${query}${cursor === null ? '' : `&cursor=${cursor}`}`,
        );
        expect(status).toBe(200);
        found.push(...(body.data as { applicationId: string }[]).map(({ applicationId }) => applicationId));
        cursor = body.nextCursor as string | null;
      } while (cursor !== null);
      return found;
    };
    const newest = made.toReversed();
    const name = encodeURIComponent('목록%시');
    expect(await ids(`query=${name}`)).toEqual(newest);
    expect(await ids(`query=${name}&status=DRAFT&agencyCode=AG0001`)).toEqual(newest);
    expect(await ids(`query=${name}&status=APPROVED`)).toEqual([]);
    expect((await ids('status=DRAFT', 50)).slice(0, 5)).toEqual(newest);
    expect((await ids('status=DRAFT&agencyCode=AG0001', 20)).slice(0, 5)).toEqual(newest);
    const [{ number }] = (await one<{ number: string }>(
      'SELECT business_number AS number FROM service_applications WHERE id = ?',
      [made[0]!],
    )) as [{ number: string }];
    expect(await ids(`query=${number}`)).toEqual([made[0]]);
    const all = await ids('', 30);
    expect(all).toEqual(all.toSorted().reverse());
    for (const bad of ['limit=0', 'cursor=nonsense', 'status=OPEN', 'sort=name'])
      expect((await asOperator(`?${bad}`)).status).toBe(400);
  });
});
