import { PasswordHasher } from './password-hasher';

const PASSWORD = `Long Words ${'한글 '.repeat(30)}end`;

it('compares every character as it was typed', async () => {
  const hasher = new PasswordHasher();
  const kept = await hasher.hash(PASSWORD);
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await hasher.verify(kept, PASSWORD)).toBe(true);
  const others = [PASSWORD.toLowerCase(), PASSWORD.slice(0, -1), `${PASSWORD} `, ` ${PASSWORD}`];
  for (const other of others) expect([other, await hasher.verify(kept, other)]).toEqual([other, false]);
});

it('takes characters that look alike for the same only where Unicode does', async () => {
  const hasher = new PasswordHasher();
  const kept = await hasher.hash('caf\u00e9 au lait');
  expect(await hasher.verify(kept, 'cafe\u0301 au lait')).toBe(true);
  expect(await hasher.verify(kept, 'cafe au lait')).toBe(false);
});

it('salts: equal passwords have hashes of their own', async () => {
  const hasher = new PasswordHasher();
  expect(await hasher.hash(PASSWORD)).not.toBe(await hasher.hash(PASSWORD));
});

it('is right for nobody where there is no hash', async () => {
  expect(await new PasswordHasher().verify(null, PASSWORD)).toBe(false);
});

it('holds two at once and twenty waiting, and sends the rest away at once', async () => {
  const hasher = new PasswordHasher();
  const done = await Promise.allSettled(Array.from({ length: 30 }, () => hasher.hash(PASSWORD)));
  const refused = done.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  expect(refused).toHaveLength(8);
  for (const reason of refused) expect(reason).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  expect(await hasher.verify(await hasher.hash(PASSWORD), PASSWORD)).toBe(true);
});
