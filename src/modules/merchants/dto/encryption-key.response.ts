import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../common/time/korean-time';
import type { EncryptionKeyView, IssuedEncryptionKey } from '../merchants.types';

/** An encryption key without the key itself. */
export class EncryptionKeyResponse {
  @ApiProperty({
    description: '키 ID. JWE 머리부의 kid로 보냅니다. / Key id, sent as kid in the JWE header',
    example: 'ek_01KAJR38VNR81X7S9FZBZ4D62E',
  })
  kid: string;

  @ApiProperty({ enum: ['LIVE', 'REVOKED'], description: '상태 / State', example: 'LIVE' })
  status: 'LIVE' | 'REVOKED';

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
    description: '폐기한 시각 / Revoked at',
    example: null,
  })
  revokedAt: string | null;

  static of({ kid, createdAt, revokedAt }: EncryptionKeyView): EncryptionKeyResponse {
    return {
      kid,
      status: revokedAt === null ? 'LIVE' : 'REVOKED',
      createdAt: koreanTime(createdAt),
      revokedAt: revokedAt === null ? null : koreanTime(revokedAt),
    };
  }
}

export class IssuedEncryptionKeyResponse extends EncryptionKeyResponse {
  @ApiProperty({
    description:
      '암호화 키 32바이트(base64). 이 응답에서 한 번만 보입니다. / The key, 32 bytes in base64. Shown in this answer only.',
    example: 'q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=',
  })
  key: string;

  static issued(issued: IssuedEncryptionKey): IssuedEncryptionKeyResponse {
    return { ...EncryptionKeyResponse.of(issued), key: issued.key.expose() };
  }
}

export class EncryptionKeyListResponse {
  @ApiProperty({ type: [EncryptionKeyResponse], description: '최근 것부터 / Newest first' })
  data: EncryptionKeyResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: '다음 쪽의 cursor, 없으면 null / Cursor of the next page; null = the last',
    example: null,
  })
  nextCursor: string | null;
}
