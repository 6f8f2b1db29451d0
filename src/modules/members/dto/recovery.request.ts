import { ContactRequest } from '../contact-request.types';
import { NewPasswordField } from '../password-field.types';
import { CodeField, LoginIdField, NameField } from './fields';

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
