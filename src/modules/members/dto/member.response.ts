import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../common/time/korean-time';
import { MemberResponse } from '../member-response.types';
import {
  NOTIFICATION_CHANNELS,
  NOTIFICATION_KINDS,
  type NotificationChannel,
  type NotificationKind,
  type NotificationSettings,
} from '../member-notifications.types';
import {
  type Consent,
  type ConsentKind,
  MEMBER_STATUSES,
  type MemberPage,
  type MemberStatus,
  type MemberView,
} from '../members.types';
import type { OwnProfile } from '../use-cases/own-profile';

export class NotificationSettingResponse {
  @ApiProperty({ enum: NOTIFICATION_KINDS, description: '알림의 종류 / Kind of event', example: 'PAYMENT' })
  kind: NotificationKind;

  @ApiProperty({ enum: NOTIFICATION_CHANNELS, description: '받는 방법 / Channel', example: 'SMS' })
  channel: NotificationChannel;

  @ApiProperty({ description: '받을지 / Whether it is on', example: true })
  enabled: boolean;
}

export class NotificationSettingsResponse {
  @ApiProperty({ type: [NotificationSettingResponse], description: '모든 설정 / All settings' })
  settings: NotificationSettingResponse[];

  static of(settings: NotificationSettings): NotificationSettingsResponse {
    return { settings: rowsOf(settings) };
  }
}

function rowsOf(settings: NotificationSettings): NotificationSettingResponse[] {
  return NOTIFICATION_KINDS.flatMap((kind) =>
    NOTIFICATION_CHANNELS.map((channel) => ({ kind, channel, enabled: settings[kind][channel] })),
  );
}

export class ConsentResponse {
  @ApiProperty({
    enum: ['TERMS', 'PRIVACY', 'MARKETING'],
    description: '동의 항목 / What it is about',
    example: 'MARKETING',
  })
  consent: ConsentKind;

  @ApiProperty({ description: '동의했는지 / Whether agreed', example: false })
  agreed: boolean;

  @ApiProperty({
    format: 'date-time',
    description: '정한 시각 / Said at',
    example: '2026-11-21T15:04:05.000+09:00',
  })
  givenAt: string;

  static of({ consent, agreed, givenAt }: Consent): ConsentResponse {
    return { consent, agreed, givenAt: koreanTime(givenAt) };
  }
}

/** A member as an owner of its merchant or an operator sees it. */
export class MemberDetailResponse extends MemberResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    description: '휴대폰 번호(가림) / Mobile phone number, masked',
    example: '010****1234',
  })
  phone: string | null;

  @ApiProperty({ enum: MEMBER_STATUSES, description: '상태 / Status', example: 'ACTIVE' })
  status: MemberStatus;

  @ApiProperty({
    type: String,
    nullable: true,
    description: '마지막 상태 변경 사유 / Why the status was last changed',
    example: null,
  })
  statusReason: string | null;

  @ApiProperty({
    format: 'date-time',
    description: '가입 시각 / Member since',
    example: '2026-11-21T15:04:05.000+09:00',
  })
  createdAt: string;

  static detail(member: MemberView): MemberDetailResponse {
    const { phone, status, statusReason, createdAt } = member;
    return { ...MemberResponse.of(member), phone, status, statusReason, createdAt: koreanTime(createdAt) };
  }
}

export class MemberListResponse {
  @ApiProperty({ type: [MemberDetailResponse], description: '회원 / The members' })
  data: MemberDetailResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: '다음 쪽의 cursor, 없으면 null / cursor of the next page; null = none',
    example: null,
  })
  nextCursor: string | null;

  static of({ data, nextCursor }: MemberPage): MemberListResponse {
    return { data: data.map((member) => MemberDetailResponse.detail(member)), nextCursor };
  }
}

/** The logged-in member with its settings. */
export class ProfileResponse extends MemberDetailResponse {
  @ApiProperty({ type: [NotificationSettingResponse], description: '알림 설정 / Notification settings' })
  notifications: NotificationSettingResponse[];

  @ApiProperty({ type: [ConsentResponse], description: '동의 / Consents' })
  consents: ConsentResponse[];

  static profile({ member, notifications, consents }: OwnProfile): ProfileResponse {
    return {
      ...MemberDetailResponse.detail(member),
      notifications: rowsOf(notifications),
      consents: consents.map((consent) => ConsentResponse.of(consent)),
    };
  }
}
