import { newId } from '../../../src/common/ids/id';
import { SCOPES } from '../../../src/common/http/principal';
import { database, loggedIn } from '../logins';
import { basic } from '../merchant';
import type { Stack } from '../stack';

/** The demo merchants and branches that the matrix is about, and a branch that it makes and suspends. */
export const BRANCH = {
  own: 'brn_0000000000DEM0BRANCH000001',
  sibling: 'brn_0000000000DEM0BRANCH000002',
  foreign: 'brn_0000000000DEM0BRANCH000003',
  suspended: newId('brn'),
} as const;
export const OWN = 'M0000001';
export const FOREIGN = 'M0000002';
export const AGENCY = 'AG0001';

/** Somebody who calls, and what is there for it. */
export interface Caller {
  readonly name: string;
  readonly authorization: string;
  readonly kind: 'NOBODY' | 'SYSTEM' | 'MEMBER';
  /** Of a merchant's system. */
  readonly scopes: readonly string[];
  /** Of a member: O, A, R or B, as in the rules. */
  readonly letter: string;
  readonly isOwner: boolean;
  readonly loginId: string;
  readonly memberId: string;
  /** Merchants whose data is there for it. */
  readonly mids: readonly string[] | 'ALL';
  /** The one branch whose data is there for it; null: all of its merchants'. */
  readonly branchId: string | null;
  /** Agencies that are there for it. */
  readonly agencies: readonly string[] | 'ALL';
  /** It belongs nowhere yet: its service application is not approved. */
  readonly hasNoPlace: boolean;
  readonly isHeldBack: boolean;
}

const NOBODY: Caller = {
  name: 'nobody',
  authorization: '',
  kind: 'NOBODY',
  scopes: [],
  letter: '',
  isOwner: false,
  loginId: '',
  memberId: '',
  mids: [],
  branchId: null,
  agencies: [],
  hasNoPlace: false,
  isHeldBack: false,
};

/** Whether what belongs to this merchant, and to this branch of it, is there for a caller. */
export function sees({ mids, branchId }: Caller, mid: string, ofBranch: string | null): boolean {
  if (mids === 'ALL') return true;
  return mids.includes(mid) && (branchId === null || branchId === ofBranch);
}

export interface Tree {
  readonly upper: string;
  readonly lower: string;
  readonly foreign: string;
}

type Wish = Partial<Caller> & { readonly name: string; readonly letter: string };

const member = (wish: Wish): Caller => ({
  ...NOBODY,
  kind: 'MEMBER',
  isOwner: true,
  loginId: wish.name,
  ...wish,
});

const ofBranch = (name: string, branchId: string, more: Partial<Caller> = {}) =>
  member({ name, letter: 'B', mids: [branchId === BRANCH.foreign ? FOREIGN : OWN], branchId, ...more });

/** Those who come with the demo data, and those who are added to it. */
function members({ upper, lower, foreign }: Tree): Caller[] {
  return [
    member({ name: 'operator', letter: 'O', mids: 'ALL', agencies: 'ALL' }),
    member({ name: 'agency1', letter: 'A', mids: [OWN], agencies: [AGENCY, lower] }),
    member({ name: 'agency.upper', letter: 'A', mids: [OWN], agencies: [upper, AGENCY, lower] }),
    member({ name: 'agency.lower', letter: 'A', agencies: [lower] }),
    member({ name: 'agency.foreign', letter: 'A', mids: [FOREIGN], agencies: [foreign] }),
    member({ name: 'merchant1', letter: 'R', mids: [OWN] }),
    member({ name: 'merchant1.staff', letter: 'R', mids: [OWN], isOwner: false }),
    member({ name: 'merchant2', letter: 'R', mids: [FOREIGN] }),
    member({ name: 'applicant', letter: 'R', hasNoPlace: true }),
    ofBranch('branch1', BRANCH.own),
    ofBranch('branch1.staff', BRANCH.own, { isOwner: false }),
    ofBranch('branch2', BRANCH.sibling),
    ofBranch('branch3', BRANCH.foreign),
    ofBranch('branch4', BRANCH.suspended, { isHeldBack: true }),
  ];
}

/** Adds whom the demo data lacks, with the demo members' password, and logs everybody in. */
export async function callersOf(stack: Stack, tree: Tree): Promise<Caller[]> {
  const agencyOf: Record<string, string> = {
    'agency.upper': tree.upper,
    'agency.lower': tree.lower,
    'agency.foreign': tree.foreign,
  };
  const connection = await database(stack.databaseUrl);
  const all = members(tree);
  for (const { loginId, letter, isOwner, mids, branchId } of all) {
    const role = { O: 'OPERATOR', A: 'AGENCY', R: 'MERCHANT', B: 'BRANCH' }[letter] ?? null;
    const positioned = letter === 'R' || letter === 'B';
    await connection.execute(
      `INSERT IGNORE INTO members (id, login_id, password_hash, name, email, role, position, status, mid, branch_id,
         agency_code)
       SELECT ?, ?, password_hash, ?, ?, ?, ?, 'ACTIVE', ?, ?, ? FROM members WHERE login_id = 'merchant1'`,
      [
        ...[newId('mem'), loginId, `이름 ${loginId}`, `${loginId}@example.com`, role],
        ...[positioned ? (isOwner ? 'OWNER' : 'STAFF') : null, positioned ? (mids[0] ?? null) : null],
        ...[branchId, agencyOf[loginId] ?? null],
      ],
    );
  }
  const [rows] = await connection.query('SELECT id, login_id AS loginId FROM members');
  const idOf = new Map((rows as { id: string; loginId: string }[]).map(({ id, loginId }) => [loginId, id]));
  await connection.end();
  const there = await Promise.all(
    all.map(async (caller) => ({
      ...caller,
      authorization: await loggedIn(stack.api.url, caller.loginId),
      memberId: idOf.get(caller.loginId) ?? '',
    })),
  );
  return [
    NOBODY,
    { ...NOBODY, name: 'wrong token', authorization: 'Bearer nonsense' },
    ...systems(),
    ...(await tokens(stack)),
    ...there,
  ];
}

const system = (name: string, mid: string, authorization: string, scopes: readonly string[]): Caller => ({
  ...NOBODY,
  kind: 'SYSTEM',
  ...{ name, authorization, scopes, mids: [mid] },
});

function systems(): Caller[] {
  return [OWN, FOREIGN].map((mid) => system(`key ${mid}`, mid, basic(`sk_test_${mid}`), SCOPES));
}

/** One token of the own merchant for each single scope. */
function tokens(stack: Stack): Promise<Caller[]> {
  return Promise.all(
    SCOPES.map(async (scope) => {
      const answer = await fetch(`${stack.api.url}/oauth/token`, {
        method: 'POST',
        headers: { authorization: basic(`sk_test_${OWN}`) },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
      });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      return system(`token ${scope}`, OWN, `Bearer ${token}`, [scope]);
    }),
  );
}
