import { once } from 'node:events';
import { Readable } from 'node:stream';
import { ExportSlots } from './export-slots';

const busy = () => new Error('busy');
const closed = async (stream: Readable) => {
  const close = once(stream, 'close');
  stream.destroy();
  await close;
};

it('gives a slot back when its stream closes, and tells that the reader has gone', async () => {
  const slots = new ExportSlots();
  const signals: AbortSignal[] = [];
  const open = (gone: AbortSignal) => {
    signals.push(gone);
    return Promise.resolve(Readable.from(['x']));
  };
  const first = await slots.take(1, busy, open);
  await expect(slots.take(1, busy, open)).rejects.toThrow('busy');
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  await closed(first);
  expect(signals[0]!.aborted).toBe(true);
  await closed(await slots.take(1, busy, open));
});

it('gives it back when the file could not be opened', async () => {
  const slots = new ExportSlots();
  const broken = () => Promise.reject(new Error('broken'));
  await expect(slots.take(1, busy, broken)).rejects.toThrow('broken');
  await expect(slots.take(1, busy, broken)).rejects.toThrow('broken');
});
