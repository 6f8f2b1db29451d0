import type { Channel, MessageContent } from './messaging.types';

/** How far the provider is with a message. Only what it says itself counts; everything else is UNKNOWN. */
export type Standing =
  | { readonly kind: 'NOT_SENT' }
  | { readonly kind: 'SENT' }
  | { readonly kind: 'DELIVERED' }
  | { readonly kind: 'FAILED'; readonly code: string }
  | { readonly kind: 'UNKNOWN' };

export type Opened = { readonly kind: 'OPENED'; readonly handle: string } | { readonly kind: 'UNKNOWN' };

export interface OutgoingMessage {
  readonly messageId: string;
  readonly to: string;
  readonly content: MessageContent;
}

/**
 * Who takes messages to people. Sending has two steps, so that a message goes out once: `open` gives a handle and
 * sends nothing, the handle is committed, and only then `send` is called. What became of a `send` that was not
 * answered is asked by the handle before it is sent again.
 */
export interface MessageProvider {
  readonly name: string;
  readonly channel: Channel;
  /** Whether `look` tells of delivery after it was sent. */
  readonly reportsDelivery: boolean;
  open(messageId: string): Promise<Opened>;
  send(handle: string, message: OutgoingMessage): Promise<Standing>;
  look(handle: string): Promise<Standing>;
}

export const MESSAGE_PROVIDERS = Symbol('message providers');
export type MessageProviders = ReadonlyMap<Channel, MessageProvider>;
