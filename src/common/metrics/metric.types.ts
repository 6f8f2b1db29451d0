import type { GaugeName } from './catalogue';

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** One value, or one for each set of labels. */
export type Reading = number | readonly Sample[];

/** What one question answered. */
export type Readings = Readonly<Partial<Record<GaugeName, Reading>>>;
