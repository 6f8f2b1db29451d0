import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsString, Length, Matches, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { PLAIN_TEXT, Trimmed } from '../../../common/http/plain-text';

export const LOGIN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$/;
const ASCII = /^[\x21-\x7e]+$/;
const PHONE = /^010-?\d{4}-?\d{4}$/;

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
    Trimmed(),
    IsString(),
    Length(1, 60),
    Matches(PLAIN_TEXT),
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
    Matches(PLAIN_TEXT),
  );
