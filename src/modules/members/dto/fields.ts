import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsString, Length, Matches, MaxLength, MinLength, ValidateIf } from 'class-validator';

export const LOGIN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$/;
const ASCII = /^[\x21-\x7e]+$/;
const PLAIN = /^[^\p{Cc}]*$/u;
const NOT_BLANK = /\S/;
const PHONE = /^010-?\d{4}-?\d{4}$/;

/** The field may be left out; null is no value of it. */
export const MayBeAbsent = () => ValidateIf((_object, value) => value !== undefined);

const property = (optional: boolean) => (optional ? ApiPropertyOptional : ApiProperty);

export const LoginIdField = () =>
  applyDecorators(
    ApiProperty({
      description: '로그인 ID. 대소문자를 가리지 않음 / Login id, any case',
      pattern: LOGIN_ID.source,
      example: 'penshop',
    }),
    IsString(),
    Matches(LOGIN_ID),
  );

export const NameField = ({ optional = false } = {}) =>
  applyDecorators(
    property(optional)({ description: '이름 / Name', minLength: 1, maxLength: 60, example: '김민지' }),
    ...(optional ? [MayBeAbsent()] : []),
    IsString(),
    Length(1, 60),
    Matches(PLAIN),
    Matches(NOT_BLANK),
  );

export const EmailField = ({ optional = false } = {}) =>
  applyDecorators(
    property(optional)({
      description: '이메일 / E-mail address',
      format: 'email',
      maxLength: 254,
      example: 'minji@example.com',
    }),
    ...(optional ? [MayBeAbsent()] : []),
    IsEmail({ allow_utf8_local_part: false }),
    Matches(ASCII),
    MaxLength(254),
  );

export const PhoneField = ({ optional = false } = {}) =>
  applyDecorators(
    property(optional)({
      description: '휴대폰 번호 / Mobile phone number',
      pattern: PHONE.source,
      example: '010-0000-1234',
    }),
    ...(optional ? [MayBeAbsent()] : []),
    IsString(),
    Matches(PHONE),
  );

/** Its rules are password.policy's; here is only what keeps the hasher from work without end. */
export const NewPasswordField = () =>
  applyDecorators(
    ApiProperty({
      description:
        '새 비밀번호. 8~128자, 조합 규칙 없음. 널리 쓰이거나 로그인 ID·이메일을 담은 것은 거절 / New password: 8 to 128 characters of any kind; refused when widely used or holding the login id or e-mail address',
      format: 'password',
      minLength: 8,
      maxLength: 128,
      example: 'four quiet green rivers',
    }),
    IsString(),
    MinLength(1),
    MaxLength(512),
  );

export const CodeField = () =>
  applyDecorators(
    ApiProperty({
      description: '인증번호 여섯 자리 / The code, six digits',
      pattern: '^\\d{6}$',
      example: '402913',
    }),
    IsString(),
    Matches(/^\d{6}$/),
  );

export const ReasonField = () =>
  applyDecorators(
    ApiProperty({ description: '사유 / Reason', minLength: 1, maxLength: 200, example: '퇴사' }),
    IsString(),
    Length(1, 200),
    Matches(PLAIN),
    Matches(NOT_BLANK),
  );
