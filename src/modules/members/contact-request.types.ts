import { ApiProperty } from '@nestjs/swagger';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { koreanTime } from '../../common/time/korean-time';
import { EmailField, PhoneField } from './dto/fields';
import { canonicalEmail, canonicalPhone } from './member-contacts';
import type { Contact, SentCode } from './members.types';

/** Exactly one of the two; the rest of the check is `contactOf`'s. */
export class ContactRequest {
  @PhoneField({ optional: true })
  phone?: string;

  @EmailField({ optional: true })
  email?: string;
}

/** The one contact that is given. Throws VALIDATION_FAILED for none and for two. */
export function contactOf({ phone, email }: ContactRequest): Contact {
  if ((phone === undefined) === (email === undefined)) {
    const code = phone === undefined ? 'REQUIRED' : 'NOT_ALLOWED';
    const message = {
      ko: 'phone과 email 가운데 하나만 보내야 합니다.',
      en: 'Send either phone or email, and one of them only.',
    };
    const errors = ['phone', 'email'].map((field) => ({ field, code, message }));
    throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
  }
  return phone === undefined
    ? { channel: 'EMAIL', value: canonicalEmail(email!) }
    : { channel: 'SMS', value: canonicalPhone(phone) };
}

export class SentCodeResponse {
  @ApiProperty({ description: '보낸 곳(가림) / Where it was sent, masked', example: '010****1234' })
  sentTo: string;

  @ApiProperty({
    format: 'date-time',
    description: '인증번호 만료 시각 / The code expires at',
    example: '2026-11-21T15:14:05.000+09:00',
  })
  expiresAt: string;

  static of({ sentTo, expiresAt }: SentCode): SentCodeResponse {
    return { sentTo, expiresAt: koreanTime(expiresAt) };
  }
}
