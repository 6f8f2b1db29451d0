import { createConnection, type Connection } from 'mysql2/promise';
import { newId } from '../../src/common/ids/id';
import { DEMO_MEMBERS } from '../../src/demo/demo-data';

const PASSWORD = 'Demo!2026pass';

/** The Authorization header of a demo member, or of one that `newApplicant` made. */
export async function loggedIn(url: string, loginId: string): Promise<string> {
  const answer = await fetch(`${url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ loginId, password: PASSWORD }),
  });
  if (answer.status !== 200) throw new Error(`${loginId} cannot log in: ${answer.status}`);
  const { accessToken } = (await answer.json()) as { accessToken: string };
  return `Bearer ${accessToken}`;
}

/** A connection to a stack's database, for what cannot be seen or made from the outside. */
export function database(url: string): Promise<Connection> {
  return createConnection({ uri: url, timezone: 'Z' });
}

let applicants = 0;

/** A merchant's member without a merchant, as sign-up makes one; its password is that of the demo members. */
export async function newApplicant(databaseUrl: string): Promise<{ memberId: string; loginId: string }> {
  applicants += 1;
  const loginId = `applicant${applicants}`;
  const memberId = newId('mem');
  const connection = await database(databaseUrl);
  await connection.execute(
    `INSERT INTO members (id, login_id, password_hash, name, email, role, position, status)
     SELECT ?, ?, password_hash, '신청인', ?, 'MERCHANT', 'OWNER', 'ACTIVE' FROM members WHERE login_id = ?`,
    [memberId, loginId, `${loginId}@example.com`, DEMO_MEMBERS[0]!.loginId],
  );
  await connection.end();
  return { memberId, loginId };
}
