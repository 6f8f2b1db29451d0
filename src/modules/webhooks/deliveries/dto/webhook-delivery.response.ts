import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../../common/time/korean-time';
import type { Delivery, DeliveryAttempt, DeliveryOutcome } from '../delivery.types';
import { DELIVERY_OUTCOMES } from '../delivery.types';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../webhook-delivery.state';

const AT = '2026-11-21T15:04:05.000+09:00';
const timeOrNull = (at: Date | null) => (at === null ? null : koreanTime(at));

/** Of the answer only its status and its kind are shown: never a word of it. */
class TriedResponse {
  @ApiProperty({ enum: DELIVERY_OUTCOMES, example: 'DELIVERED', description: '결과 / Outcome' })
  outcome: DeliveryOutcome;

  @ApiProperty({ example: 200, nullable: true, type: Number, description: 'HTTP 상태 / HTTP status' })
  httpStatus: number | null;

  @ApiProperty({ example: 84, description: '걸린 시간(ms) / Milliseconds that it took' })
  durationMs: number;

  @ApiProperty({ format: 'date-time', example: AT })
  startedAt: string;
}

export class WebhookDeliveryResponse {
  @ApiProperty({ example: 'whd_01KAJR38VNR81X7S9FZBZ4D62E' })
  deliveryId: string;

  @ApiProperty({ example: 'evt_01KAJR38VNR81X7S9FZBZ4D62E' })
  eventId: string;

  @ApiProperty({ example: 'whe_01KAJR38VNR81X7S9FZBZ4D62E' })
  endpointId: string;

  @ApiProperty({ example: 'payment.approved' })
  eventType: string;

  @ApiProperty({ example: 17, description: '이벤트의 순번 / Sequence of the event' })
  sequence: number;

  @ApiProperty({
    example: 0,
    description: '몇 번째 재전송, 처음은 0 / Which redelivery; 0 = the first delivery',
  })
  round: number;

  @ApiProperty({ enum: DELIVERY_STATUSES, example: 'DELIVERED' })
  status: DeliveryStatus;

  @ApiProperty({ example: 1, description: '보낸 횟수 / Tries made' })
  tries: number;

  @ApiProperty({ format: 'date-time', nullable: true, type: String, example: null })
  nextTryAt: string | null;

  @ApiProperty({ enum: DELIVERY_OUTCOMES, nullable: true, example: 'DELIVERED' })
  lastOutcome: DeliveryOutcome | null;

  @ApiProperty({ example: 200, nullable: true, type: Number })
  lastHttpStatus: number | null;

  @ApiProperty({ example: 84, nullable: true, type: Number })
  lastDurationMs: number | null;

  @ApiProperty({ format: 'date-time', example: AT })
  createdAt: string;

  @ApiProperty({ format: 'date-time', nullable: true, type: String, example: AT })
  endedAt: string | null;

  static of({ nextTryAt, createdAt, endedAt, ...delivery }: Delivery): WebhookDeliveryResponse {
    const { deliveryId, eventId, endpointId, eventType, sequence, round, status, tries } = delivery;
    const { lastOutcome, lastHttpStatus, lastDurationMs } = delivery;
    return {
      ...{ deliveryId, eventId, endpointId, eventType, sequence, round, status, tries },
      nextTryAt: timeOrNull(nextTryAt),
      ...{ lastOutcome, lastHttpStatus, lastDurationMs },
      createdAt: koreanTime(createdAt),
      endedAt: timeOrNull(endedAt),
    };
  }
}

export class WebhookDeliveryDetailResponse extends WebhookDeliveryResponse {
  @ApiProperty({
    type: [TriedResponse],
    description: '오래된 것부터, 최근 100번 / Oldest first, the latest 100',
  })
  attempts: TriedResponse[];

  static detail(delivery: Delivery, attempts: readonly DeliveryAttempt[]): WebhookDeliveryDetailResponse {
    return {
      ...WebhookDeliveryResponse.of(delivery),
      attempts: attempts.map(({ outcome, httpStatus, durationMs, startedAt }) => ({
        ...{ outcome, httpStatus, durationMs, startedAt: koreanTime(startedAt) },
      })),
    };
  }
}

export class WebhookDeliveryListResponse {
  @ApiProperty({ type: [WebhookDeliveryResponse], description: '최근 것부터 / Newest first' })
  data: WebhookDeliveryResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: '다음 쪽의 cursor, 없으면 null / Cursor of the next page; null = the last',
    example: null,
  })
  nextCursor: string | null;
}
