import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../common/time/korean-time';
import { FEE_CARD_TYPES, FEE_METHODS, type FeePolicy, TIERS } from '../fees.types';

/** Built field by field, so that a new column never leaks by itself. */
export class FeePolicyResponse {
  @ApiProperty({ example: 'fpl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  policyId: string;

  @ApiProperty({ example: 'M0000001', description: '가맹점 ID / Merchant id' })
  mid: string;

  @ApiProperty({ example: null, nullable: true, type: String, description: 'null = 모두 / All' })
  branchId: string | null;

  @ApiProperty({ example: 'toss', nullable: true, type: String, description: 'null = 모두 / All' })
  acquirer: string | null;

  @ApiProperty({ example: 'SHINHAN', nullable: true, type: String, description: 'null = 모두 / All' })
  cardIssuer: string | null;

  @ApiProperty({ enum: FEE_CARD_TYPES, example: 'CHECK', nullable: true, description: 'null = 모두 / All' })
  cardType: string | null;

  @ApiProperty({ enum: FEE_METHODS, example: 'CARD', nullable: true, description: 'null = 모두 / All' })
  method: string | null;

  @ApiProperty({ example: null, nullable: true, type: Number, description: '원, null = 제한 없음 / Won' })
  amountMin: number | null;

  @ApiProperty({ example: null, nullable: true, type: Number, description: '원, null = 제한 없음 / Won' })
  amountMax: number | null;

  @ApiProperty({ example: '2026-01-01', format: 'date', description: '시행일 / The day from which it holds' })
  effectiveFrom: string;

  @ApiProperty({
    example: false,
    description: '그날부터 이 범위의 정책이 없음 / No such policy from then on',
  })
  ended: boolean;

  @ApiProperty({ example: 32000, description: 'ppm' })
  ratePpm: number;

  @ApiProperty({ example: 0, description: '원 / Won' })
  fixedFee: number;

  @ApiProperty({ example: 0, description: '원 / Won' })
  minimumFee: number;

  @ApiProperty({ example: 23000, description: 'ppm' })
  acquirerCostPpm: number;

  @ApiProperty({ example: null, nullable: true, type: Number, description: '수수료의 ppm / ppm of the fee' })
  agencyCommissionPpm: number | null;

  @ApiProperty({ example: null, nullable: true, type: Number, description: '수수료의 ppm / ppm of the fee' })
  sellerCommissionPpm: number | null;

  @ApiProperty({
    enum: TIERS,
    example: 'GENERAL',
    nullable: true,
    description: '등급에 따라 정해졌으면 그 등급 / The tier that it came with',
  })
  tier: string | null;

  @ApiProperty({ example: '재계약', description: '정한 까닭 / Why' })
  reason: string;

  @ApiProperty({ example: 'member:mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', description: '누가 / Who' })
  createdBy: string;

  @ApiProperty({ example: '2026-01-01T00:00:00.000+09:00' })
  createdAt: string;

  static of(policy: FeePolicy): FeePolicyResponse {
    return {
      policyId: policy.policyId,
      mid: policy.mid,
      branchId: policy.branchId,
      acquirer: policy.acquirer,
      cardIssuer: policy.cardIssuer,
      cardType: policy.cardType,
      method: policy.method,
      amountMin: policy.amountMin,
      amountMax: policy.amountMax,
      effectiveFrom: policy.effectiveFrom,
      ended: policy.ended,
      ratePpm: policy.ratePpm,
      fixedFee: policy.fixedFee,
      minimumFee: policy.minimumFee,
      acquirerCostPpm: policy.acquirerCostPpm,
      agencyCommissionPpm: policy.agencyCommissionPpm,
      sellerCommissionPpm: policy.sellerCommissionPpm,
      tier: policy.tier,
      reason: policy.reason,
      createdBy: policy.createdBy,
      createdAt: koreanTime(policy.createdAt),
    };
  }
}

export class FeePoliciesResponse {
  @ApiProperty({ type: [FeePolicyResponse], description: '최근 것부터 / Newest first' })
  data: FeePolicyResponse[];

  @ApiProperty({ example: 'MTc2MzY5MDQwMDAwMC40Mg', nullable: true, type: String })
  nextCursor: string | null;
}
