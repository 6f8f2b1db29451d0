import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  type ValidationArguments,
} from 'class-validator';
import { RECEIPT_PURPOSES, type ReceiptPurpose } from '../../../common/cash-receipts/receipt-identifier';
import { IsReceiptIdentifier } from '../../../common/cash-receipts/receipt-identifier.validator';
import { WON_MAX } from '../../../common/money/won';

/** Tax-free part and service charge are inside the amount; told of both, since either may be the wrong one. */
const FitsIntoAmount = (): PropertyDecorator =>
  ValidateBy({
    name: 'fitsIntoAmount',
    validator: {
      validate: (_value: unknown, seen?: ValidationArguments) => {
        const {
          amount,
          taxFreeAmount = 0,
          serviceCharge = 0,
        } = (seen?.object ?? {}) as IssueCashReceiptRequest;
        const numbers = [amount, taxFreeAmount, serviceCharge];
        return !numbers.every(Number.isInteger) || taxFreeAmount + serviceCharge <= amount;
      },
      defaultMessage: () => 'fitsIntoAmount',
    },
  });

export class IssueCashReceiptRequest {
  @ApiProperty({
    example: 'ORDER-20260102-0001',
    pattern: '^[A-Za-z0-9_-]{6,40}$',
    description: '주문번호, 주문 하나에 한 번만 발급 / Order number: one receipt for each',
  })
  @Matches(/^[A-Za-z0-9_-]{6,40}$/)
  orderNo: string;

  @ApiProperty({ example: 55000, minimum: 1, description: '거래 금액(원) / Amount in won' })
  @IsInt()
  @Min(1)
  @Max(WON_MAX)
  amount: number;

  @ApiPropertyOptional({ example: 0, minimum: 0, description: '그중 면세 금액 / Tax-free part of it' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  @FitsIntoAmount()
  taxFreeAmount?: number;

  @ApiPropertyOptional({ example: 0, minimum: 0, description: '그중 봉사료 / Service charge in it' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  @FitsIntoAmount()
  serviceCharge?: number;

  @ApiProperty({
    enum: RECEIPT_PURPOSES,
    example: 'INCOME_DEDUCTION',
    description: '소득공제, 지출증빙, 자진발급 / Purpose',
  })
  @IsIn(RECEIPT_PURPOSES)
  purpose: ReceiptPurpose;

  @ApiPropertyOptional({
    example: '01012345678',
    maxLength: 37,
    description:
      '소득공제: 휴대폰 또는 카드 번호. 지출증빙: 사업자번호 또는 카드 번호. 자진발급: 생략 또는 010-000-1234. 하이픈 허용 / Mobile phone or card; business number or card; left out or 010-000-1234. Hyphens are taken.',
  })
  @IsReceiptIdentifier()
  identifier?: string;

  @ApiPropertyOptional({ example: '만년필', maxLength: 100, description: '상품 이름 / Goods' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  @Matches(/^[^\p{Cc}]*$/u)
  goodsName?: string;
}

export class CancelCashReceiptRequest {
  @ApiPropertyOptional({
    example: 15000,
    minimum: 1,
    description: '취소 금액(원), 없으면 남은 전액 / Absent: all that is left',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(WON_MAX)
  cancelAmount?: number;

  @ApiPropertyOptional({
    example: 0,
    minimum: 0,
    description:
      '취소 금액 중 면세 금액, 없으면 과세부터 / Tax-free part of it; absent: the taxable part first',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  taxFreeAmount?: number;

  @ApiProperty({ example: '고객 변심', maxLength: 200, description: '취소 사유 / Why' })
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\p{Cc}]*$/u)
  reason: string;
}
