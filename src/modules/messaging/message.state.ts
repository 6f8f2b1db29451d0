import type { MessageStatus } from './messaging.types';

/** Every state of a message, and the states that may follow it. */
export const MESSAGE_TRANSITIONS = {
  QUEUED: ['SENT', 'FAILED'],
  SENT: ['DELIVERED', 'FAILED'],
  DELIVERED: [],
  FAILED: [],
} as const satisfies Record<MessageStatus, readonly MessageStatus[]>;

/** Throws when the table does not allow the change: a programming error, caught before anything is written. */
export function assertMessageTransition(from: MessageStatus, to: MessageStatus): void {
  if (!(MESSAGE_TRANSITIONS[from] as readonly MessageStatus[]).includes(to))
    throw new Error(`a message may not go from ${from} to ${to}`);
}
