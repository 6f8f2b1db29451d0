import { ApiPropertyOptional, PickType } from '@nestjs/swagger';
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
  @ApiPropertyOptional({
    example: '2026-01-02T03:04:05+09:00',
    pattern: '^[\\w:.+-]{1,40}$',
    description: '보낸 시각, 판단하지 않음 / When it was sent; not judged',
  })
  @IsOptional()
  @Matches(/^[\w:.+-]{1,40}$/)
  requestedAt?: string;
}
