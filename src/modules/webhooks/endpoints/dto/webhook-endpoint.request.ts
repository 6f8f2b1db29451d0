import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { IsInstant } from '../../../../common/http/instant.validator';
import { MayBeAbsent } from '../../../../common/http/may-be-absent';
import { ENDED_STATUSES, type EndedStatus } from '../../deliveries/webhook-delivery.state';
import { WEBHOOK_EVENT_TYPES, type WebhookEventType } from '../../webhooks.types';

const URL_MAX = 1_000;
const DESCRIPTION_MAX = 200;
const PLAIN = /^[^\p{Cc}]*$/u;
/** As it is sent on the wire: other characters are %XX, in names Punycode. */
const PRINTABLE = /^[\x21-\x7e]*$/;
const OVERLAP_MAX_S = 604_800;
/** Absent and null are fine: null means all, or none. */
const present = (_: unknown, value: unknown) => value !== undefined && value !== null;

class EndpointOptions {
  @ApiPropertyOptional({
    enum: WEBHOOK_EVENT_TYPES,
    isArray: true,
    nullable: true,
    example: ['payment.approved', 'payment.cancelled'],
    description: '받을 이벤트, null이면 모두 / Event types; null = all, later ones too',
  })
  @ValidateIf(present)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(WEBHOOK_EVENT_TYPES, { each: true })
  eventTypes?: WebhookEventType[] | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: DESCRIPTION_MAX,
    example: '주문 서버',
    description: '메모 / A note',
  })
  @ValidateIf(present)
  @IsString()
  @Length(0, DESCRIPTION_MAX)
  @Matches(PLAIN)
  description?: string | null;
}

export class NewWebhookEndpointRequest extends EndpointOptions {
  @ApiProperty({
    maxLength: URL_MAX,
    example: 'https://shop.example.com/webhooks',
    description:
      '밖에서 닿는 https 주소, 포트는 443이나 8443 / An https address that can be reached from outside, at port 443 or 8443',
  })
  @IsString()
  @Length(1, URL_MAX)
  @Matches(PRINTABLE)
  url: string;
}

export class ChangeWebhookEndpointRequest extends EndpointOptions {
  @ApiPropertyOptional({ maxLength: URL_MAX, example: 'https://shop.example.com/webhooks' })
  @MayBeAbsent()
  @IsString()
  @Length(1, URL_MAX)
  @Matches(PRINTABLE)
  url?: string;

  @ApiPropertyOptional({
    example: true,
    description:
      'false면 끄고 true면 다시 켭니다. 켜면 그동안 기다린 것이 이어서 갑니다 / Off, or on again; what has waited goes on then',
  })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;
}

export class RotateSecretRequest {
  @ApiPropertyOptional({
    example: 86_400,
    minimum: 0,
    maximum: OVERLAP_MAX_S,
    description:
      '앞의 비밀로도 서명할 초, 없으면 하루. 새어 나갔으면 0 / Seconds in which the secret before signs too, a day when absent; 0 when it has leaked',
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(OVERLAP_MAX_S)
  overlapSeconds?: number;
}

export class RedeliverRangeRequest {
  @ApiProperty({
    format: 'date-time',
    example: '2026-11-21T00:00:00+09:00',
    description: '이 시각부터 / From',
  })
  @IsInstant()
  from: string;

  @ApiProperty({
    format: 'date-time',
    example: '2026-11-21T12:00:00+09:00',
    description: '이 시각 전까지 / Before',
  })
  @IsInstant()
  to: string;

  @ApiPropertyOptional({
    enum: ENDED_STATUSES,
    example: 'FAILED',
    description:
      '마지막 전송이 이렇게 끝난 것만. 없으면 꺼져 있어 보내지 않은 것까지 / Only events whose latest delivery ended so; without it also those that were never sent, as while it was disabled',
  })
  @MayBeAbsent()
  @IsIn(ENDED_STATUSES)
  state?: EndedStatus;
}
