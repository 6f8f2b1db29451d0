import type { AppConfig } from '../../../config/app-config';
import type { SeqRange } from './news.types';
import type { OutboxSource } from './outbox-source';
import type { PaymentSource } from './payment-source';
import { RelayEventsJob } from './relay-events.job';
import type { OpenGap, RelayRepository } from './relay.repository';

it('looks into the highest gaps first, so that what it sees has nothing before it that it did not see', async () => {
  const asked: SeqRange[] = [];
  const nothing = { seqs: [], news: [] };
  const source = (name: string) => ({
    name,
    after: () => Promise.resolve(nothing),
    among: (ranges: readonly SeqRange[]) => {
      if (name === 'PAYMENT') asked.push(...ranges);
      return Promise.resolve(nothing);
    },
  });
  const gaps = Array.from({ length: 450 }, (_, index): OpenGap => {
    const from = ((index * 7) % 450) * 2;
    return { source: 'PAYMENT', from, to: from, ageMs: 0 };
  });
  const relay = {
    positions: () => Promise.resolve([{ source: 'PAYMENT', position: 1_000, version: 0 }]),
    gaps: () => Promise.resolve(gaps),
  };
  const job = new RelayEventsJob(
    relay as unknown as RelayRepository,
    { webhooks: { gapMs: 60_000 } } as AppConfig,
    source('PAYMENT') as unknown as PaymentSource,
    source('OUTBOX') as unknown as OutboxSource,
  );
  expect(await job.sweep()).toBe(0);
  const lows = asked.map(({ from }) => from);
  expect(lows).toHaveLength(450);
  expect(lows).toEqual([...lows].sort((a, b) => b - a));
});
