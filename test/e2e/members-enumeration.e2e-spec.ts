import { SqlPool } from '../../src/common/db/pool';
import { BEHIND_PROXY, GOOD_PASSWORD, newAddress, newSignUp, People, type Person } from '../support/members';
import type { ApiAnswer } from '../support/merchant';
import { Stack, TIME_SCALE } from '../support/stack';

jest.setTimeout(240_000);

const TRIES = 32;
/** Scaled; longer than the work takes even while other tests run. */
const ANSWER_MS = 120;
/** What two medians may differ by on a machine that does other work too. */
const TOLERANCE_MS = 5;

let stack: Stack;
let people: People;
let pool: SqlPool;
let known: Person;

beforeAll(async () => {
  stack = await Stack.start('enumeration', {
    env: { ...BEHIND_PROXY, MEMBER_CODE_PAUSE_MS: '1', RECOVERY_ANSWER_MS: String(ANSWER_MS / TIME_SCALE) },
  });
  people = new People(stack);
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 10_000 });
  known = await people.signUp();
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});

interface Timed {
  readonly ms: number;
  readonly answer: ApiAnswer;
}

type Call = () => Promise<ApiAnswer>;

async function timed(call: Call): Promise<Timed> {
  const begun = performance.now();
  const answer = await call();
  return { ms: performance.now() - begun, answer };
}

/** All kinds in turn, so that whatever else the machine does meets all of them. Counts never stand in the way. */
async function compare(kinds: Record<string, Call>): Promise<Record<string, Timed[]>> {
  const seen: Record<string, Timed[]> = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
  for (let index = -2; index < TRIES; index += 1) {
    for (const [kind, call] of Object.entries(kinds)) {
      await pool.execute('DELETE FROM member_code_sends');
      await pool.execute('DELETE FROM login_attempts');
      // No guess is the right one, and none is the last.
      await pool.execute(`UPDATE member_codes SET tries = 0, code_hash = REPEAT('x', 32)`);
      const one = await timed(call);
      // The first ones warm up connections and code.
      if (index >= 0) seen[kind]!.push(one);
    }
  }
  return seen;
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** How far a median may be off by chance: its standard error, from the median deviation, which a few outliers do not move. */
function standardError(values: number[]): number {
  const middle = median(values);
  const deviation = 1.4826 * median(values.map((value) => Math.abs(value - middle)));
  return (1.2533 * deviation) / Math.sqrt(values.length);
}

/** Within the tolerance, and what chance alone makes of so many tries on a machine as busy as this one. */
function expectAsLong(seen: Record<string, Timed[]>, toleranceMs: number): void {
  const kinds = Object.values(seen).map((kind) => kind.map(({ ms }) => ms));
  const medians = kinds.map(median);
  const chance = 4 * Math.SQRT2 * Math.max(...kinds.map(standardError));
  expect(Math.max(...medians) - Math.min(...medians)).toBeLessThan(toleranceMs + chance);
}

/** Everything that an answer shows, without what is new in each. */
function shown({ answer }: Timed): string {
  const headers = Object.fromEntries(
    [...answer.headers].filter(([name]) => !/^(date|x-request-id|ratelimit|ratelimit-.*)$/.test(name)),
  );
  return JSON.stringify([answer.status, headers, answer.text.replace(/"traceId":"[^"]*"/, '')]);
}

function expectAlike(seen: Record<string, Timed[]>): void {
  expect(new Set(Object.values(seen).flat().map(shown)).size).toBe(1);
}

const nobody = () => newSignUp();

it('the answer to a forgotten password tells nothing of the member', async () => {
  const seen = await compare({
    theirs: () =>
      people.call('POST', '/v1/members/find-password', { loginId: known.loginId, phone: known.phone }),
    otherContact: () =>
      people.call('POST', '/v1/members/find-password', { loginId: known.loginId, phone: nobody().phone }),
    unknown: () =>
      people.call('POST', '/v1/members/find-password', { loginId: nobody().loginId, phone: known.phone }),
  });
  expectAlike(seen);
  expect(Math.min(...Object.values(seen).flatMap((kind) => kind.map(({ ms }) => ms)))).toBeGreaterThan(
    ANSWER_MS - 2,
  );
  expectAsLong(seen, TOLERANCE_MS);
});

it('the answer to a forgotten login id tells nothing of the member', async () => {
  const find = (name: string, email: string) =>
    people.call('POST', '/v1/members/find-login-id', { name, email });
  const seen = await compare({
    theirs: () => find(known.name, known.email),
    otherName: () => find('최아무', known.email),
    unknown: () => find(known.name, nobody().email),
  });
  expectAlike(seen);
  expectAsLong(seen, TOLERANCE_MS);
});

it('the answer to a wrong code is the same with a live code, without one, and for nobody', async () => {
  const idle = await people.signUp();
  await people.resetCode(known);
  const reset = (loginId: string) => people.reset(loginId, '000000', GOOD_PASSWORD);
  const seen = await compare({
    live: () => reset(known.loginId),
    idle: () => reset(idle.loginId),
    unknown: () => reset(nobody().loginId),
  });
  expectAlike(seen);
  expect(
    new Set(
      Object.values(seen)
        .flat()
        .map(({ answer }) => answer.body.code),
    ),
  ).toEqual(new Set(['MEMBER_CODE_INVALID']));
});

it('limits of sending are the same for a member and for nobody', async () => {
  await pool.execute('DELETE FROM member_code_sends');
  const statuses = async (loginId: string, phone: string) => {
    const seen = [];
    for (let index = 0; index < 6; index += 1) {
      const answer = await people.call('POST', '/v1/members/find-password', { loginId, phone }, newAddress());
      seen.push([answer.status, answer.body.code]);
    }
    return seen;
  };
  const ofMember = await statuses(known.loginId, known.phone);
  const { loginId, phone } = nobody();
  expect(await statuses(loginId, phone)).toEqual(ofMember);
  expect(ofMember.at(-1)).toEqual([429, 'MEMBER_CODE_TOO_OFTEN']);
});

it('a refused login takes alike long for a member, a locked member and nobody', async () => {
  const locked = await people.signUp();
  await pool.execute(`UPDATE members SET status = 'LOCKED' WHERE id = '${locked.memberId}'`);
  const seen = await compare({
    wrong: () => people.tryLogin(known.loginId, 'not this one'),
    locked: () => people.tryLogin(locked.loginId, GOOD_PASSWORD),
    unknown: () => people.tryLogin(nobody().loginId, 'not this one'),
  });
  expectAlike(seen);
  expectAsLong(seen, TOLERANCE_MS * 2);
});

it('five failures lock a login id, there or not', async () => {
  const from = newAddress();
  for (const { loginId } of [await people.signUp(), nobody()]) {
    const answers = [];
    for (let index = 0; index < 6; index += 1) answers.push(await people.tryLogin(loginId, 'no', from));
    expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
      ...Array<string>(5).fill('401 LOGIN_FAILED'),
      '429 LOGIN_LOCKED',
    ]);
    // 15 minutes, scaled.
    expect(Number(answers[5]!.headers.get('retry-after'))).toBeGreaterThan(80);
  }
});
