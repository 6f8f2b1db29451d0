import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { WON_MAX } from '../../../../common/money/won';
import { ReceiptWishRequest } from '../../receipts/receipt-wish.request';
import { KeyInContent } from '../../dto/key-in-content';

const WINDOW_ACQUIRERS = ['toss', 'inicis', 'portone', 'nicepay', 'kakaopay', 'naverpay'] as const;
const WINDOW_METHODS = ['CARD', 'EASY_PAY', 'BANK_TRANSFER'] as const;
const PROOF_MAX = 300;
const PROOF = /^[\x21-\x7e]+$/;

export class CreateCheckoutRequest extends PickType(KeyInContent, [
  'orderNo',
  'amount',
  'taxFreeAmount',
  'goodsName',
  'buyerName',
  'buyerPhone',
  'buyerEmail',
  'customerKey',
  'metadata',
] as const) {
  @ApiPropertyOptional({
    enum: WINDOW_ACQUIRERS,
    example: 'toss',
    description: '원천사, 없으면 계약 중에서 고름 / Absent: the best of the contracts',
  })
  @IsOptional()
  @IsIn(WINDOW_ACQUIRERS)
  acquirer?: (typeof WINDOW_ACQUIRERS)[number];

  @ApiPropertyOptional({
    enum: WINDOW_METHODS,
    example: 'BANK_TRANSFER',
    description: '결제수단; 계좌이체는 BANK_TRANSFER / Method; a bank transfer is BANK_TRANSFER',
  })
  @IsOptional()
  @IsIn(WINDOW_METHODS)
  method?: (typeof WINDOW_METHODS)[number];

  @ApiPropertyOptional({
    example: 'https://shop.example.com/paid',
    maxLength: 255,
    description: '결제창이 구매자를 돌려보낼 주소 / Where the window sends the payer back to',
  })
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true })
  @MaxLength(255)
  returnUrl?: string;

  @ApiPropertyOptional({
    example: 600,
    minimum: 10,
    maximum: 86_400,
    description:
      '승인 뒤 이 시간(초) 안에 acknowledge가 없으면 자동 취소 / Cancelled by itself unless acknowledged in so many seconds',
  })
  @IsOptional()
  @IsInt()
  @Min(10)
  @Max(86_400)
  acknowledgeWithinSeconds?: number;

  @ApiPropertyOptional({
    type: ReceiptWishRequest,
    description:
      '계좌이체로 결제되면 현금영수증을 발급하고, 취소되면 취소. 계좌이체가 될 수 없는 주문이면 거절 / Issued when it is paid by bank transfer, and cancelled with it. Refused where the order cannot be paid so',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => ReceiptWishRequest)
  cashReceipt?: ReceiptWishRequest;
}

export class ConfirmCheckoutRequest {
  @ApiProperty({
    example: 'k3XdR0v2mQz8yTn5sLw7pBhJ4cFg6aUe',
    description: '체크아웃을 만들 때 받은 일회용 토큰 / The one-time token',
  })
  @IsString()
  @Length(20, 100)
  paymentToken: string;

  @ApiProperty({ example: 30000, description: '구매자가 결제한 금액(원) / What the payer paid, in won' })
  @IsInt()
  @Min(1)
  @Max(WON_MAX)
  amount: number;

  @ApiPropertyOptional({ example: 'tk_20260102030405abcd1', description: 'TossPayments' })
  @IsOptional()
  @Matches(PROOF)
  @MaxLength(PROOF_MAX)
  paymentKey?: string;

  @ApiPropertyOptional({ example: 'imp_000000000001', description: 'PortOne' })
  @IsOptional()
  @Matches(PROOF)
  @MaxLength(PROOF_MAX)
  impUid?: string;

  @ApiPropertyOptional({ example: 'nicetest04m01012601020304050001', description: 'NICEPAY' })
  @IsOptional()
  @Matches(PROOF)
  @MaxLength(PROOF_MAX)
  tid?: string;

  @ApiPropertyOptional({ example: 'pg_token', description: 'KakaoPay' })
  @IsOptional()
  @Matches(PROOF)
  @MaxLength(PROOF_MAX)
  pgToken?: string;

  @ApiPropertyOptional({ example: '20260102NP0000000001', description: 'NaverPay' })
  @IsOptional()
  @Matches(PROOF)
  @MaxLength(PROOF_MAX)
  paymentId?: string;

  @ApiPropertyOptional({ example: 'authToken', description: 'KG Inicis' })
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  authToken?: string;

  @ApiPropertyOptional({ enum: ['fc', 'ks', 'stg'], example: 'fc', description: 'KG Inicis' })
  @IsOptional()
  @IsIn(['fc', 'ks', 'stg'])
  idcName?: string;
}

export class FailCheckoutRequest {
  @ApiProperty({
    example: 'USER_CANCEL',
    maxLength: 60,
    description: '결제창이 알린 코드 / As the window told',
  })
  @Matches(/^[\x20-\x7e]{1,60}$/)
  code: string;

  @ApiPropertyOptional({ example: '구매자가 창을 닫음', maxLength: 200, description: '메시지 / Message' })
  @IsOptional()
  @IsString()
  @Length(0, 200)
  @Matches(/^[^\p{Cc}]*$/u)
  message?: string;

  @ApiPropertyOptional({
    example: 'k3XdR0v2mQz8yTn5sLw7pBhJ4cFg6aUe',
    description: '가맹점 인증이 없을 때 필요 / Needed without merchant credentials',
  })
  @IsOptional()
  @IsString()
  @Length(20, 100)
  paymentToken?: string;
}
