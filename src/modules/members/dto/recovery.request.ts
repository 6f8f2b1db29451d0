import { NewPasswordField } from '../password-field.types';
import { CodeField, EmailField, LoginIdField, NameField, PhoneField } from './fields';

/** Exactly one of the two; the rest of the check is `contactOf`'s. */
export class ContactRequest {
  @PhoneField({ optional: true })
  phone?: string;

  @EmailField({ optional: true })
  email?: string;
}

export class FindLoginIdRequest extends ContactRequest {
  @NameField()
  name: string;
}

export class FindPasswordRequest extends ContactRequest {
  @LoginIdField()
  loginId: string;
}

export class ResetPasswordRequest {
  @LoginIdField()
  loginId: string;

  @CodeField()
  code: string;

  @NewPasswordField()
  newPassword: string;
}

export class CodeRequest {
  @CodeField()
  code: string;
}
