import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../../common/time/korean-time';
import { WEBHOOK_EVENT_TYPES, type WebhookEventType } from '../../webhooks.types';
import type { Endpoint, EndpointWithSecret } from '../endpoint.types';
import { DISABLED_REASONS, type DisabledReason } from '../webhook-endpoint.state';

const AT = '2026-11-21T15:04:05.000+09:00';

/** An endpoint without its secret. */
export class WebhookEndpointResponse {
  @ApiProperty({ example: 'whe_01KAJR38VNR81X7S9FZBZ4D62E' })
  endpointId: string;

  @ApiProperty({ example: 'https://shop.example.com/webhooks' })
  url: string;

  @ApiProperty({ type: String, nullable: true, example: '주문 서버' })
  description: string | null;

  @ApiProperty({
    enum: WEBHOOK_EVENT_TYPES,
    isArray: true,
    nullable: true,
    example: ['payment.approved', 'payment.cancelled'],
    description: 'null이면 모두 / null = all',
  })
  eventTypes: WebhookEventType[] | null;

  @ApiProperty({ example: true })
  enabled: boolean;

  @ApiProperty({
    enum: DISABLED_REASONS,
    nullable: true,
    example: null,
    description:
      'MERCHANT: 가맹점이 끔, GONE: 410으로 답함, EXHAUSTED: 모든 시도가 실패 / Why it is disabled: by the merchant, it answered 410, or every try failed',
  })
  disabledReason: DisabledReason | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: '그때까지 앞의 비밀로도 서명 / Until then the secret before signs too',
  })
  previousSecretUntil: string | null;

  @ApiProperty({ format: 'date-time', example: AT })
  createdAt: string;

  @ApiProperty({ format: 'date-time', example: AT })
  updatedAt: string;

  static of(endpoint: Endpoint): WebhookEndpointResponse {
    const { endpointId, url, description, eventTypes, status, disabledReason, previousSecretUntil } =
      endpoint;
    return {
      ...{ endpointId, url, description, disabledReason },
      eventTypes: eventTypes === null ? null : [...eventTypes],
      enabled: status === 'ENABLED',
      previousSecretUntil: previousSecretUntil === null ? null : koreanTime(previousSecretUntil),
      createdAt: koreanTime(endpoint.createdAt),
      updatedAt: koreanTime(endpoint.updatedAt),
    };
  }
}

export class WebhookEndpointWithSecretResponse extends WebhookEndpointResponse {
  @ApiProperty({
    example: 'whsec_q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=',
    description:
      '서명을 확인할 비밀. 이 응답에서 한 번만 보입니다 / For verifying signatures. Shown in this answer only',
  })
  secret: string;

  static withSecret({ endpoint, secret }: EndpointWithSecret): WebhookEndpointWithSecretResponse {
    return { ...WebhookEndpointResponse.of(endpoint), secret: secret.expose() };
  }
}

export class WebhookEndpointListResponse {
  @ApiProperty({ type: [WebhookEndpointResponse], description: '최근 것부터 / Newest first' })
  data: WebhookEndpointResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: '다음 쪽의 cursor, 없으면 null / Cursor of the next page; null = the last',
    example: null,
  })
  nextCursor: string | null;
}

export class RedeliveryResponse {
  @ApiProperty({ example: 12, description: '다시 보낼 이벤트 수 / How many events are sent again' })
  count: number;
}
