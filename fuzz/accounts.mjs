import { randomBytes } from 'node:crypto';
import { withConnection } from '../scripts/lib/database.mjs';

const PASSWORD = 'Demo!2026pass';
const MID = 'M0000001';
const BRANCH_ID = 'brn_0000000000DEM0BRANCH000001';
const AGENCY = 'AG0001';
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const basic = (key) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;

/**
 * Everybody that the proxy can be. Members are added beside the demo data's, which have the examples' login ids: what
 * the tester does to those accounts locks nobody out.
 */
export const ROLES = {
  nobody: { kind: 'NOBODY' },
  forged: { kind: 'FORGED' },
  key: { kind: 'SYSTEM' },
  token: { kind: 'TOKEN' },
  operator: { kind: 'MEMBER', role: 'OPERATOR', isOwner: true },
  agency: { kind: 'MEMBER', role: 'AGENCY', agencyCode: AGENCY, isOwner: true },
  merchant: { kind: 'MEMBER', role: 'MERCHANT', position: 'OWNER', mid: MID, isOwner: true },
  staff: { kind: 'MEMBER', role: 'MERCHANT', position: 'STAFF', mid: MID, isOwner: false },
  branch: { kind: 'MEMBER', role: 'BRANCH', position: 'OWNER', mid: MID, branchId: BRANCH_ID, isOwner: true },
  branchStaff: {
    ...{ kind: 'MEMBER', role: 'BRANCH', position: 'STAFF', mid: MID, branchId: BRANCH_ID, isOwner: false },
  },
};

const memberId = () => `mem_${[...randomBytes(26)].map((byte) => ALPHABET[byte % 32]).join('')}`;
const loginIdOf = (role) => `fuzz.${role.toLowerCase()}`;

async function ask(url, path, options) {
  const answer = await fetch(new URL(path, url), { signal: AbortSignal.timeout(30_000), ...options });
  if (answer.ok) return answer.json();
  throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
}

/** Adds the members, logs them in, and gives the credentials of each role. */
export class Accounts {
  #held = new Map();
  #passwordHash;

  constructor({ url, databaseUrl }) {
    this.url = url;
    this.databaseUrl = databaseUrl;
  }

  async add() {
    await withConnection(this.databaseUrl, async (connection) => {
      const [[demo]] = await connection.query(
        "SELECT password_hash AS passwordHash FROM members WHERE login_id = 'operator'",
      );
      this.#passwordHash = demo.passwordHash;
      for (const [
        name,
        { kind, role, position = null, mid = null, branchId = null, agencyCode = null },
      ] of Object.entries(ROLES)) {
        if (kind !== 'MEMBER') continue;
        await connection.execute(
          `INSERT INTO members (id, login_id, password_hash, name, email, role, position, status, mid, branch_id, agency_code)
           VALUES (?, ?, ?, ?, ?, ?, ?, 'ACTIVE', ?, ?, ?)`,
          [
            memberId(),
            loginIdOf(name),
            this.#passwordHash,
            '시험 회원',
            `${loginIdOf(name)}@example.com`,
            role,
            position,
            mid,
            branchId,
            agencyCode,
          ],
        );
      }
    });
  }

  /** The Authorization header of a role; undefined for nobody. */
  async authorizationOf(name) {
    const { kind } = ROLES[name];
    if (kind === 'NOBODY') return undefined;
    if (kind === 'FORGED') return 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvcGVyYXRvciJ9.';
    if (kind === 'SYSTEM') return basic(`sk_test_${MID}`);
    if (!this.#held.has(name)) this.#held.set(name, await this.fresh(name));
    return `Bearer ${this.#held.get(name)}`;
  }

  /** An access token of a session of its own, e.g. for a request that ends its session. */
  async fresh(name) {
    if (ROLES[name].kind === 'TOKEN') {
      const body = new URLSearchParams({ grant_type: 'client_credentials' });
      const headers = { authorization: basic(`sk_test_${MID}`) };
      return (await ask(this.url, '/oauth/token', { method: 'POST', headers, body })).access_token;
    }
    const login = () =>
      ask(this.url, '/v1/auth/login', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ loginId: loginIdOf(name), password: PASSWORD }),
      });
    const { accessToken } = await login().catch(async () => {
      await this.#restore(name);
      return login();
    });
    return accessToken;
  }

  /** The next request of that role logs in anew: what the tester did has ended the session, or its time is over. */
  forget(name) {
    this.#held.delete(name);
  }

  /** The tester may have changed the password, or guessed at it until the login was locked. */
  #restore(name) {
    return withConnection(this.databaseUrl, async (connection) => {
      await connection.execute("UPDATE members SET password_hash = ?, status = 'ACTIVE' WHERE login_id = ?", [
        this.#passwordHash,
        loginIdOf(name),
      ]);
      await connection.query('DELETE FROM login_attempts');
    });
  }
}
