import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

export class RefreshRequest {
  @ApiProperty({
    description: '갱신 토큰 / Refresh token',
    example: 'rt_Yc0mS7h1Qv3nKpX2bJdLr8ZtWfAe6GuVoN5iB4kHsME',
    maxLength: 4096,
  })
  @IsString()
  @MinLength(1)
  @MaxLength(4_096)
  refreshToken: string;
}
