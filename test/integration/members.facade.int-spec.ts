import { UnitOfWork } from '../../src/common/db/unit-of-work';
import { Secret } from '../../src/common/masking/secret';
import { MemberNotificationsFacade } from '../../src/modules/members/member-notifications.facade';
import type { MemberNotification } from '../../src/modules/members/member-notifications.types';
import { MembersFacade } from '../../src/modules/members/members.facade';
import type { NewMember } from '../../src/modules/members/members.types';
import { type AuthApp, startAuthApp } from './auth.support';

jest.setTimeout(60_000);

let auth: AuthApp;
let members: MembersFacade;
let notifications: MemberNotificationsFacade;
let unitOfWork: UnitOfWork;
const got = <T>(type: new (...args: never[]) => T) => auth.app.get<T>(type, { strict: false });

beforeAll(async () => {
  auth = await startAuthApp('members_facade');
  members = got(MembersFacade);
  notifications = got(MemberNotificationsFacade);
  unitOfWork = got(UnitOfWork);
});
afterAll(() => auth?.close());

let made = 0;

async function added(more: Partial<NewMember> = {}): Promise<string> {
  made += 1;
  const prepared = await members.prepareMember({
    ...{ loginId: `owner-${made}`, password: new Secret('four quiet green rivers'), name: '아무개' },
    ...{ email: `owner-${made}@example.com`, phone: new Secret(`010-0000-${1_000 + made}`) },
    ...{ role: 'MERCHANT', position: 'OWNER', mid: null, branchId: null, agencyCode: null, consents: [] },
    ...more,
  });
  await unitOfWork.run('test', (tx) => members.addMember(tx, prepared));
  return prepared.memberId;
}

const notice = (to: MemberNotification['to']): MemberNotification => ({
  ...{ to, kind: 'SERVICE_APPLICATION', purpose: 'test.notice', subjectId: `about-${made}` },
  content: new Secret({ subject: '알림', text: '승인되었습니다.' }),
  expiresAt: new Date('2090-01-01T00:00:00Z'),
});

const channels = async (to: MemberNotification['to']) =>
  (await notifications.prepare(notice(to))).messages.map(({ row }) => row.channel).sort();

const query = <T>(sql: string, values: unknown[]) => auth.dataSource.query<T>(sql, values);
const mute = (memberId: string, channel: string) =>
  query(
    `INSERT INTO member_notification_settings (member_id, kind, channel, enabled) VALUES (?, 'SERVICE_APPLICATION', ?, 0)`,
    [memberId, channel],
  );

it('tells a member by what it has on, and one that is not active nothing', async () => {
  const memberId = await added();
  expect(await channels({ memberId })).toEqual(['EMAIL', 'SMS']);
  await mute(memberId, 'SMS');
  expect(await channels({ memberId })).toEqual(['EMAIL']);
  await mute(memberId, 'EMAIL');
  expect(await channels({ memberId })).toEqual([]);
  const locked = await added();
  await query(`UPDATE members SET status = 'LOCKED' WHERE id = ?`, [locked]);
  expect(await channels({ memberId: locked })).toEqual([]);
});

it('tells the owners of a merchant, each by its own settings, and neither staff nor branches', async () => {
  const mid = 'M0000003';
  const muted = await added({ mid });
  await mute(muted, 'SMS');
  await added({ mid });
  await added({ mid, position: 'STAFF' });
  expect(await channels({ ownersOfMerchant: mid })).toEqual(['EMAIL', 'EMAIL', 'SMS']);
});

it('is kept with what it tells, or not at all', async () => {
  const memberId = await added();
  const about = `about-${made}`;
  const prepared = await notifications.prepare(notice({ memberId }));
  const count = async () =>
    (await query<object[]>('SELECT id FROM messages WHERE subject_id = ?', [about])).length;
  await expect(
    unitOfWork.run('test', async (tx) => {
      await notifications.notify(tx, prepared);
      throw new Error('given up');
    }),
  ).rejects.toThrow('given up');
  expect(await count()).toBe(0);
  await unitOfWork.run('test', (tx) => notifications.notify(tx, prepared));
  expect(await count()).toBe(2);
});

it('gives an owner its merchant once', async () => {
  const memberId = await added();
  const assign = (mid: string) => unitOfWork.run('test', (tx) => members.assignMerchant(tx, memberId, mid));
  expect([await assign('M0000004'), await assign('M0000004'), await assign('M0000005')]).toEqual([
    true,
    true,
    false,
  ]);
  expect((await members.findMember(memberId))!.mid).toBe('M0000004');
  // Its phone opens still: it is not sealed for the merchant.
  expect(await channels({ memberId })).toEqual(['EMAIL', 'SMS']);
});

it('purges codes and counts that have expired', async () => {
  await query(
    `INSERT INTO member_codes (code_key, code_hash, tries, id, created_at, expires_at)
     VALUES (REPEAT('k', 32), REPEAT('h', 32), 0, 'mvc_1', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) - INTERVAL 1 SECOND),
            (REPEAT('l', 32), REPEAT('h', 32), 0, 'mvc_2', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL 1 HOUR)`,
    [],
  );
  await query(
    `INSERT INTO member_code_sends VALUES (REPEAT('k', 32), 1, UTC_TIMESTAMP(3) - INTERVAL 1 SECOND, UTC_TIMESTAMP(3))`,
    [],
  );
  expect([await members.purgeExpired(10), await members.purgeExpired(10)]).toEqual([2, 0]);
});
