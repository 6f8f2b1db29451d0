import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../common/time/korean-time';
import type { ApiKeyStatus, ApiKeyView, IssuedApiKey } from '../merchants.types';

/** A secret key without its secret. */
export class ApiKeyResponse {
  @ApiProperty({ description: '키 ID / Key id', example: 'key_01KAJR38VNR81X7S9FZBZ4D62E' })
  id: string;

  @ApiProperty({
    description: '구분용 앞머리와 끝 4자 / Prefix and last four characters, to tell keys apart',
    example: 'sk_live_****k3Xd',
  })
  hint: string;

  @ApiProperty({ enum: ['LIVE', 'EXPIRED', 'REVOKED'], description: '상태 / State', example: 'LIVE' })
  status: ApiKeyStatus;

  @ApiProperty({
    format: 'date-time',
    description: '만든 시각 / Made at',
    example: '2026-11-21T15:04:05.000+09:00',
  })
  createdAt: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: '만료 시각, 없으면 null / Expires at; null = never',
    example: null,
  })
  expiresAt: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: '폐기한 시각 / Revoked at',
    example: null,
  })
  revokedAt: string | null;

  static of({ id, hint, status, createdAt, expiresAt, revokedAt }: ApiKeyView): ApiKeyResponse {
    return {
      id,
      hint,
      status,
      createdAt: koreanTime(createdAt),
      expiresAt: expiresAt === null ? null : koreanTime(expiresAt),
      revokedAt: revokedAt === null ? null : koreanTime(revokedAt),
    };
  }
}

export class IssuedApiKeyResponse extends ApiKeyResponse {
  @ApiProperty({
    description: '비밀 키. 이 응답에서 한 번만 보입니다. / The secret key. Shown in this answer only.',
    example: 'sk_live_3q2-7wAAx0VbK1uYt8Qd5nZpLr6mHc4eJfGsTiUoWyE',
  })
  secretKey: string;

  static issued(key: IssuedApiKey): IssuedApiKeyResponse {
    return { ...ApiKeyResponse.of(key), secretKey: key.secret.expose() };
  }
}

export class ApiKeyListResponse {
  @ApiProperty({ type: [ApiKeyResponse], description: '최근 것부터 / Newest first' })
  data: ApiKeyResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: '다음 쪽의 cursor, 없으면 null / Cursor of the next page; null = the last',
    example: null,
  })
  nextCursor: string | null;
}
