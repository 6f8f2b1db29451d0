import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { MayBeAbsent } from '../../../../common/http/may-be-absent';
import { PageQuery } from '../../../../common/pagination/page.query';
import { type SentEventType, TEST_EVENT_TYPE, WEBHOOK_EVENT_TYPES } from '../../webhooks.types';

const TYPES = [...WEBHOOK_EVENT_TYPES, TEST_EVENT_TYPE] as const;
const ORDERS = ['asc', 'desc'] as const;

export class WebhookEventsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: TYPES, example: 'payment.approved', description: '종류 / Type' })
  @MayBeAbsent()
  @IsIn(TYPES)
  type?: SentEventType;

  @ApiPropertyOptional({
    enum: ORDERS,
    default: 'desc',
    example: 'asc',
    description: '순번의 차례, asc는 오래된 것부터 / By sequence; asc = oldest first, for catching up',
  })
  @MayBeAbsent()
  @IsIn(ORDERS)
  order?: 'asc' | 'desc';

  @ApiPropertyOptional({
    example: 17,
    minimum: 0,
    description: '이 순번 다음 것만 / Only what was numbered after it',
  })
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  afterSequence?: number;
}
