import { PickType } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { KeyInContent } from '../dto/key-in-content';

/** What a payer types on the hosted page, once opened: the card of a key-in approval, under the same rules. */
export class PayerCard extends PickType(KeyInContent, [
  'cardNumber',
  'cardExpiry',
  'birthOrBusinessNo',
  'cardPasswordTwoDigits',
  'installmentMonths',
] as const) {
  /** Time of sending, so that no two are the same bytes; not judged, since the link's own key is used once. */
  @IsOptional()
  @Matches(/^[\w:.+-]{1,40}$/)
  requestedAt?: string;
}
