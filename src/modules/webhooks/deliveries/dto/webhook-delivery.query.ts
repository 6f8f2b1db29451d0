import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { MayBeAbsent } from '../../../../common/http/may-be-absent';
import { DaysPageQuery } from '../../../../common/pagination/days-page.query';
import { type SentEventType, TEST_EVENT_TYPE, WEBHOOK_EVENT_TYPES } from '../../webhooks.types';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../webhook-delivery.state';

const TYPES = [...WEBHOOK_EVENT_TYPES, TEST_EVENT_TYPE] as const;
const ENDPOINT = /^whe_[0-9A-HJKMNP-TV-Z]{26}$/;

export class WebhookDeliveriesQuery extends DaysPageQuery {
  @ApiPropertyOptional({
    example: 'whe_01KAJR38VNR81X7S9FZBZ4D62E',
    pattern: ENDPOINT.source,
    description: '웹훅 주소 / Endpoint',
  })
  @MayBeAbsent()
  @Matches(ENDPOINT)
  endpointId?: string;

  @ApiPropertyOptional({ enum: DELIVERY_STATUSES, example: 'FAILED', description: '상태 / State' })
  @MayBeAbsent()
  @IsIn(DELIVERY_STATUSES)
  status?: DeliveryStatus;

  @ApiPropertyOptional({ enum: TYPES, example: 'payment.approved', description: '이벤트 종류 / Event type' })
  @MayBeAbsent()
  @IsIn(TYPES)
  eventType?: SentEventType;
}
