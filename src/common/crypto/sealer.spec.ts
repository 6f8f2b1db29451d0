import { randomBytes } from 'node:crypto';
import type { AppConfig } from '../../config/app-config';
import { BlindIndex } from './blind-index';
import { DataKeyStore, type NewDataKey, type WrappedDataKey } from './data-key.store';
import { KeyRing } from './key-ring';
import { SealBroken, type SealContext } from './sealed-form';
import { Sealer } from './sealer';

class MemoryStore extends DataKeyStore {
  readonly rows: WrappedDataKey[] = [];

  async byId(id: number) {
    return this.rows.find((row) => row.id === id) ?? null;
  }
  async newest(purpose: string, mid: string) {
    const found = this.rows.filter((row) => row.purpose === purpose && row.mid === mid);
    return found.sort((a, b) => b.version - a.version)[0] ?? null;
  }
  async newestOfAll(purpose: string) {
    const mids = new Set(this.rows.filter((row) => row.purpose === purpose).map(({ mid }) => mid));
    return Promise.all([...mids].map(async (mid) => (await this.newest(purpose, mid))!));
  }
  async wrappedByOthers(rootVersion: number, afterId: number, max: number) {
    return this.rows.filter((row) => row.rootVersion !== rootVersion && row.id > afterId).slice(0, max);
  }
  async add(key: NewDataKey) {
    const same = ({ purpose, mid, version }: NewDataKey) =>
      purpose === key.purpose && mid === key.mid && version === key.version;
    if (this.rows.some(same)) return false;
    this.rows.push({ ...key, id: this.rows.length + 1 });
    return true;
  }
  async rewrap(key: WrappedDataKey, rootVersion: number, wrapped: Buffer) {
    const index = this.rows.findIndex((row) => row.id === key.id && row.rootVersion === key.rootVersion);
    if (index < 0) return false;
    this.rows[index] = { ...this.rows[index]!, rootVersion, wrapped };
    return true;
  }
}

const ROOT_1 = { version: 1, key: randomBytes(32) };
const ROOT_2 = { version: 2, key: randomBytes(32) };
const ringOf = (store: DataKeyStore, ...rootKeys: (typeof ROOT_1)[]) =>
  new KeyRing({ rootKeys, cacheTtlMs: 5_000 } as unknown as AppConfig, store);
const CONTEXT: SealContext = { table: 'members', column: 'phone_sealed', rowId: 'mem_1', mid: 'M0000001' };

describe('Sealer', () => {
  let store: MemoryStore;
  let sealer: Sealer;

  beforeEach(() => {
    store = new MemoryStore();
    sealer = new Sealer(ringOf(store, ROOT_1));
  });

  it('opens in its own place what was sealed there', async () => {
    const sealed = await sealer.seal('pii', CONTEXT, '010-1234-5678');
    expect((await sealer.open('pii', CONTEXT, sealed)).toString()).toBe('010-1234-5678');
    expect(sealed.includes('1234')).toBe(false);
    expect((await sealer.open('pii', CONTEXT, await sealer.seal('pii', CONTEXT, ''))).length).toBe(0);
  });

  it.each<[string, Partial<SealContext>]>([
    ['table', { table: 'branches' }],
    ['column', { column: 'email_sealed' }],
    ['row', { rowId: 'mem_2' }],
    ['merchant', { mid: 'M0000002' }],
    ['no merchant', { mid: undefined }],
  ])('refuses a value moved to another %s', async (_, moved) => {
    const sealed = await sealer.seal('pii', CONTEXT, 'value');
    await sealer.seal('pii', { ...CONTEXT, ...moved }, 'so that the other place has a key');
    await expect(sealer.open('pii', { ...CONTEXT, ...moved }, sealed)).rejects.toThrow(SealBroken);
  });

  it('refuses a value sealed for another purpose', async () => {
    const sealed = await sealer.seal('pii', CONTEXT, 'value');
    await expect(sealer.open('card', CONTEXT, sealed)).rejects.toThrow(SealBroken);
  });

  it('does not confuse contexts whose parts join to the same text', async () => {
    const sealed = await sealer.seal('pii', { ...CONTEXT, table: 'a","b', column: 'c' }, 'value');
    await expect(sealer.open('pii', { ...CONTEXT, table: 'a', column: 'b","c' }, sealed)).rejects.toThrow(
      SealBroken,
    );
  });

  it('refuses a change of any byte', async () => {
    const sealed = await sealer.seal('pii', CONTEXT, 'a value of some length');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = changed[index]! ^ 1;
      await expect(sealer.open('pii', CONTEXT, changed)).rejects.toThrow(SealBroken);
    }
  });

  it('refuses a value or tag cut short at any length', async () => {
    const sealed = await sealer.seal('pii', CONTEXT, 'value');
    for (let length = 0; length < sealed.length; length += 1) {
      await expect(sealer.open('pii', CONTEXT, sealed.subarray(0, length))).rejects.toThrow(SealBroken);
    }
  });

  it('never uses a nonce twice', async () => {
    const nonces = new Set<string>();
    for (let n = 0; n < 1_000; n += 1) {
      nonces.add((await sealer.seal('pii', CONTEXT, 'value')).subarray(5, 17).toString('hex'));
    }
    expect(nonces.size).toBe(1_000);
  });

  it('makes one key when many seal at once, in one process and in two', async () => {
    const other = new Sealer(ringOf(store, ROOT_1));
    const sealed = await Promise.all([sealer, other, sealer, other].map((s) => s.seal('pii', CONTEXT, 'v')));
    expect(store.rows).toHaveLength(1);
    for (const value of sealed) expect((await sealer.open('pii', CONTEXT, value)).toString()).toBe('v');
  });

  it('keeps merchants and purposes under keys of their own', async () => {
    await sealer.seal('pii', CONTEXT, 'v');
    await sealer.seal('pii', { ...CONTEXT, mid: 'M0000002' }, 'v');
    await sealer.seal('card', CONTEXT, 'v');
    expect(store.rows).toHaveLength(3);
  });

  it('opens old values after a rotation and seals new ones with the new version', async () => {
    const ring = ringOf(store, ROOT_1);
    const rotating = new Sealer(ring);
    const old = await rotating.seal('pii', CONTEXT, 'old');
    expect(await ring.rotate('pii')).toBe(1);
    const fresh = await rotating.seal('pii', CONTEXT, 'fresh');
    expect([old.readUInt32BE(1), fresh.readUInt32BE(1)]).toEqual([1, 2]);
    expect(store.rows.map(({ version }) => version)).toEqual([1, 2]);
    const restarted = new Sealer(ringOf(store, ROOT_1));
    expect((await restarted.open('pii', CONTEXT, old)).toString()).toBe('old');
    expect((await restarted.open('pii', CONTEXT, fresh)).toString()).toBe('fresh');
  });

  it('opens everything after a rewrap, without the old root key', async () => {
    const sealed = await sealer.seal('pii', CONTEXT, 'value');
    await sealer.seal('card', CONTEXT, 'value');
    const both = ringOf(store, ROOT_2, ROOT_1);
    expect((await new Sealer(both).open('pii', CONTEXT, sealed)).toString()).toBe('value');
    expect(await both.rewrapAll()).toBe(2);
    expect(await both.rewrapAll()).toBe(0);
    const newestOnly = new Sealer(ringOf(store, ROOT_2));
    expect((await newestOnly.open('pii', CONTEXT, sealed)).toString()).toBe('value');
    await expect(new Sealer(ringOf(store, ROOT_1)).open('pii', CONTEXT, sealed)).rejects.toThrow(
      'ROOT_KEYS lacks',
    );
  });

  it('refuses a wrapped key that was moved to another purpose or merchant', async () => {
    const sealed = await sealer.seal('pii', CONTEXT, 'value');
    store.rows[0] = { ...store.rows[0]!, mid: 'M0000002' };
    const restarted = new Sealer(ringOf(store, ROOT_1));
    await expect(restarted.open('pii', { ...CONTEXT, mid: 'M0000002' }, sealed)).rejects.toThrow(SealBroken);
  });
});

describe('BlindIndex', () => {
  it('gives equal fingerprints for equal values of one purpose only, in every process', async () => {
    const store = new MemoryStore();
    const index = new BlindIndex(ringOf(store, ROOT_1));
    const card = await index.fingerprint('card', '4242424242424242');
    expect(card).toHaveLength(32);
    expect(await new BlindIndex(ringOf(store, ROOT_1)).fingerprint('card', '4242424242424242')).toEqual(card);
    expect(await index.fingerprint('phone', '4242424242424242')).not.toEqual(card);
    expect(await index.fingerprint('card', '4242424242424243')).not.toEqual(card);
    const elsewhere = new BlindIndex(ringOf(new MemoryStore(), ROOT_1));
    expect(await elsewhere.fingerprint('card', '4242424242424242')).not.toEqual(card);
  });

  it('answers without waiting once ready, and says when it is not', async () => {
    const index = new BlindIndex(ringOf(new MemoryStore(), ROOT_1));
    expect(() => index.fingerprintSync('card', 'x')).toThrow("ready('card')");
    await index.ready('card');
    expect(index.fingerprintSync('card', 'x')).toEqual(await index.fingerprint('card', 'x'));
  });
});
