import { ContactRequest } from '../../members/contact-request.types';
import { CurrentPasswordField } from './current-password.field';

export class NewContactRequest extends ContactRequest {
  @CurrentPasswordField()
  currentPassword: string;
}
