import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

export class LoginRequest {
  @ApiProperty({
    description: '로그인 ID. 대소문자를 가리지 않음 / Login id, any case',
    example: 'merchant1',
    maxLength: 100,
  })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  loginId: string;

  @ApiProperty({
    description: '비밀번호 / Password',
    example: 'Demo!2026pass',
    format: 'password',
    maxLength: 200,
  })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  password: string;
}
