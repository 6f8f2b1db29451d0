import { Metrics } from '../../common/metrics/metrics';
import { Clock } from '../../common/time/clock';
import { watched } from './watched-adapter';

class Adapter {
  readonly name = 'sample';
  readonly #answer = 'APPROVED';

  get capabilities() {
    return { keyIn: true };
  }

  approveKeyIn(_access: unknown, amount: number) {
    if (amount === 0) return Promise.reject(new Error('our own fault'));
    return Promise.resolve({ kind: amount < 0 ? 'UNKNOWN' : this.#answer });
  }

  newTransactionId(sequence: number) {
    return `${this.#answer}-${sequence}`;
  }
}

function sample() {
  const metrics = new Metrics();
  const adapter = watched(new Adapter(), { metrics, clock: new Clock() });
  const count = async (outcome: string) => {
    const text = await metrics.registry.metrics();
    const labels = `acquirer="sample",operation="approveKeyIn",outcome="${outcome}"`;
    return Number(new RegExp(`_duration_seconds_count\\{${labels}\\} (\\d+)`).exec(text)?.[1] ?? 0);
  };
  return { adapter, count };
}

it('answers as the adapter does, with its own state', async () => {
  const { adapter } = sample();
  expect(await adapter.approveKeyIn(null, 1)).toEqual({ kind: 'APPROVED' });
  expect(adapter.newTransactionId(7)).toBe('APPROVED-7');
  expect([adapter.name, adapter.capabilities.keyIn]).toEqual(['sample', true]);
});

it('counts each call by its outcome, and a fault of ours as an error', async () => {
  const { adapter, count } = sample();
  await adapter.approveKeyIn(null, 1);
  await adapter.approveKeyIn(null, 1);
  await adapter.approveKeyIn(null, -1);
  await expect(adapter.approveKeyIn(null, 0)).rejects.toThrow('our own fault');
  expect([await count('APPROVED'), await count('UNKNOWN'), await count('ERROR')]).toEqual([2, 1, 1]);
});
