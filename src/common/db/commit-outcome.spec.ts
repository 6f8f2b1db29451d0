import { CommitOutcomeUnknown, committed } from './commit-outcome';
import { databaseErrorName, isConnectionFailure, isRetryableConflict, wasNeverSent } from './database-errors';

const refusedBy = (error: object) =>
  committed(() => Promise.reject(Object.assign(new Error('no'), error))).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

it.each([
  ['a broken connection', { code: 'ECONNRESET' }],
  ['a server that left', { driverError: { code: 'PROTOCOL_CONNECTION_LOST', fatal: true } }],
  ['no answer in time', { code: 'PROTOCOL_SEQUENCE_TIMEOUT' }],
  ['a node that fell out of its cluster meanwhile', { errno: 1180, sqlState: 'HY000' }],
])('does not know what came of a COMMIT that met %s', async (_, error) => {
  const thrown = await refusedBy(error);
  expect(thrown).toBeInstanceOf(CommitOutcomeUnknown);
  expect([isConnectionFailure(thrown), wasNeverSent(thrown), isRetryableConflict(thrown)]).toEqual([
    true,
    false,
    false,
  ]);
  expect(databaseErrorName(thrown)).toMatch(/^COMMIT_\w/);
});

it.each([
  ['a conflict, after which nothing is written', { errno: 1213, sqlState: '40001' }],
  ['a node without a majority', { errno: 1047, sqlState: '08S01' }],
  ['a pool that gave no connection', { code: 'POOL_WAIT_EXCEEDED' }],
  ['a constraint', { errno: 1452, sqlState: '23000' }],
])('leaves %s as it is', async (_, error) => {
  expect(await refusedBy(error)).not.toBeInstanceOf(CommitOutcomeUnknown);
});

it('says nothing of a COMMIT that was answered', async () => {
  await expect(committed(() => Promise.resolve('done'))).resolves.toBeUndefined();
});
