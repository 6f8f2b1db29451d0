import { koreanDay } from '../../src/common/time/korean-time';
import { loggedIn } from '../support/member-logins';
import type { MerchantClient } from '../support/merchant';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

const GAON = 'brn_0000000000DEM0BRANCH000001';
const BADA = 'brn_0000000000DEM0BRANCH000003';

interface Found {
  readonly data: readonly {
    readonly seq: number;
    readonly actor: string;
    readonly action: string;
    readonly target: string;
    readonly mid: string | null;
    readonly outcome: string;
    readonly requestId: string | null;
    readonly details: Record<string, unknown>;
  }[];
  readonly nextCursor: string | null;
}

let stack: Stack;
let operator: MerchantClient;
let merchant: MerchantClient;

beforeAll(async () => {
  stack = await Stack.start('audit_logs', { worker: false, env: { RATE_LOGIN_PER_MINUTE: '1000' } });
  operator = await loggedIn(stack.api.url, 'operator');
  merchant = await loggedIn(stack.api.url, 'merchant1');
  const set = (client: MerchantClient, id: string, status: string, requestId: string) =>
    client.send(
      'PATCH',
      `/v1/branches/${id}/status`,
      { status, reason: '점검' },
      { 'x-request-id': requestId },
    );
  await set(merchant, GAON, 'SUSPENDED', 'audit-test-1');
  await set(merchant, GAON, 'ACTIVE', 'audit-test-2');
  await set(operator, BADA, 'SUSPENDED', 'audit-test-3');
});
afterAll(() => stack?.stop());

async function search(query: string): Promise<Found> {
  const answer = await operator.send('GET', `/v1/admin/audit-logs?${query}`);
  if (answer.status !== 200) throw new Error(`no rows: ${answer.status} ${answer.text}`);
  return answer.body as unknown as Found;
}

it('finds by each lead, alone and with outcome and days', async () => {
  const [row] = (await search('requestId=audit-test-1')).data;
  expect(row).toMatchObject({
    ...{ action: 'branch.status', target: GAON, mid: 'M0000001', outcome: 'SUCCESS' },
    details: { from: 'ACTIVE', to: 'SUSPENDED', reason: '점검' },
  });
  const today = koreanDay(new Date());
  const requests = async (query: string) =>
    (await search(query)).data.flatMap(({ requestId, action }) =>
      action === 'branch.status' ? [requestId] : [],
    );
  const both = ['audit-test-2', 'audit-test-1'];
  for (const more of [
    '',
    '&outcome=SUCCESS',
    `&from=${today}&to=${today}`,
    `&outcome=SUCCESS&from=${today}`,
  ]) {
    expect(await requests(`target=${GAON}${more}`)).toEqual(both);
    expect(await requests(`actor=${row!.actor}${more}`)).toEqual(both);
    expect(await requests(`mid=M0000001${more}`)).toEqual(both);
    expect(await requests(`action=branch.status${more}`)).toEqual(['audit-test-3', ...both]);
    expect(await requests(`action=branch${more}`)).toEqual(['audit-test-3', ...both]);
  }
  expect((await search('action=branch.stat')).data).toEqual([]);
  expect((await search('mid=M0000001&outcome=REFUSED')).data).toEqual([]);
  for (const days of ['to=2020-01-01', 'from=2099-01-01']) expect((await search(days)).data).toEqual([]);
});

it('goes through the whole trail page by page, without a gap', async () => {
  const numbers: number[] = [];
  let cursor: string | null = '';
  for (let pages = 0; cursor !== null && pages < 50; pages += 1) {
    const page: Found = await search(`limit=5${cursor && `&cursor=${cursor}`}`);
    numbers.push(...page.data.map(({ seq }) => seq));
    cursor = page.nextCursor;
  }
  expect(numbers).toEqual(Array.from({ length: numbers[0]! }, (_, index) => numbers[0]! - index));
});

it('leaves one row for a search, and none for its further pages', async () => {
  const searches = async () =>
    (await search('action=audit-log.search&outcome=SUCCESS')).data.map(({ details }) => details.reason);
  const before = await searches();
  const first = await search('mid=M0000001&limit=1');
  await search(`mid=M0000001&limit=1&cursor=${first.nextCursor!}`);
  const after = await searches();
  expect(after.length).toBe(before.length + 2);
  expect(after.slice(0, 2)).toEqual(['mid', 'action,outcome']);
});

it('is for operators, and names what cannot be asked together or at all', async () => {
  for (const client of [merchant, stack.merchant, await loggedIn(stack.api.url, 'agency1')]) {
    expect((await client.send('GET', '/v1/admin/audit-logs')).status).toBe(403);
  }
  const fields = async (query: string) => {
    const { status, body } = await operator.send('GET', `/v1/admin/audit-logs?${query}`);
    return [status, [...new Set(body.errors?.map(({ field }) => field))].sort()];
  };
  expect(await fields(`mid=M0000001&actor=x&action=branch`)).toEqual([400, ['action', 'mid']]);
  expect(await fields('outcome=BAD&from=2026-02-30&to=x&mid=1&action=A%25&limit=0&more=1')).toEqual([
    400,
    ['action', 'from', 'limit', 'mid', 'more', 'outcome', 'to'],
  ]);
  expect(await fields('cursor=nonsense')).toEqual([400, ['cursor']]);
  expect(await fields('from=2026-11-22&to=2026-11-21')).toEqual([400, ['to']]);
  expect(await fields('from=2026-11-22&to=2026-11-22')).toEqual([200, []]);
});

it('keeps the chain whole', async () => {
  const { code, output } = await stack.verify([]);
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
});
