/** Every state of an endpoint, and the states that may follow it. */
export const ENDPOINT_TRANSITIONS = {
  /** Is told of every event that it asks for. */
  ENABLED: ['DISABLED', 'DELETED'],
  /** Is told nothing; what was on its way waits until it is enabled again. */
  DISABLED: ['ENABLED', 'DELETED'],
  DELETED: [],
} as const satisfies Record<string, readonly string[]>;

export type EndpointStatus = keyof typeof ENDPOINT_TRANSITIONS;

/** MERCHANT: it wished so. GONE: the endpoint answered 410. EXHAUSTED: every try of a delivery failed. */
export const DISABLED_REASONS = ['MERCHANT', 'GONE', 'EXHAUSTED'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

export function mayEndpointFollow(from: EndpointStatus, to: EndpointStatus): boolean {
  return (ENDPOINT_TRANSITIONS[from] as readonly EndpointStatus[]).includes(to);
}
