import { ApiProperty } from '@nestjs/swagger';

export class PaymentStatsResponse {
  @ApiProperty({ example: 120, description: '결제 수 / Payments' })
  total: number;

  @ApiProperty({ example: 100, description: '승인(부분취소 포함) / Approved, partly cancelled ones too' })
  completed: number;

  @ApiProperty({ example: 10, description: '전액 취소 / Fully cancelled' })
  cancelled: number;

  @ApiProperty({ example: 1, description: '처리 중 / Running or being undone' })
  pending: number;

  @ApiProperty({ example: 9, description: '실패·망취소·만료 / Failed, reversed or expired' })
  failed: number;

  @ApiProperty({ example: 5500000, description: '승인된 금액 합계(원) / Sum of approved amounts' })
  totalAmount: number;

  @ApiProperty({ example: 300000, description: '취소된 금액 합계(원) / Sum of cancelled amounts' })
  cancelledAmount: number;
}
