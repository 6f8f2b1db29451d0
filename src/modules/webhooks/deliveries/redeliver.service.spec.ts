import type { SqlPool } from '../../../common/db/pool';
import { AppError } from '../../../common/errors/app-error';
import { Clock } from '../../../common/time/clock';
import { Redeliver } from './redeliver.service';

const failing = (errno: number) =>
  new Redeliver(
    { use: () => Promise.reject(Object.assign(new Error('driver'), { errno })) } as unknown as SqlPool,
    new Clock(),
  );
const RANGE = { from: new Date(0), to: new Date(1) };

it('says of a time that takes too long to look through that it is too large', async () => {
  const answered = await failing(1969)
    .range('M0000001', 'whe_1', RANGE)
    .catch((error: unknown) => error);
  expect(answered).toBeInstanceOf(AppError);
  expect((answered as AppError).code).toBe('REDELIVERY_TOO_LARGE');
});

it('says of no other fault of the database that it is', () =>
  expect(failing(1146).range('M0000001', 'whe_1', RANGE)).rejects.toThrow('driver'));
