import { StatementSize } from './statement-size';

const ENDED = { errno: 1969 };

it('halves what a statement takes on until it fits, and begins with that from then on', async () => {
  const size = new StatementSize(10);
  const tried: number[] = [];
  const work = (count: number) => {
    tried.push(count);
    return count > 2 ? Promise.reject(Object.assign(new Error(), ENDED)) : Promise.resolve(count);
  };
  expect(await size.run(work)).toBe(2);
  expect(await size.run(work)).toBe(2);
  expect(tried).toEqual([10, 5, 3, 2, 2]);
});

it('gives up at one, and at once for everything else', async () => {
  const tried: number[] = [];
  const fails = (error: object) => (count: number) => {
    tried.push(count);
    return Promise.reject<never>(Object.assign(new Error('failed'), error));
  };
  await expect(new StatementSize(3).run(fails(ENDED))).rejects.toMatchObject(ENDED);
  await expect(new StatementSize(3).run(fails({ errno: 1205 }))).rejects.toMatchObject({ errno: 1205 });
  expect(tried).toEqual([3, 2, 1, 3]);
});
