import { GroupCommit, GroupCommitFull } from './group-commit';

const rules = { name: 'sample', batchMax: 10, inFlightMax: 2, waitingMax: 100 };
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('GroupCommit', () => {
  it('commits a lone item at once, alone', async () => {
    const batches: number[][] = [];
    const group = new GroupCommit<number, number>(rules, async (items) => {
      batches.push([...items]);
      return items.map((item) => item * 2);
    });
    await expect(group.add(21)).resolves.toBe(42);
    expect(batches).toEqual([[21]]);
  });

  it('gathers what arrives while batches are under way, and never more than the bounds', async () => {
    const batches: number[] = [];
    let underWay = 0;
    let most = 0;
    const group = new GroupCommit<number, number>(rules, async (items) => {
      underWay += 1;
      most = Math.max(most, underWay);
      batches.push(items.length);
      await tick();
      underWay -= 1;
      return items;
    });
    const results = await Promise.all(Array.from({ length: 47 }, (_, index) => group.add(index)));
    expect(results).toEqual(Array.from({ length: 47 }, (_, index) => index));
    expect(most).toBe(2);
    expect(Math.max(...batches)).toBe(10);
    expect(batches.reduce((sum, size) => sum + size)).toBe(47);
  });

  it('gives a failed batch its error and goes on with the next', async () => {
    let calls = 0;
    const group = new GroupCommit<number, number>({ ...rules, inFlightMax: 1 }, async (items) => {
      calls += 1;
      await tick();
      if (calls === 1) throw new Error('lost');
      return items;
    });
    const [first, second] = await Promise.allSettled([group.add(1), group.add(2)]);
    expect(first).toMatchObject({ status: 'rejected' });
    expect(second).toEqual({ status: 'fulfilled', value: 2 });
  });

  it('refuses at once when too much is waiting', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const group = new GroupCommit<number, number>(
      { name: 'sample', batchMax: 1, inFlightMax: 1, waitingMax: 2 },
      async (items) => {
        await held;
        return items;
      },
    );
    const taken = [group.add(1), group.add(2), group.add(3)];
    await expect(group.add(4)).rejects.toBeInstanceOf(GroupCommitFull);
    release();
    await expect(Promise.all(taken)).resolves.toEqual([1, 2, 3]);
  });

  it('never leaves a caller waiting when a commit answers too little', async () => {
    const group = new GroupCommit<number, number>(rules, () => Promise.resolve([]));
    await expect(group.add(1)).rejects.toThrow('fewer results');
  });
});
