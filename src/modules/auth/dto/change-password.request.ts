import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { NewPasswordField } from '../../members/password-field.types';

export class ChangePasswordRequest {
  @ApiProperty({
    description: '현재 비밀번호 / The present password',
    format: 'password',
    minLength: 1,
    maxLength: 200,
    example: 'Demo!2026pass',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  currentPassword: string;

  @NewPasswordField()
  newPassword: string;
}
