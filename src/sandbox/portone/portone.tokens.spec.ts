import { PortoneTokens } from './portone.tokens';

const KEYS = ['sandbox_portone_key_M0000003', 'test_sk_sandbox_portone_M0000003'] as const;
const START_S = 1_767_323_045;

let nowS = START_S;
const newTokens = () => new PortoneTokens(() => nowS * 1_000);
let tokens: PortoneTokens;
beforeEach(() => {
  nowS = START_S;
  tokens = newTokens();
});

it('gives the same token until it expires, and lengthens its life in the last minute', () => {
  const first = tokens.issue(...KEYS);
  expect(first).toMatchObject({ now: START_S, expired_at: START_S + 1_800 });
  nowS += 1_740;
  expect(tokens.issue(...KEYS)).toEqual({ ...first, now: nowS });
  nowS += 1;
  expect(tokens.issue(...KEYS)).toEqual({ ...first, now: nowS, expired_at: START_S + 2_100 });
  nowS = START_S + 2_099;
  expect(tokens.contractOf(first?.access_token)?.merchantId).toBe('M0000003');
  nowS += 1;
  expect(tokens.contractOf(first?.access_token)).toBeUndefined();
  expect(tokens.issue(...KEYS)?.access_token).not.toBe(first?.access_token);
});

it('knows a token with and without Bearer, and after a restart', () => {
  const token = tokens.issue(...KEYS)?.access_token ?? '';
  for (const header of [`Bearer ${token}`, `bearer ${token}`, token]) {
    expect(newTokens().contractOf(header)?.impCode).toBe('imp00000003');
  }
  const other = token.endsWith('0') ? '1' : '0';
  for (const header of [undefined, '', 'Bearer', `Basic ${token}`, token.slice(0, -1) + other]) {
    expect(tokens.contractOf(header)).toBeUndefined();
  }
});

it('gives nothing for a wrong secret', () => {
  expect(tokens.issue(KEYS[0], 'another')).toBeUndefined();
  expect(tokens.issue(KEYS[0], undefined)).toBeUndefined();
});
