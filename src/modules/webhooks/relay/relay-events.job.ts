import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../config/app-config';
import { gapsBetween, withoutFound } from './gaps.policy';
import type { News, NewsPage, NewsSource } from './news.types';
import { OutboxSource } from './outbox-source';
import { PaymentSource } from './payment-source';
import { type OpenGap, type Position, type RelayBatch, RelayRepository } from './relay.repository';

const ROWS_AT_A_TIME = 300;
const RANGES_AT_A_TIME = 200;

interface Reading {
  readonly position: Position;
  readonly fresh: NewsPage;
  readonly late: NewsPage;
  readonly gaps: readonly OpenGap[];
}

/**
 * Makes events of what was committed. Numbers of rows are given out before commits, so what is read in their order may
 * pass by a transaction that is still open: the numbers without a row are kept as gaps, looked at again each time, and
 * forgotten only when they are older than any statement and no open transaction holds them. So nothing is passed over, and
 * a transaction that stays open for long keeps nobody else's events.
 */
@Injectable()
export class RelayEventsJob {
  private readonly sources: readonly NewsSource[];

  constructor(
    private readonly relay: RelayRepository,
    private readonly config: AppConfig,
    payments: PaymentSource,
    outbox: OutboxSource,
  ) {
    this.sources = [outbox, payments];
  }

  /** One reading of all tables; answers how many rows it took. */
  async sweep(): Promise<number> {
    const positions = await this.relay.positions();
    const gaps = await this.relay.gaps();
    const readings: Reading[] = [];
    for (const position of positions) {
      const source = this.sources.find(({ name }) => name === position.source);
      if (source === undefined) throw new Error(`nobody reads ${position.source}`);
      const open = gaps.filter((gap) => gap.source === position.source);
      readings.push(await this.read(source, position, open));
    }
    const batch = batchOf(readings);
    const rows = readings.reduce((sum, { fresh, late }) => sum + fresh.seqs.length + late.seqs.length, 0);
    if (rows > 0 && !(await this.relay.write(batch))) return 0;
    await this.forgetUnused(gaps);
    return rows;
  }

  /**
   * The gaps after the new rows, never before, and the highest first: two changes of one thing commit in the order of
   * their numbers, so a reading that sees the second one finds the first in its gap.
   */
  private async read(source: NewsSource, position: Position, gaps: readonly OpenGap[]): Promise<Reading> {
    const fresh = await source.after(position.position, ROWS_AT_A_TIME);
    const pages: NewsPage[] = [];
    const downwards = [...gaps].sort((a, b) => b.from - a.from);
    for (let from = 0; from < downwards.length; from += RANGES_AT_A_TIME) {
      pages.push(await source.among(downwards.slice(from, from + RANGES_AT_A_TIME)));
    }
    const seqs = pages.flatMap((page) => page.seqs).sort((a, b) => a - b);
    const news = pages.flatMap((page) => page.news).sort((a, b) => a.seq - b.seq);
    return { position, fresh, late: { seqs, news }, gaps };
  }

  private async forgetUnused(gaps: readonly OpenGap[]): Promise<void> {
    for (const source of this.sources) {
      const old = gaps.filter((gap) => gap.source === source.name && gap.ageMs >= this.config.webhooks.gapMs);
      for (let from = 0; from < old.length; from += RANGES_AT_A_TIME) {
        const part = old.slice(from, from + RANGES_AT_A_TIME);
        await this.forget(source, part);
      }
    }
  }

  /** Halves what cannot be forgotten together: one long transaction keeps its own numbers and no others. */
  private async forget(source: NewsSource, gaps: readonly OpenGap[]): Promise<void> {
    if (gaps.length === 0) return;
    if (await source.areUnused(gaps)) {
      await this.relay.forget(gaps);
      return;
    }
    if (gaps.length === 1) return;
    const half = Math.ceil(gaps.length / 2);
    await this.forget(source, gaps.slice(0, half));
    await this.forget(source, gaps.slice(half));
  }
}

function batchOf(readings: readonly Reading[]): RelayBatch {
  const sources = readings.map(({ position: { source, position }, fresh, late, gaps }) => ({
    opened: gapsBetween(position, fresh.seqs).map((gap) => ({ ...gap, source })),
    filled: gaps
      .filter(({ from, to }) => late.seqs.some((seq) => seq >= from && seq <= to))
      .map((gap) => ({ gap, left: withoutFound(gap, late.seqs) })),
    news: [...late.news, ...fresh.news],
  }));
  return {
    moves: readings.map(({ position, fresh }) => ({
      ...position,
      moveTo: fresh.seqs.at(-1) ?? position.position,
    })),
    opened: sources.flatMap(({ opened }) => opened),
    filled: sources.flatMap(({ filled }) => filled),
    news: merged(sources.map(({ news }) => news)),
  };
}

/** By their times, but each source in its own order. */
function merged(lists: readonly (readonly News[])[]): News[] {
  const rest = lists.map((list) => [...list]);
  const all: News[] = [];
  for (;;) {
    const heads = rest.filter((list) => list.length > 0);
    if (heads.length === 0) return all;
    heads.sort(([a], [b]) => a!.occurredAt.getTime() - b!.occurredAt.getTime());
    all.push(heads[0]!.shift()!);
  }
}
