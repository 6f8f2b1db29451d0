import { ApiProperty } from '@nestjs/swagger';
import { PAYMENT_METHODS, type PaymentMethod } from '../../merchants/merchants.types';
import type { AcquirerOverview } from '../routing-overview.service';
import { type BreakerState, type Standing, STANDINGS } from '../routing.types';
import { ContractChanceResponse } from './dry-run.dto';
import { MaintenanceResponse } from './maintenance.dto';

export class MethodHealthResponse {
  @ApiProperty({ enum: PAYMENT_METHODS, example: 'CARD' })
  method: PaymentMethod;

  @ApiProperty({ enum: ['CLOSED', 'OPEN'], example: 'CLOSED', description: '차단기 / Circuit breaker' })
  breaker: BreakerState;

  @ApiProperty({ example: 3, description: '진행 중인 호출 / Calls under way' })
  inFlight: number;

  @ApiProperty({ enum: STANDINGS, example: 'WELL', description: '최근 상태 / How it has worked lately' })
  standing: Standing;

  @ApiProperty({ example: 50, description: '최근 창의 호출 수 / Calls in the window' })
  calls: number;

  @ApiProperty({
    type: Number,
    format: 'double',
    nullable: true,
    example: 0.98,
    description: '성공률. 카드사의 거절도 성공임 / Success rate; a declined card is a success',
  })
  successRate: number | null;

  @ApiProperty({ type: Number, nullable: true, example: 240 })
  latencyP50Ms: number | null;

  @ApiProperty({ type: Number, nullable: true, example: 610 })
  latencyP95Ms: number | null;
}

export class ActiveMaintenanceResponse extends MaintenanceResponse {
  @ApiProperty({ example: false, description: '지금 점검 중 / It is going on' })
  active: boolean;
}

export class MerchantChanceResponse extends ContractChanceResponse {
  @ApiProperty({ example: 'M0000005' })
  mid: string;
}

export class AcquirerStatusResponse {
  @ApiProperty({ example: 'toss' })
  acquirer: string;

  @ApiProperty({
    enum: ['CLOSED', 'OPEN'],
    example: 'CLOSED',
    description: '한 결제수단이라도 열렸으면 OPEN / OPEN where that of any method is',
  })
  breaker: BreakerState;

  @ApiProperty({ example: 3, description: '진행 중인 호출 / Calls under way' })
  inFlight: number;

  @ApiProperty({ type: [MethodHealthResponse] })
  methods: MethodHealthResponse[];

  @ApiProperty({
    type: [ActiveMaintenanceResponse],
    description: '끝나지 않은 점검 / Maintenance not over yet',
  })
  maintenance: ActiveMaintenanceResponse[];

  @ApiProperty({
    type: [MerchantChanceResponse],
    description:
      '이 서버가 최근 결제를 보낸 가맹점의 카드 계약 / Card contracts of merchants this server sent payments for lately',
  })
  contracts: MerchantChanceResponse[];

  static of(overview: AcquirerOverview): AcquirerStatusResponse {
    return {
      acquirer: overview.acquirer,
      breaker: overview.breaker,
      inFlight: overview.inFlight,
      methods: overview.methods.map(
        ({ method, breaker, inFlight, standing, calls, successRate, latencyP50Ms, latencyP95Ms }) => ({
          method,
          breaker,
          inFlight,
          standing,
          calls,
          successRate: successRate === null ? null : Math.round(successRate * 10_000) / 10_000,
          latencyP50Ms,
          latencyP95Ms,
        }),
      ),
      maintenance: overview.maintenance.map((window) => ({
        ...MaintenanceResponse.of(window),
        active: window.active,
      })),
      contracts: overview.contracts.map((each) => ({
        mid: each.contract.mid,
        ...ContractChanceResponse.chance(each),
      })),
    };
  }
}

export class AcquirersResponse {
  @ApiProperty({ type: [AcquirerStatusResponse], description: '이름 차례 / By name' })
  data: AcquirerStatusResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: '늘 null / Always null: there are few',
  })
  nextCursor: string | null;
}
