import { RunningWork } from './running-work';

function held() {
  let end: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const whole = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  return { work: () => whole, end, fail };
}
const never = (error: unknown) => {
  throw error;
};

it('gives out so many places, and each back when its piece has ended', async () => {
  const work = new RunningWork({ max: 2, perGroupMax: 2 });
  const [one, two] = [held(), held()];
  work.start('toss', one.work, never);
  expect(work.free).toBe(1);
  work.start('toss', two.work, never);
  expect(work.free).toBe(0);
  two.end();
  await work.next();
  expect(work.free).toBe(1);
  one.end();
  await work.settled();
  expect(work.free).toBe(2);
});

it('names whoever has taken its share', async () => {
  const work = new RunningWork({ max: 10, perGroupMax: 2 });
  const pieces = [held(), held(), held()];
  work.start('toss', pieces[0]!.work, never);
  work.start('inicis', pieces[1]!.work, never);
  expect(work.crowded()).toEqual([]);
  work.start('toss', pieces[2]!.work, never);
  expect(work.crowded()).toEqual(['toss']);
  pieces[0]!.end();
  await work.next();
  expect(work.crowded()).toEqual([]);
  for (const { end } of pieces) end();
  await work.settled();
});

it('tells of a piece that fails, and goes on with the others', async () => {
  const work = new RunningWork({ max: 2, perGroupMax: 2 });
  const [bad, good] = [held(), held()];
  const told: unknown[] = [];
  work.start('toss', bad.work, (error) => told.push(error));
  work.start('toss', good.work, never);
  const error = new Error('gone');
  bad.fail(error);
  await work.next();
  expect(told).toEqual([error]);
  expect(work.free).toBe(1);
  good.end();
  await work.settled();
  expect(work.free).toBe(2);
});

it('has nothing to wait for where nothing runs', async () => {
  const work = new RunningWork({ max: 1, perGroupMax: 1 });
  await work.next();
  await work.settled();
  expect(work.free).toBe(1);
});
