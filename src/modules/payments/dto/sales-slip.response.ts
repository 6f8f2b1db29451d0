import { ApiProperty } from '@nestjs/swagger';
import { CardResponse } from './card.response';

export class SlipCancelResponse {
  @ApiProperty({ example: 15000 })
  amount: number;

  @ApiProperty({ example: '2026-01-02T04:04:06.000+09:00' })
  cancelledAt: string;
}

export class SlipMerchantResponse {
  @ApiProperty({ example: 'M0000001' })
  mid: string;

  @ApiProperty({ example: '한빛상점' })
  name: string;

  @ApiProperty({ example: '1234567891', description: '사업자등록번호 / Business number' })
  businessNumber: string;

  @ApiProperty({ example: '홍길동' })
  representative: string;

  @ApiProperty({ example: '서울특별시 중구 세종대로 110' })
  address: string;

  @ApiProperty({ example: '02-120' })
  phone: string;
}

/** 매출전표 */
export class SalesSlipResponse {
  @ApiProperty({ example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  paymentId: string;

  @ApiProperty({ example: 'ORDER-20260102-0001' })
  orderNo: string;

  @ApiProperty({ example: 'APPROVED' })
  status: string;

  @ApiProperty({ example: '아메리카노 외 2건' })
  goodsName: string;

  @ApiProperty({ example: '홍길동', nullable: true, type: String })
  buyerName: string | null;

  @ApiProperty({ type: CardResponse, nullable: true })
  card: CardResponse | null;

  @ApiProperty({ example: '00012345', nullable: true, type: String })
  approvalNo: string | null;

  @ApiProperty({ example: '2026-01-02T03:04:06.000+09:00', nullable: true, type: String })
  approvedAt: string | null;

  @ApiProperty({ example: 55000 })
  amount: number;

  @ApiProperty({ example: 0, description: '그중 포인트로 낸 금액 / What of it points paid' })
  pointAmount: number;

  @ApiProperty({ example: 55000, description: '그중 카드로 낸 금액 / What of it the card paid' })
  cardAmount: number;

  @ApiProperty({ example: 50000 })
  supplyAmount: number;

  @ApiProperty({ example: 5000 })
  vat: number;

  @ApiProperty({ example: 0 })
  taxFreeAmount: number;

  @ApiProperty({ example: 0 })
  serviceCharge: number;

  @ApiProperty({ example: 15000 })
  cancelledAmount: number;

  @ApiProperty({ example: 40000, description: '승인 금액에서 취소 금액을 뺀 금액 / Amount less cancels' })
  balanceAmount: number;

  @ApiProperty({ type: [SlipCancelResponse] })
  cancels: SlipCancelResponse[];

  @ApiProperty({ type: SlipMerchantResponse })
  merchant: SlipMerchantResponse;
}
