import type { EventSource, WebhookEventType } from '../webhooks.types';

/** A committed change that a merchant is to be told of, read from its table. */
export interface News {
  readonly source: Exclude<EventSource, 'TEST'>;
  readonly seq: number;
  /** Given with the change where its table has one; else the event gets its id when it is made. */
  readonly eventId: string | null;
  readonly mid: string;
  readonly type: WebhookEventType;
  readonly subjectId: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
}

/** One reading of a table of changes. */
export interface NewsPage {
  /** Of every row that was read, whether it is told or not, ascending. */
  readonly seqs: readonly number[];
  readonly news: readonly News[];
}

export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

/** A table of changes whose rows are written in the transaction of what they tell. */
export interface NewsSource {
  readonly name: News['source'];
  /** What was committed after a number, at most `limit` rows, ascending. */
  after(position: number, limit: number): Promise<NewsPage>;
  /** What is committed by now under these numbers. */
  among(ranges: readonly SeqRange[]): Promise<NewsPage>;
  /** Whether nothing can appear under these numbers any more. */
  areUnused(ranges: readonly SeqRange[]): Promise<boolean>;
}
