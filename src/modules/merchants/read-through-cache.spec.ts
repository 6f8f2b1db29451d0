import { ReadThroughCache } from './read-through-cache';

const LIMITS = { entriesMax: 2, ttlMs: 5_000 };

describe('ReadThroughCache', () => {
  let now: number;
  let loads: string[];
  let table: Map<string, object>;
  let cache: ReadThroughCache<object>;

  beforeEach(() => {
    now = 1_000;
    loads = [];
    table = new Map([['a', { value: 1 }]]);
    cache = new ReadThroughCache(
      LIMITS,
      async (key) => {
        loads.push(key);
        return table.get(key) ?? null;
      },
      () => now,
    );
  });

  it('looks up once for many who ask at once, and not again until the time is over', async () => {
    await Promise.all([cache.get('a'), cache.get('a'), cache.get('a')]);
    expect(cache.peek('a')).toEqual({ value: 1 });
    now += 5_000;
    await cache.get('a');
    expect(loads).toEqual(['a']);
    now += 1;
    expect(cache.peek('a')).toBeUndefined();
    await cache.get('a');
    expect(loads).toEqual(['a', 'a']);
  });

  it('remembers what is absent for a second, apart from what was found', async () => {
    await cache.get('a');
    for (let n = 0; n < 50; n += 1) expect(await cache.get(`b${n}`)).toBeNull();
    expect(cache.peek('a')).toBeDefined();
    loads.length = 0;
    await cache.get('b1');
    expect(loads).toEqual([]);
    now += 1_001;
    await cache.get('b1');
    expect(loads).toEqual(['b1']);
  });

  it('does not keep what a look-up brings that began before it was told to forget', async () => {
    let answer: (value: object) => void = () => undefined;
    const slow = new ReadThroughCache<object>(LIMITS, () => new Promise((resolve) => (answer = resolve)));
    const stale = slow.get('a');
    slow.forget('a');
    answer({ value: 'stale' });
    expect(await stale).toEqual({ value: 'stale' });
    expect(slow.peek('a')).toBeUndefined();
  });

  it('counts the age of a value from the beginning of its look-up', async () => {
    const slow = new ReadThroughCache<object>(
      LIMITS,
      async () => {
        now += 4_000;
        return {};
      },
      () => now,
    );
    await slow.get('a');
    now += 1_001;
    expect(slow.peek('a')).toBeUndefined();
  });

  it('keeps nothing of a look-up that failed', async () => {
    let fail = true;
    const shaky = new ReadThroughCache<object>(LIMITS, async () => {
      if (fail) throw new Error('database');
      return {};
    });
    await expect(shaky.get('a')).rejects.toThrow('database');
    fail = false;
    expect(await shaky.get('a')).toEqual({});
  });

  it('asks nothing for a key that no table can hold', async () => {
    expect(await cache.get('가나다')).toBeNull();
    expect(await cache.get('x'.repeat(81))).toBeNull();
    expect(await cache.get("M1' OR 1=1")).toBeNull();
    expect(loads).toEqual([]);
  });
});
