import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../../common/time/korean-time';
import { SETTLEMENT_STATUSES, type SettlementStatus } from '../../settlement.state';
import type { MerchantHold, Settlement } from '../../settlements.types';

const timeOrNull = (at: Date | null) => (at === null ? null : koreanTime(at));
const NEXT = 'MTc2MzY5MDQwMDAwMC5zdGxfMDFLOVozVjRUNVc2WDdZOFo5QUJDREVGR0g';

export class SettlementResponse {
  @ApiProperty({ example: 'stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  settlementId: string;

  @ApiProperty({ example: 'M0000001' })
  mid: string;

  @ApiProperty({ example: 'ctr_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', description: '원천사 계약 / Contract' })
  contractId: string;

  @ApiProperty({ format: 'date', example: '2026-11-23', description: '지급일 / Payout day' })
  payoutOn: string;

  @ApiProperty({ enum: SETTLEMENT_STATUSES, example: 'CONFIRMED' })
  status: SettlementStatus;

  @ApiProperty({ example: 2, description: '내역의 수 / Number of lines' })
  lineCount: number;

  @ApiProperty({ example: 100_000, description: '승인 금액, 원 / Approved, won' })
  approvalAmount: number;

  @ApiProperty({ example: -10_000, description: '취소 금액, 0 이하 / Cancelled, 0 or less' })
  cancelAmount: number;

  @ApiProperty({ example: 2_970, description: '수수료 / Fee' })
  fee: number;

  @ApiProperty({ example: 297, description: '수수료의 부가세 / VAT on the fee' })
  vat: number;

  @ApiProperty({ example: 0, description: '조정 / Adjustments' })
  adjustmentAmount: number;

  @ApiProperty({ example: 0, description: '앞 정산에서 이월됨, 0 이하 / Carried in, 0 or less' })
  carriedIn: number;

  @ApiProperty({ example: 0, description: '다음 정산으로 이월함, 0 이하 / Carried out, 0 or less' })
  carriedOut: number;

  @ApiProperty({ example: 86_733, description: '지급액 / What is paid out' })
  payoutAmount: number;

  @ApiProperty({ type: String, nullable: true, example: null, description: '보류한 까닭 / Why it is held' })
  holdReason: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: '지급 실패의 까닭 / Why it failed',
  })
  failureReason: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: '은행의 이체 번호 / Bank reference',
  })
  payoutReference: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-11-23T00:10:04.000+09:00' })
  confirmedAt: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  paidAt: string | null;

  static of(settlement: Settlement): SettlementResponse {
    const { settlementId, mid, contractId, status, lineCount, approvalAmount, cancelAmount, fee, vat } =
      settlement;
    const { adjustmentAmount, carriedIn, carriedOut, payoutAmount, holdReason, failureReason } = settlement;
    return {
      ...{ settlementId, mid, contractId, payoutOn: settlement.payoutDay, status, lineCount },
      ...{ approvalAmount, cancelAmount, fee, vat, adjustmentAmount, carriedIn, carriedOut, payoutAmount },
      ...{ holdReason, failureReason, payoutReference: settlement.payoutReference },
      confirmedAt: timeOrNull(settlement.confirmedAt),
      paidAt: timeOrNull(settlement.paidAt),
    };
  }
}

export class SettlementListResponse {
  @ApiProperty({ type: [SettlementResponse], description: '늦은 지급일부터 / Latest payout day first' })
  data: SettlementResponse[];

  @ApiProperty({ type: String, nullable: true, example: NEXT, description: '다음 쪽 / The next page' })
  nextCursor: string | null;
}

export class MerchantHoldResponse {
  @ApiProperty({ example: 'hld_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  holdId: string;

  @ApiProperty({ example: 'M0000001' })
  mid: string;

  @ApiProperty({ enum: ['ACTIVE', 'RELEASED'], example: 'ACTIVE' })
  status: MerchantHold['status'];

  @ApiProperty({ example: '이의 제기 확인 중' })
  reason: string;

  @ApiProperty({ example: 'member:mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  createdBy: string;

  @ApiProperty({ example: '2026-11-21T09:00:00.000+09:00' })
  createdAt: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  releaseReason: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  releasedBy: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  releasedAt: string | null;

  static of(hold: MerchantHold): MerchantHoldResponse {
    return { ...hold, createdAt: koreanTime(hold.createdAt), releasedAt: timeOrNull(hold.releasedAt) };
  }
}

export class MerchantHoldListResponse {
  @ApiProperty({ type: [MerchantHoldResponse], description: '최근 것부터 / Newest first' })
  data: MerchantHoldResponse[];

  @ApiProperty({ type: String, nullable: true, example: NEXT, description: '다음 쪽 / The next page' })
  nextCursor: string | null;
}
