import { isConnectionFailure, isRetryableConflict } from './database-errors';

describe('what a Galera node says', () => {
  it.each([
    ['it is in no cluster with a majority', 1047, { again: true, lost: true }],
    ['it fell out of the cluster while it committed', 1180, { again: false, lost: true }],
    ['another node was first', 1213, { again: true, lost: false }],
    ['what was committed elsewhere did not arrive in time', 1205, { again: true, lost: false }],
  ])('%s (%i)', (_, errno, { again, lost }) => {
    // As the driver gives it, and as TypeORM wraps it.
    for (const error of [{ errno }, { driverError: { errno } }]) {
      expect(isRetryableConflict(error)).toBe(again);
      expect(isConnectionFailure(error)).toBe(lost);
    }
  });
});
