import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';

/** Body of every encrypted request. `iv` and `mac` go with the CBC form and need the contract's switch. */
export class EncryptedRequest {
  @ApiProperty({ example: 'M0000001', description: '가맹점 ID / Merchant id' })
  @Matches(/^M\d{7}$/)
  mid: string;

  @ApiProperty({
    example: 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZWtfdGVzdF9NMDAwMDAwMSJ9..iv.ciphertext.tag',
    description:
      'JWE compact(RFC 7516), alg dir, enc A256GCM, kid는 암호화 키 ID. 평문은 KeyInContent. / The plaintext is KeyInContent.',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(24_000)
  encData: string;

  @ApiPropertyOptional({
    example: 'MDEyMzQ1Njc4OWFiY2RlZg==',
    description: 'CBC 방식에서만: IV, base64 / CBC form only',
  })
  @IsOptional()
  @IsString()
  @MaxLength(24)
  iv?: string;

  @ApiPropertyOptional({
    description: 'CBC 방식에서만: HMAC-SHA-256 hex / CBC form only',
    example: 'b94d27…',
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  mac?: string;
}
