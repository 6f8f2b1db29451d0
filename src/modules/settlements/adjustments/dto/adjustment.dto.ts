import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, Matches, Max, Min, NotEquals, ValidateIf } from 'class-validator';
import { WON_MAX } from '../../../../common/money/won';
import { PageQuery } from '../../../../common/pagination/page.query';
import { koreanTime } from '../../../../common/time/korean-time';
import { given, ReasonRequest } from '../../payout/dto/settlement.request';
import { ADJUSTMENT_STATUSES, type AdjustmentStatus } from '../../settlement.state';
import type { Adjustment } from '../../settlements.types';

export class AdjustmentRequest extends ReasonRequest {
  @ApiProperty({ example: 'M0000001', description: '가맹점 / Merchant' })
  @Matches(/^M\d{7}$/)
  mid: string;

  @ApiProperty({ example: 'ctr_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', description: '원천사 계약 / Contract' })
  @Matches(/^ctr_[0-9A-HJKMNP-TV-Z]{26}$/)
  contractId: string;

  @ApiProperty({
    example: -5_000,
    minimum: -WON_MAX,
    maximum: WON_MAX,
    description:
      '원; 0보다 크면 가맹점에 주고, 작으면 뺍니다 / Won; above 0 given to the merchant, below taken',
  })
  @IsInt()
  @Min(-WON_MAX)
  @Max(WON_MAX)
  @NotEquals(0)
  amount: number;
}

export class AdjustmentsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'M0000001', description: '가맹점, 없으면 모두 / Merchant; absent = all' })
  @ValidateIf(given)
  @Matches(/^M\d{7}$/)
  mid?: string;

  @ApiPropertyOptional({ enum: ADJUSTMENT_STATUSES, example: 'REQUESTED', description: '상태 / State' })
  @ValidateIf(given)
  @IsIn(ADJUSTMENT_STATUSES)
  status?: AdjustmentStatus;
}

export class AdjustmentResponse {
  @ApiProperty({ example: 'adj_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  adjustmentId: string;

  @ApiProperty({ example: 'M0000001' })
  mid: string;

  @ApiProperty({ example: 'ctr_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  contractId: string;

  @ApiProperty({ example: -5_000 })
  amount: number;

  @ApiProperty({ example: '중복 지급 회수' })
  reason: string;

  @ApiProperty({ enum: ADJUSTMENT_STATUSES, example: 'APPROVED' })
  status: AdjustmentStatus;

  @ApiProperty({ example: 'member:mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  requestedBy: string;

  @ApiProperty({ example: '2026-11-21T09:00:00.000+09:00' })
  createdAt: string;

  @ApiProperty({ type: String, nullable: true, example: 'member:mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGJ' })
  decidedBy: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-11-21T10:00:00.000+09:00' })
  decidedAt: string | null;

  @ApiProperty({ type: String, nullable: true, example: '확인함' })
  decisionReason: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
    description: '반영된 정산 / The settlement that it counts in',
  })
  settlementId: string | null;

  static of(adjustment: Adjustment): AdjustmentResponse {
    const { createdAt, decidedAt } = adjustment;
    return {
      ...adjustment,
      createdAt: koreanTime(createdAt),
      decidedAt: decidedAt === null ? null : koreanTime(decidedAt),
    };
  }
}

export class AdjustmentListResponse {
  @ApiProperty({ type: [AdjustmentResponse], description: '최근 것부터 / Newest first' })
  data: AdjustmentResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'MTc2MzY5MDQwMDAwMC5hZGpfMDFLOVozVjRUNVc2WDdZOFo5QUJDREVGR0g',
    description: '다음 쪽 / The next page',
  })
  nextCursor: string | null;
}
