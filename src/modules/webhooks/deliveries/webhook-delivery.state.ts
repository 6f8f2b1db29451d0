/** Every state of a delivery, and the states that may follow it. A redelivery is a delivery of its own. */
export const DELIVERY_TRANSITIONS = {
  /** Waits for its next try. */
  PENDING: ['SENDING', 'DISCARDED'],
  /** Taken by a worker, for as long as its lease; taken again when that is over. */
  SENDING: ['SENDING', 'DELIVERED', 'PENDING', 'FAILED', 'DISCARDED'],
  /** The endpoint answered 2xx. */
  DELIVERED: [],
  /** Every try failed, or the endpoint answered 410. */
  FAILED: [],
  /** The endpoint was deleted before. */
  DISCARDED: [],
} as const satisfies Record<string, readonly string[]>;

export type DeliveryStatus = keyof typeof DELIVERY_TRANSITIONS;
export const DELIVERY_STATUSES = Object.keys(DELIVERY_TRANSITIONS) as DeliveryStatus[];

/** Ended: nothing more is done for them. */
export const ENDED_STATUSES = ['DELIVERED', 'FAILED', 'DISCARDED'] as const satisfies DeliveryStatus[];
export type EndedStatus = (typeof ENDED_STATUSES)[number];

/** Throws when the table does not allow the change: a programming error, caught before anything is written. */
export function assertDeliveryTransition(from: DeliveryStatus, to: DeliveryStatus): void {
  if (!(DELIVERY_TRANSITIONS[from] as readonly DeliveryStatus[]).includes(to))
    throw new Error(`a delivery may not go from ${from} to ${to}`);
}
