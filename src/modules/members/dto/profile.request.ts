import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, ValidateNested } from 'class-validator';
import {
  NOTIFICATION_CHANNELS,
  NOTIFICATION_KINDS,
  type NotificationChannel,
  type NotificationKind,
} from '../member-notifications.types';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { NameField } from './fields';

export class ChangeProfileRequest {
  @NameField({ optional: true })
  name?: string;

  @ApiPropertyOptional({ description: '광고 수신 동의 / Consent to marketing', example: false })
  @MayBeAbsent()
  @IsBoolean()
  marketing?: boolean;
}

export class NotificationChoiceRequest {
  @ApiProperty({ enum: NOTIFICATION_KINDS, description: '알림의 종류 / Kind of event', example: 'PAYMENT' })
  @IsIn(NOTIFICATION_KINDS)
  kind: NotificationKind;

  @ApiProperty({
    enum: NOTIFICATION_CHANNELS,
    description: '받는 방법. PUSH는 설정만 보관 / Channel; PUSH is only kept',
    example: 'SMS',
  })
  @IsIn(NOTIFICATION_CHANNELS)
  channel: NotificationChannel;

  @ApiProperty({ description: '받을지 / Whether it is on', example: false })
  @IsBoolean()
  enabled: boolean;
}

const CHOICES_MAX = NOTIFICATION_KINDS.length * NOTIFICATION_CHANNELS.length;

export class NotificationsRequest {
  @ApiProperty({
    type: [NotificationChoiceRequest],
    minItems: 1,
    maxItems: CHOICES_MAX,
    description: '바꿀 설정. 적지 않은 것은 그대로 / The settings to change; others stay',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(CHOICES_MAX)
  @ValidateNested({ each: true })
  @Type(() => NotificationChoiceRequest)
  settings: NotificationChoiceRequest[];
}
