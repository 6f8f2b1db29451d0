import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { WON_MAX } from '../../../common/money/won';
import { BuyerFields, CardFields, OrderFields, RequestTimeField } from '../payment-request.types';

/** The plaintext inside `encData` of a key-in approval. */
export class KeyInContent extends IntersectionType(OrderFields, BuyerFields, CardFields, RequestTimeField) {
  @ApiPropertyOptional({
    example: 'customer-0001',
    description: '가맹점의 고객 키 / Your key of the customer',
  })
  @IsOptional()
  @Matches(/^[A-Za-z0-9\-_=.@]{2,300}$/)
  customerKey?: string;

  @ApiPropertyOptional({
    example: 0,
    minimum: 0,
    description:
      '포인트로 낼 금액(원), customerKey 필요; 카드는 나머지(100원 이상)만 승인 / Won to pay with points, needs customerKey; the card is asked for the rest, 100 won or more',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  pointAmount?: number;

  @ApiPropertyOptional({
    example: false,
    description:
      '카드 매출에는 현금영수증이 없으므로(소득세법 제162조의3) true는 거절 / Cash receipts are of cash: true is refused',
  })
  @IsOptional()
  @IsIn([false])
  autoCashReceipt?: boolean;
}
