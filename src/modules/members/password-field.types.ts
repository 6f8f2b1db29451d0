import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

/** Its rules are password.policy's; here is only what keeps the hasher from work without end. */
export const NewPasswordField = () =>
  applyDecorators(
    ApiProperty({
      description:
        '새 비밀번호. 8~128자, 조합 규칙 없음. 널리 쓰이거나 로그인 ID·이메일·서비스 이름을 담은 것은 거절 / New password: 8 to 128 characters of any kind; refused when widely used or holding the login id, e-mail address or the service’s name',
      format: 'password',
      minLength: 8,
      maxLength: 128,
      example: 'four quiet green rivers',
    }),
    IsString(),
    MinLength(1),
    MaxLength(512),
  );
