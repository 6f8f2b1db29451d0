import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { RECEIPT_PURPOSES, type ReceiptPurpose } from '../../../common/cash-receipts/receipt-identifier';
import { IsReceiptIdentifier } from '../../../common/cash-receipts/receipt-identifier.validator';

/** `cashReceipt` of an order by transfer or virtual account: a receipt is issued, and cancelled, with the payment. */
export class ReceiptWishRequest {
  @ApiProperty({ enum: RECEIPT_PURPOSES, example: 'INCOME_DEDUCTION', description: '발급 용도 / Purpose' })
  @IsIn(RECEIPT_PURPOSES)
  purpose: ReceiptPurpose;

  @ApiPropertyOptional({
    example: '01012345678',
    maxLength: 37,
    description:
      '소득공제: 휴대폰 또는 카드 번호, 지출증빙: 사업자번호 또는 카드 번호, 자진발급: 생략 / Mobile phone or card, business number or card, or left out for VOLUNTARY',
  })
  @IsReceiptIdentifier()
  identifier?: string;
}
