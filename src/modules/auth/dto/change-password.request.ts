import { NewPasswordField } from '../../members/password-field.types';
import { CurrentPasswordField } from './current-password.field';

export class ChangePasswordRequest {
  @CurrentPasswordField()
  currentPassword: string;

  @NewPasswordField()
  newPassword: string;
}
