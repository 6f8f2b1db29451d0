import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { canonicalEmail, canonicalPhone } from '../member-contacts';
import type { Contact } from '../use-cases/recover';
import type { ContactRequest } from './recovery.request';

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
