import { KeptTokens } from './kept-tokens';

const MINUTE_MS = 60_000;
let nowMs = 0;
let asked = 0;
let tokens: KeptTokens;
const ask = () => {
  asked += 1;
  return Promise.resolve({ kind: 'TOKEN', token: `t${asked}`, untilMs: nowMs + 10 * MINUTE_MS } as const);
};
const nothing = { kind: 'NONE', exchange: { endpoint: 'POST /token' } } as never;

beforeEach(() => {
  [nowMs, asked] = [0, 0];
  tokens = new KeptTokens(() => nowMs);
});

it('keeps a token until a minute before it expires', async () => {
  expect(await tokens.get('a', ask)).toEqual({ kind: 'TOKEN', token: 't1' });
  nowMs = 9 * MINUTE_MS - 1;
  expect(await tokens.get('a', ask)).toEqual({ kind: 'TOKEN', token: 't1' });
  nowMs = 9 * MINUTE_MS;
  expect(await tokens.get('a', ask)).toEqual({ kind: 'TOKEN', token: 't2' });
});

it('asks once for all who wait, and once for each owner', async () => {
  const got = await Promise.all([
    ...Array.from({ length: 20 }, () => tokens.get('a', ask)),
    tokens.get('b', ask),
  ]);
  expect(asked).toBe(2);
  expect(new Set(got.slice(0, 20).map((each) => (each.kind === 'TOKEN' ? each.token : '')))).toEqual(
    new Set(['t1']),
  );
});

it('keeps nothing of an asking that gave none, or that failed', async () => {
  expect(await tokens.get('a', () => Promise.resolve(nothing))).toBe(nothing);
  await expect(tokens.get('a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  expect(await tokens.get('a', ask)).toEqual({ kind: 'TOKEN', token: 't1' });
});

it('drops the token that was not accepted, and never a newer one', async () => {
  await tokens.get('a', ask);
  tokens.drop('a', 't1');
  await tokens.get('a', ask);
  tokens.drop('a', 't1');
  expect(await tokens.get('a', ask)).toEqual({ kind: 'TOKEN', token: 't2' });
});
