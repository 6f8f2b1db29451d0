import { Injectable } from '@nestjs/common';
import { fault } from '../../../common/errors/app-error';
import { isId } from '../../../common/ids/id';
import { WEBHOOKS_ERRORS } from '../webhooks.errors';
import { DeliveriesRepository, type DeliverySearch } from './deliveries.repository';
import type { Delivery, DeliveryAttempt } from './delivery.types';

@Injectable()
export class ReadDeliveries {
  constructor(private readonly deliveries: DeliveriesRepository) {}

  list(search: DeliverySearch) {
    return this.deliveries.list(search);
  }

  /** With its tries. Throws WEBHOOK_DELIVERY_NOT_FOUND. */
  async one(
    mid: string,
    deliveryId: string,
  ): Promise<{ readonly delivery: Delivery; readonly attempts: readonly DeliveryAttempt[] }> {
    const delivery = isId('whd', deliveryId) ? await this.deliveries.find(mid, deliveryId) : null;
    if (delivery === null) throw fault(WEBHOOKS_ERRORS, 'WEBHOOK_DELIVERY_NOT_FOUND');
    return { delivery, attempts: await this.deliveries.attempts(deliveryId) };
  }
}
