/** Every state of a notice, and the states that may follow it. A withdrawn one is kept and shown to operators only. */
export const NOTICE_TRANSITIONS = {
  ACTIVE: ['WITHDRAWN'],
  WITHDRAWN: [],
} as const satisfies Record<string, readonly string[]>;

export type NoticeStatus = keyof typeof NOTICE_TRANSITIONS;

export const NOTICE_PHASES = ['SCHEDULED', 'PUBLISHED', 'ENDED', 'WITHDRAWN'] as const;
export type NoticePhase = (typeof NOTICE_PHASES)[number];

interface Window {
  readonly status: NoticeStatus;
  readonly publishedFrom: Date;
  /** null = without end. */
  readonly publishedTo: Date | null;
}

/** Where a notice stands now. It is published from its first moment, and no more at its last. */
export function phaseOf({ status, publishedFrom, publishedTo }: Window, now: Date): NoticePhase {
  if (status === 'WITHDRAWN') return 'WITHDRAWN';
  if (publishedFrom > now) return 'SCHEDULED';
  return publishedTo !== null && publishedTo <= now ? 'ENDED' : 'PUBLISHED';
}
