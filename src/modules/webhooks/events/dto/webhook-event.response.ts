import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import {
  SCHEMA_VERSION,
  type SentEventType,
  TEST_EVENT_TYPE,
  WEBHOOK_EVENT_TYPES,
  type WebhookEvent,
} from '../../webhooks.types';
import { shownEvent } from '../event-body';
import {
  BillingKeyEventData,
  CashReceiptEventData,
  EndpointEventData,
  PaymentEventData,
  SettlementEventData,
  SubscriptionEventData,
  TestEventData,
  VirtualAccountEventData,
} from './event-data.response';

const DATA = [
  ...[PaymentEventData, VirtualAccountEventData, BillingKeyEventData, SubscriptionEventData],
  ...[CashReceiptEventData, SettlementEventData, EndpointEventData, TestEventData],
];

/** An event, as it is sent and as the API answers it. */
@ApiExtraModels(...DATA)
export class WebhookEventResponse {
  @ApiProperty({
    example: 'evt_01KAJR38VNR81X7S9FZBZ4D62E',
    description:
      '언제나 같은 값. 같은 이벤트가 두 번 오면 이것으로 거릅니다 / Stable: tells an event that comes twice; also the header webhook-id',
  })
  id: string;

  @ApiProperty({ enum: [...WEBHOOK_EVENT_TYPES, TEST_EVENT_TYPE], example: 'payment.approved' })
  type: SentEventType;

  @ApiProperty({
    example: SCHEMA_VERSION,
    description:
      'data 형식의 날짜. 항목이 늘 수는 있고, 그 밖의 변경은 새 날짜가 됩니다 / Date of the form of data; fields may be added to it, any other change gets a new date',
  })
  schemaVersion: string;

  @ApiProperty({ example: 'M0000001' })
  mid: string;

  @ApiProperty({
    example: 17,
    description:
      '가맹점 안의 순번. 늦게 온 것을 가려냅니다 / Number within the merchant: tells what came late. Changes of one thing are numbered in their order',
  })
  sequence: number;

  @ApiProperty({
    format: 'date-time',
    example: '2026-11-21T15:04:05.000+09:00',
    description: '일어난 시각 / When it happened',
  })
  timestamp: string;

  @ApiProperty({
    oneOf: DATA.map((model) => ({ $ref: getSchemaPath(model) })),
    description: 'type의 앞부분에 따른 내용 / By the first part of type',
  })
  data: object;

  static of(event: WebhookEvent): WebhookEventResponse {
    return shownEvent(event);
  }
}

export class WebhookEventListResponse {
  @ApiProperty({ type: [WebhookEventResponse] })
  data: WebhookEventResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: '다음 쪽의 cursor, 없으면 null / Cursor of the next page; null = the last',
    example: null,
  })
  nextCursor: string | null;
}
