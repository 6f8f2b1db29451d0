import { Injectable } from '@nestjs/common';
import { isId } from '../../../common/ids/id';
import type { WebhookEvent } from '../webhooks.types';
import { type EventSearch, EventsRepository } from './events.repository';

@Injectable()
export class ReadEvents {
  constructor(private readonly events: EventsRepository) {}

  list(search: EventSearch) {
    return this.events.list(search);
  }

  /** Null for another merchant's. */
  async find(mid: string, eventId: string): Promise<WebhookEvent | null> {
    return isId('evt', eventId) ? this.events.find(mid, eventId) : null;
  }
}
