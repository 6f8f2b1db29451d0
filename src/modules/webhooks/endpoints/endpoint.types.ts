import type { Secret } from '../../../common/masking/secret';
import type { WebhookEventType } from '../webhooks.types';
import type { DisabledReason, EndpointStatus } from './webhook-endpoint.state';

/** Where a merchant wants to be told, without its secrets. */
export interface Endpoint {
  readonly endpointId: string;
  readonly mid: string;
  readonly url: string;
  readonly description: string | null;
  /** Null = all. */
  readonly eventTypes: readonly WebhookEventType[] | null;
  readonly status: EndpointStatus;
  readonly disabledReason: DisabledReason | null;
  readonly version: number;
  /** Until then what is sent is signed with the secret before as well; null = one secret only. */
  readonly previousSecretUntil: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface EndpointWithSecret {
  readonly endpoint: Endpoint;
  /** Shown once. */
  readonly secret: Secret<string>;
}

/** What a merchant wishes for. */
export interface EndpointWish {
  readonly url: string;
  readonly description: string | null;
  readonly eventTypes: readonly WebhookEventType[] | null;
}

export interface EndpointChange extends Partial<EndpointWish> {
  readonly enabled?: boolean;
}
