import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../common/time/korean-time';
import {
  BILLING_STORAGES,
  type BillingStorage,
  type ContractView,
  type MerchantContracts,
  PAYMENT_METHODS,
  type PaymentMethod,
  type RemovedContract,
  ROUTING_STRATEGIES,
  type RoutingStrategy,
  type Weekday,
  WEEKDAYS,
} from '../merchants.types';

export class OpenHoursResponse {
  @ApiProperty({ example: '09:00' })
  from: string;

  @ApiProperty({ example: '18:00' })
  to: string;

  @ApiProperty({ enum: WEEKDAYS, isArray: true, nullable: true, example: null })
  days: Weekday[] | null;
}

/** A contract without its credentials. The fields are those of the request. */
export class ContractResponse {
  @ApiProperty({ example: 'ctr_01KAJR38VNR81X7S9FZBZ4D62E', description: '계약 ID / Contract id' })
  contractId: string;

  @ApiProperty({ example: 'toss' })
  acquirer: string;

  @ApiProperty({ example: 'tosstest05' })
  acquirerMerchantId: string;

  @ApiProperty({ example: true, description: '인증 정보가 있음 / It has credentials; they are never shown' })
  credentialsSet: boolean;

  @ApiProperty({ enum: PAYMENT_METHODS, isArray: true, example: ['CARD'] })
  methods: PaymentMethod[];

  @ApiProperty({ example: 1 })
  priority: number;

  @ApiProperty({ example: 50 })
  weight: number;

  @ApiProperty({ example: 100 })
  amountMin: number;

  @ApiProperty({ example: 10_000_000 })
  amountMax: number;

  @ApiProperty({ type: Number, nullable: true, example: null })
  dailyLimit: number | null;

  @ApiProperty({ type: Number, nullable: true, example: null })
  monthlyLimit: number | null;

  @ApiProperty({ type: Number, nullable: true, example: null })
  connectTimeoutMs: number | null;

  @ApiProperty({ type: Number, nullable: true, example: null })
  answerTimeoutMs: number | null;

  @ApiProperty({ type: [String], nullable: true, example: null })
  issuers: string[] | null;

  @ApiProperty({ type: OpenHoursResponse, nullable: true, example: null })
  hours: OpenHoursResponse | null;

  @ApiProperty({ enum: BILLING_STORAGES, nullable: true, example: null })
  billingStorage: BillingStorage | null;

  @ApiProperty({ example: true })
  enabled: boolean;

  static of(view: ContractView): ContractResponse {
    const { issuers, hours } = view;
    return {
      contractId: view.contractId,
      acquirer: view.acquirer,
      acquirerMerchantId: view.acquirerMerchantId,
      credentialsSet: view.credentialsSet,
      methods: [...view.methods],
      priority: view.priority,
      weight: view.weight,
      amountMin: view.amountMin,
      amountMax: view.amountMax,
      dailyLimit: view.dailyLimit,
      monthlyLimit: view.monthlyLimit,
      connectTimeoutMs: view.connectTimeoutMs,
      answerTimeoutMs: view.answerTimeoutMs,
      issuers: issuers === null ? null : [...issuers],
      hours: hours === null ? null : { from: hours.from, to: hours.to, days: hours.days && [...hours.days] },
      billingStorage: view.billingStorage ?? null,
      enabled: view.enabled,
    };
  }
}

export class RemovedContractResponse {
  @ApiProperty({ example: 'ctr_01KAJR38VNR81X7S9FZBZ4D62E' })
  contractId: string;

  @ApiProperty({ example: 'inicis' })
  acquirer: string;

  @ApiProperty({ example: 'inictest05' })
  acquirerMerchantId: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-21T15:04:05.000+09:00' })
  removedAt: string;

  static of({
    contractId,
    acquirer,
    acquirerMerchantId,
    removedAt,
  }: RemovedContract): RemovedContractResponse {
    return { contractId, acquirer, acquirerMerchantId, removedAt: koreanTime(removedAt) };
  }
}

export class MerchantContractsResponse {
  @ApiProperty({ example: 'M0000005' })
  mid: string;

  @ApiProperty({ enum: ROUTING_STRATEGIES, example: 'ADAPTIVE', description: '선택 방식 / How to choose' })
  strategy: RoutingStrategy;

  @ApiProperty({
    example: 3,
    description: '바꿀 때 함께 보낼 값, ETag와 같음 / Send it with a change; also the ETag',
  })
  version: number;

  @ApiProperty({ type: [ContractResponse] })
  contracts: ContractResponse[];

  @ApiProperty({
    type: [RemovedContractResponse],
    description: '빠진 계약: 새 결제는 없고 취소만 됨 / Removed ones: no new payments, cancels still work',
  })
  removed: RemovedContractResponse[];

  static of({ mid, strategy, version, contracts, removed }: MerchantContracts): MerchantContractsResponse {
    return {
      mid,
      strategy,
      version,
      contracts: contracts.map((contract) => ContractResponse.of(contract)),
      removed: removed.map((contract) => RemovedContractResponse.of(contract)),
    };
  }
}
