import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { IsInstant } from '../../../common/http/instant.validator';
import { WON_MAX } from '../../../common/money/won';
import { koreanTime } from '../../../common/time/korean-time';
import {
  PAYMENT_METHODS,
  type PaymentMethod,
  ROUTING_STRATEGIES,
  type RoutingStrategy,
} from '../../merchants/merchants.types';
import {
  type Exclusion,
  EXCLUSIONS,
  type KeptDecision,
  type RoutingDecision,
  type Standing,
  STANDINGS,
  type Weighed,
} from '../routing.types';

export class DryRunRequest {
  @ApiProperty({ example: 'M0000005', description: '가맹점 ID / Merchant id' })
  @Matches(/^M\d{7}$/)
  mid: string;

  @ApiProperty({ enum: PAYMENT_METHODS, example: 'CARD', description: '결제 수단 / Method' })
  @IsIn(PAYMENT_METHODS)
  method: PaymentMethod;

  @ApiProperty({ example: 50_000, description: '금액(원) / Amount, won' })
  @IsInt()
  @Min(1)
  @Max(WON_MAX)
  amount: number;

  @ApiPropertyOptional({ example: '424242', description: '카드번호 앞 6자리 / First six digits of the card' })
  @IsOptional()
  @Matches(/^\d{6}$/)
  cardFirst6?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    example: '2026-12-01T03:00:00+09:00',
    description:
      '이 시각의 영업시간과 점검으로 봄, 없으면 지금 / Hours and maintenance of that time; absent: now',
  })
  @IsOptional()
  @IsInstant()
  at?: string;
}

export class WeighedContractResponse {
  @ApiProperty({ example: 'ctr_01KAJR38VNR81X7S9FZBZ4D62E' })
  contractId: string;

  @ApiProperty({ example: 'toss' })
  acquirer: string;

  @ApiProperty({ example: 1 })
  priority: number;

  @ApiProperty({ example: 50, description: '계약의 몫 / Weight of the contract' })
  weight: number;

  @ApiProperty({
    enum: STANDINGS,
    example: 'WELL',
    description: '이 서버가 본 최근 상태 / How it has worked lately, as this server saw it',
  })
  standing: Standing;

  @ApiProperty({ example: 50, description: '상태를 반영한 몫 / Weight after health' })
  effectiveWeight: number;
}

export class ContractChanceResponse extends WeighedContractResponse {
  @ApiProperty({
    format: 'double',
    example: 0.5,
    description: '맨 먼저 갈 확률 / How likely it is to be asked first, 0 to 1',
  })
  share: number;

  static chance({ contract, standing, effectiveWeight, share }: Weighed): ContractChanceResponse {
    const { contractId, acquirer, priority, weight } = contract;
    const rounded = (value: number, to: number) => Math.round(value * to) / to;
    return {
      contractId,
      acquirer,
      priority,
      weight,
      standing,
      effectiveWeight: rounded(effectiveWeight, 100),
      share: rounded(share, 10_000),
    };
  }
}

export class ExcludedContractResponse {
  @ApiProperty({ example: 'ctr_01KAJR38VNR81X7S9FZBZ4D62F' })
  contractId: string;

  @ApiProperty({ example: 'inicis' })
  acquirer: string;

  @ApiProperty({ enum: EXCLUSIONS, example: 'MAINTENANCE', description: '빠진 까닭 / Why it was left out' })
  why: Exclusion;
}

export class DryRunResponse {
  @ApiProperty({ enum: ROUTING_STRATEGIES, example: 'ADAPTIVE' })
  strategy: RoutingStrategy;

  @ApiProperty({ format: 'date-time', example: '2026-12-01T03:00:00.000+09:00' })
  at: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'SHINHAN',
    description: '앞 6자리로 아는 카드사 / Issuer as far as the first six digits tell',
  })
  issuer: string | null;

  @ApiProperty({ type: [ContractChanceResponse], description: '우선순위 차례 / By priority' })
  candidates: ContractChanceResponse[];

  @ApiProperty({ type: [ExcludedContractResponse] })
  excluded: ExcludedContractResponse[];

  static of({ strategy, decidedAt, issuer, weighed, excluded }: RoutingDecision): DryRunResponse {
    return {
      strategy,
      at: koreanTime(decidedAt),
      issuer,
      candidates: weighed.map((each) => ContractChanceResponse.chance(each)),
      excluded: excluded.map(({ contract: { contractId, acquirer }, why }) => ({
        contractId,
        acquirer,
        why,
      })),
    };
  }
}

export class PaymentRoutingResponse {
  @ApiProperty({ example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  paymentId: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-21T15:04:05.000+09:00' })
  decidedAt: string;

  @ApiProperty({ enum: ROUTING_STRATEGIES, example: 'ADAPTIVE' })
  strategy: RoutingStrategy;

  @ApiProperty({ enum: PAYMENT_METHODS, example: 'CARD' })
  method: PaymentMethod;

  @ApiProperty({ example: 50_000 })
  amount: number;

  @ApiProperty({ type: String, nullable: true, example: 'SHINHAN' })
  issuer: string | null;

  @ApiProperty({ type: [WeighedContractResponse], description: '물어볼 차례대로 / In the order to be asked' })
  candidates: WeighedContractResponse[];

  @ApiProperty({ type: [ExcludedContractResponse] })
  excluded: ExcludedContractResponse[];

  static of(kept: KeptDecision): PaymentRoutingResponse {
    return {
      paymentId: kept.paymentId,
      decidedAt: koreanTime(kept.decidedAt),
      strategy: kept.strategy,
      method: kept.method,
      amount: kept.amount,
      issuer: kept.issuer,
      candidates: kept.candidates.map((each) => ({
        contractId: each.contractId,
        acquirer: each.acquirer,
        priority: each.priority,
        weight: each.weight,
        standing: each.standing,
        effectiveWeight: each.effectiveWeight,
      })),
      excluded: kept.excluded.map(({ contractId, acquirer, why }) => ({ contractId, acquirer, why })),
    };
  }
}
