import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

/** Proves that it is the member who asks, and not somebody who has only come by its session. */
export const CurrentPasswordField = () =>
  applyDecorators(
    ApiProperty({
      description: '현재 비밀번호 / The present password',
      format: 'password',
      minLength: 1,
      maxLength: 200,
      example: 'Demo!2026pass',
    }),
    IsString(),
    MinLength(1),
    MaxLength(200),
  );
