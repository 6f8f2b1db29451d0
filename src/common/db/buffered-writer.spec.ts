import { BufferedWriter } from './buffered-writer';

const rules = { batchMax: 3, everyMs: 20, waitingMax: 7 };
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

function writer(write?: (rows: readonly number[]) => Promise<void>) {
  const written: number[][] = [];
  const lost: number[] = [];
  const made = new BufferedWriter<number>(
    rules,
    write ?? (async (rows) => void written.push([...rows])),
    (count) => lost.push(count),
  );
  return { made, written, lost };
}

it('writes a full batch at once and the rest after a while', async () => {
  const { made, written } = writer();
  for (const row of [1, 2, 3, 4]) made.add(row);
  expect(written).toEqual([[1, 2, 3]]);
  await pause(5);
  made.add(5);
  await pause(40);
  expect(written.flat()).toEqual([1, 2, 3, 4, 5]);
});

it('writes all that waits when it is flushed', async () => {
  const { made, written } = writer();
  made.add(1);
  await made.flush();
  expect(written).toEqual([[1]]);
});

it('drops what is too much, says how much, and goes on', async () => {
  let release = () => undefined as void;
  const held = new Promise<void>((done) => (release = done));
  const written: number[] = [];
  const { made, lost } = writer(async (rows) => {
    await held;
    written.push(...rows);
  });
  for (let row = 1; row <= 12; row += 1) made.add(row);
  release();
  await made.flush();
  expect(written).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(lost).toEqual([2]);
});

it('loses a batch that cannot be written, and only that', async () => {
  const written: number[] = [];
  const { made, lost } = writer(async (rows) => {
    if (rows.includes(2)) throw new Error('away');
    written.push(...rows);
  });
  for (const row of [1, 2, 3, 4]) made.add(row);
  await made.flush();
  expect([written, lost]).toEqual([[4], [3]]);
});
