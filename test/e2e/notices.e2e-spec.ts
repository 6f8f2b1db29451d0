import { SqlPool } from '../../src/common/db/pool';
import { loggedIn, nobody } from '../support/member-logins';
import type { ApiAnswer, MerchantClient } from '../support/merchant';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';
import { upload } from '../support/uploads';

jest.setTimeout(180_000);

const HOUR_MS = 3_600_000;
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n', 'latin1');

let stack: Stack;
let operator: MerchantClient;
let merchant: MerchantClient;
let branch: MerchantClient;
let anybody: MerchantClient;
let pool: SqlPool;

beforeAll(async () => {
  const env = {
    RATE_LOGIN_PER_MINUTE: '1000',
    RATE_PUBLIC_PER_MINUTE: '10000',
    NOTICE_VIEWS_FLUSH_MS: '1000',
  };
  stack = await Stack.start('notices', { env });
  const { url } = stack.api;
  operator = await loggedIn(url, 'operator');
  merchant = await loggedIn(url, 'merchant1');
  branch = await loggedIn(url, 'branch1');
  anybody = nobody(url);
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});
afterEach(async () => {
  await pool.query('DELETE FROM notice_listings');
});

interface Listed {
  readonly data: readonly { noticeId: string; title: string; unread: boolean | null; state: string }[];
  readonly nextCursor: string | null;
}

const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();
const write = (more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  operator.send(
    'POST',
    '/v1/admin/notices',
    { title: '점검 안내', body: '점검합니다.', audience: ['ALL'], ...more },
    headers,
  );
async function written(more: Record<string, unknown> = {}): Promise<string> {
  const answer = await write(more);
  if (answer.status !== 201) throw new Error(`no notice: ${answer.status} ${answer.text}`);
  return String(answer.body.noticeId);
}
const list = async (client: MerchantClient, query = '', headers: Record<string, string> = {}) =>
  (await client.send('GET', `/v1/notices${query}`, undefined, headers)).body as unknown as Listed;
const titles = ({ data }: Listed) => data.map(({ title }) => title);
const fieldsOf = (answer: ApiAnswer) => new Set(answer.body.errors?.map(({ field }) => field));
const expectCode = (answer: ApiAnswer, status: number, code: string) =>
  expect([answer.status, answer.body.code]).toEqual([status, code]);

it('shows each reader what is for it, and nothing else by its id', async () => {
  await written({ title: '모두' });
  const forMerchants = await written({ title: '가맹점', audience: ['MERCHANT'] });
  await written({ title: '영업점과 대리점', audience: ['BRANCH', 'AGENCY'] });
  await written({ title: '운영자', audience: ['OPERATOR'] });
  expect(titles(await list(anybody))).toEqual(['모두']);
  expect(titles(await list(stack.merchant))).toEqual(['모두']);
  expect(titles(await list(merchant))).toEqual(['가맹점', '모두']);
  expect(titles(await list(branch))).toEqual(['영업점과 대리점', '모두']);
  expect(titles(await list(operator))).toEqual(['운영자', '영업점과 대리점', '가맹점', '모두']);
  const path = `/v1/notices/${forMerchants}`;
  expect((await merchant.send('GET', path)).body).toMatchObject({ title: '가맹점', body: '점검합니다.' });
  for (const client of [anybody, branch, stack.merchant]) {
    expectCode(await client.send('GET', path), 404, 'NOTICE_NOT_FOUND');
  }
  expectCode(await anybody.send('GET', '/v1/notices/ntc_x'), 404, 'NOTICE_NOT_FOUND');
  const wrong = await anybody.send('GET', path, undefined, { authorization: 'Bearer nonsense' });
  expect(wrong.status).toBe(401);
});

it('lists pinned ones first and then the newest, page by page', async () => {
  for (const [title, pinned, hours] of [
    ['고정 옛것', true, -50],
    ['고정 새것', true, -40],
    ['셋째', false, -3],
    ['둘째', false, -2],
    ['첫째', false, -1],
  ] as const) {
    await written({ title, pinned, publishedFrom: fromNow(hours * HOUR_MS) });
  }
  const seen: string[] = [];
  let cursor: string | null = '';
  for (let pages = 0; cursor !== null && pages < 10; pages += 1) {
    const page: Listed = await list(anybody, `?limit=2${cursor && `&cursor=${cursor}`}`);
    seen.push(...titles(page));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(['고정 새것', '고정 옛것', '첫째', '둘째', '셋째']);
  expect((await anybody.send('GET', '/v1/notices?cursor=nonsense')).status).toBe(400);
});

it('keeps to the times of publishing; operators see what is scheduled and ended', async () => {
  const scheduled = await written({ title: '예약', publishedFrom: fromNow(HOUR_MS) });
  const publishedFrom = fromNow(-2 * HOUR_MS);
  const ended = await written({ title: '끝남', publishedFrom, publishedTo: fromNow(-HOUR_MS) });
  expect(titles(await list(anybody))).toEqual([]);
  for (const id of [scheduled, ended])
    expect((await merchant.send('GET', `/v1/notices/${id}`)).status).toBe(404);
  expect((await list(operator)).data.map(({ title, state }) => [title, state])).toEqual([
    ['예약', 'SCHEDULED'],
    ['끝남', 'ENDED'],
  ]);
  const soon = await written({ title: '곧', publishedFrom: fromNow(1_500) });
  expect((await anybody.send('GET', `/v1/notices/${soon}`)).status).toBe(404);
  await eventually(
    async () => ((await anybody.send('GET', `/v1/notices/${soon}`)).status === 200 ? true : undefined),
    { withinMs: 20_000, what: 'the notice to be published' },
  );
});

it('is unread for each member until it has looked, and finds what is unread', async () => {
  const [first, second] = [await written({ title: '하나' }), await written({ title: '둘' })];
  expect((await list(anybody)).data.map(({ unread }) => unread)).toEqual([null, null]);
  expect((await list(merchant)).data.map(({ unread }) => unread)).toEqual([true, true]);
  await merchant.send('GET', `/v1/notices/${first}`);
  expect(titles(await list(merchant, '?unread=true'))).toEqual(['둘']);
  expect(titles(await list(merchant, '?unread=false'))).toEqual(['하나']);
  expect(titles(await list(branch, '?unread=true'))).toEqual(['둘', '하나']);
  await Promise.all(Array.from({ length: 5 }, () => merchant.send('GET', `/v1/notices/${second}`)));
  expect(titles(await list(merchant, '?unread=true'))).toEqual([]);
  const answer = await anybody.send('GET', '/v1/notices?unread=true');
  expect([answer.status, answer.body.errors]).toMatchObject([400, [{ field: 'unread' }]]);
  expect((await merchant.send('GET', '/v1/notices?unread=maybe')).status).toBe(400);
});

it('is found by words of its title, in both languages', async () => {
  await written({ title: '정산 주기 변경 안내' });
  await written({ title: '카드 결제 점검 100%', titleEn: 'Card maintenance', bodyEn: 'Soon.' });
  const search = async (query: string, headers = {}) =>
    titles(await list(anybody, `?query=${encodeURIComponent(query)}`, headers));
  expect(await search('정산 안내')).toEqual(['정산 주기 변경 안내']);
  expect(await search('변경 정산')).toEqual(['정산 주기 변경 안내']);
  expect(await search('정산 카드')).toEqual([]);
  expect(await search('maint', { 'accept-language': 'ko' })).toEqual(['카드 결제 점검 100%']);
  expect(await search('maint')).toEqual(['Card maintenance']);
  expect(await search('0%')).toHaveLength(1);
  expect(await search('_')).toEqual([]);
});

it('counts its views without writing at each of them, and loses none when the process ends well', async () => {
  const id = await written();
  const stored = async () =>
    Number(
      (await pool.query<{ n: number }[]>(`SELECT view_count AS n FROM notices WHERE id = '${id}'`))[0]!.n,
    );
  await Promise.all(Array.from({ length: 30 }, () => anybody.send('GET', `/v1/notices/${id}`)));
  await eventually(async () => ((await stored()) === 30 ? true : undefined), {
    withinMs: 20_000,
    what: 'the views to be written',
  });
  await anybody.send('GET', `/v1/notices/${id}`);
  await stack.api.program.stop();
  expect(await stored()).toBe(31);
  await stack.api.program.start();
  expect((await anybody.send('GET', `/v1/notices/${id}`)).body.viewCount).toBe(31);
});

it('answers 304 for what is known already, whatever its views', async () => {
  const id = await written();
  for (const path of [`/v1/notices/${id}`, '/v1/notices']) {
    const first = await anybody.send('GET', path);
    const tag = first.headers.get('etag')!;
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const again = await anybody.send('GET', path, undefined, { 'if-none-match': tag });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', tag]);
    await operator.send('PATCH', `/v1/admin/notices/${id}`, {
      version: (await operator.send('GET', `/v1/notices/${id}`)).body.version,
      title: `새 제목 ${path.length}`,
    });
    expect((await anybody.send('GET', path, undefined, { 'if-none-match': tag })).status).toBe(200);
  }
});

describe('an operator', () => {
  it('changes what is given, once by those who saw the same version', async () => {
    const id = await written({
      title: '처음',
      titleEn: 'First',
      bodyEn: 'Text',
      publishedTo: fromNow(HOUR_MS),
    });
    const change = (body: Record<string, unknown>) => operator.send('PATCH', `/v1/admin/notices/${id}`, body);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => change({ version: 1, title: `제목 ${index}` })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers) if (answer.status !== 200) expectCode(answer, 409, 'NOTICE_CHANGED');
    const cleared = await change({
      version: 2,
      titleEn: null,
      bodyEn: null,
      publishedTo: null,
      audience: ['BRANCH'],
    });
    expect(cleared.body).toMatchObject({
      ...{
        version: 3,
        titleEn: null,
        bodyEn: null,
        publishedTo: null,
        audience: ['BRANCH'],
        body: '점검합니다.',
      },
    });
    expect(titles(await list(merchant))).toEqual([]);
    expect((await list(branch)).data).toHaveLength(1);
  });

  it('withdraws: it is gone for readers, kept for operators, and cannot be changed', async () => {
    const id = await written();
    const withdraw = () => operator.send('DELETE', `/v1/admin/notices/${id}`);
    expect([(await withdraw()).status, (await withdraw()).status]).toEqual([204, 204]);
    expect((await list(anybody)).data).toEqual([]);
    expectCode(await anybody.send('GET', `/v1/notices/${id}`), 404, 'NOTICE_NOT_FOUND');
    expect((await operator.send('GET', `/v1/notices/${id}`)).body.state).toBe('WITHDRAWN');
    const late = await operator.send('PATCH', `/v1/admin/notices/${id}`, { version: 2, title: '다시' });
    expectCode(late, 409, 'NOTICE_WITHDRAWN');
    expectCode(await operator.send('DELETE', '/v1/admin/notices/ntc_x'), 404, 'NOTICE_NOT_FOUND');
  });

  it('is told of every bad field, and nobody else may write', async () => {
    const bad = {
      ...{ title: '', body: 'a\u0007', titleEn: null, bodyEn: 1, audience: ['NOBODY'], pinned: 'yes' },
      ...{ publishedFrom: 'tomorrow', publishedTo: null, attachments: ['x'], more: 1 },
    };
    const answer = await write(bad);
    expect([answer.status, fieldsOf(answer)]).toEqual([400, new Set(Object.keys(bad))]);
    for (const [more, field] of [
      [{ audience: ['ALL', 'BRANCH'] }, 'audience'],
      [{ titleEn: 'English' }, 'bodyEn'],
      [{ publishedTo: fromNow(-HOUR_MS) }, 'publishedTo'],
      [{ publishedFrom: '2026-02-28T00:00:00+09:00', publishedTo: '2020-01-01T00:00:00Z' }, 'publishedTo'],
      [{ publishedFrom: '2026-02-30T00:00:00+09:00' }, 'publishedFrom'],
      [{ attachments: ['fil_01KAJR38VNR81X7S9FZBZ4D62E'] }, 'attachments'],
    ] as const) {
      const refused = await write(more);
      expect([refused.status, [...fieldsOf(refused)]]).toEqual([400, [field]]);
    }
    for (const client of [merchant, branch, stack.merchant]) {
      const answers = [
        await client.send('POST', '/v1/admin/notices', { title: 'a', body: 'b', audience: ['ALL'] }),
        await client.send('PATCH', '/v1/admin/notices/ntc_x', { version: 1 }),
        await client.send('DELETE', '/v1/admin/notices/ntc_x'),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    }
    expect((await anybody.send('POST', '/v1/admin/notices', {})).status).toBe(401);
  });

  it('writes once for the same Idempotency-Key', async () => {
    const [first, again] = [
      await write({ title: '한 번' }, { 'idempotency-key': 'notice-once' }),
      await write({ title: '한 번' }, { 'idempotency-key': 'notice-once' }),
    ];
    expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([first.text, 'true']);
    expect(titles(await list(anybody))).toEqual(['한 번']);
  });

  describe('attached files', () => {
    const LOGINS = ['anybody', 'agency1', 'merchant1', 'branch1', 'operator'] as const;
    const readers = new Map<string, MerchantClient>();
    beforeAll(async () => {
      for (const loginId of LOGINS.slice(1)) readers.set(loginId, await loggedIn(stack.api.url, loginId));
      readers.set('anybody', anybody);
    });

    async function uploaded(): Promise<string> {
      const { authorization } = operator as unknown as { authorization: string };
      const answer = await upload(stack.api.url, authorization, PDF, { name: '점검 일정.pdf' });
      expect(answer.status).toBe(201);
      return answer.body.fileId;
    }
    const readersOf = async (fileId: string) => {
      const found: string[] = [];
      for (const [loginId, client] of readers) {
        const answer = await client.send('GET', `/v1/files/${fileId}`);
        if (answer.status === 200) expect(answer.text).toContain('%PDF-1.4');
        else expectCode(answer, 404, 'FILE_NOT_FOUND');
        if (answer.status === 200) found.push(loginId);
      }
      return found.sort();
    };

    it.each<[string, readonly string[]]>([
      ['ALL', [...LOGINS]],
      ['AGENCY', ['agency1', 'operator']],
      ['MERCHANT', ['merchant1', 'operator']],
      ['BRANCH', ['branch1', 'operator']],
      ['OPERATOR', ['operator']],
    ])('of a notice for %s are read by its readers, until it is withdrawn', async (audience, expected) => {
      const fileId = await uploaded();
      const id = await written({ audience: [audience], attachments: [fileId] });
      const shown = await operator.send('GET', `/v1/notices/${id}`);
      expect(shown.body.attachments).toMatchObject([{ fileId, name: '점검 일정.pdf', bytes: PDF.length }]);
      expect(await readersOf(fileId)).toEqual(expected.toSorted());
      await operator.send('DELETE', `/v1/admin/notices/${id}`);
      expect(await readersOf(fileId)).toEqual(['operator']);
    });

    it('are read by members of a suspended branch, not before they are published', async () => {
      const [now, later] = [await uploaded(), await uploaded()];
      await written({ audience: ['BRANCH'], attachments: [now] });
      await written({ audience: ['BRANCH'], attachments: [later], publishedFrom: fromNow(HOUR_MS) });
      const { body } = await branch.send('GET', '/v1/members/me');
      const set = (status: string) =>
        merchant.send('PATCH', `/v1/branches/${String(body.branchId)}/status`, { status, reason: '점검' });
      expect((await set('SUSPENDED')).status).toBe(200);
      try {
        const suspended = await loggedIn(stack.api.url, 'branch1');
        for (const client of [branch, suspended]) {
          expect((await client.send('GET', `/v1/files/${now}`)).text).toContain('%PDF-1.4');
          expectCode(await client.send('GET', `/v1/files/${later}`), 404, 'FILE_NOT_FOUND');
        }
      } finally {
        expect((await set('ACTIVE')).status).toBe(200);
      }
    });
  });
});
