import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { BODY_BYTES_MAX } from '../../common/http/limits';
import { Secret } from '../../common/masking/secret';
import { WON_MAX } from '../../common/money/won';
import {
  BILLING_STORAGES,
  type BillingStorage,
  PAYMENT_METHODS,
  type PaymentMethod,
  type WantedContract,
  type Weekday,
  WEEKDAYS,
} from './merchants.types';

/** A merchant's list is short; each payment looks at all of it. */
export const CONTRACTS_MAX = 20;
const PRIORITY_MAX = 1_000;
const WEIGHT_MAX = 10_000;
const TIMEOUT_MAX_MS = 60_000;
export const ISSUER = /^[A-Z0-9_]{1,30}$/;

export class OpenHoursRequest {
  @ApiProperty({ example: '09:00', description: '시작(한국 시각) / From, Korean time' })
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/)
  from: string;

  @ApiProperty({
    example: '18:00',
    description:
      '끝(미포함), 24:00 가능. 시작보다 이르면 다음 날 / To before, 24:00 allowed; earlier than from = on the next day',
  })
  @Matches(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)
  to: string;

  @ApiPropertyOptional({
    enum: WEEKDAYS,
    isArray: true,
    nullable: true,
    example: ['MON', 'TUE', 'WED', 'THU', 'FRI'],
    description: '시작하는 요일, 없으면 매일 / Days on which it begins; null = every day',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(WEEKDAYS, { each: true })
  days?: Weekday[] | null;
}

export class ContractRequest {
  @ApiProperty({ example: 'toss', description: '원천사 이름 / Name of the acquirer' })
  @Matches(/^[a-z][a-z0-9]{1,19}$/)
  acquirer: string;

  @ApiProperty({
    example: 'tosstest05',
    description: '원천사가 준 가맹점 번호 / Merchant id at the acquirer',
  })
  @Matches(/^[\x21-\x7e]{1,64}$/)
  acquirerMerchantId: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: BODY_BYTES_MAX },
    writeOnly: true,
    example: { secretKey: 'test_sk_…' },
    description:
      '인증 정보, 다시 보이지 않음. 있던 계약은 생략하면 그대로 둠 / Credentials by the adapter’s names, never shown again; left out = those of the contract stay',
  })
  @IsOptional()
  @IsObject()
  credentials?: Record<string, string>;

  @ApiProperty({
    enum: PAYMENT_METHODS,
    isArray: true,
    example: ['CARD'],
    description:
      '결제 수단. 현금영수증만 발급하는 곳(popbill)은 빈 배열 / Methods; empty for who only issues cash receipts (popbill)',
  })
  @IsArray()
  @ArrayUnique()
  @IsIn(PAYMENT_METHODS, { each: true })
  methods: PaymentMethod[];

  @ApiProperty({ example: 1, minimum: 1, maximum: PRIORITY_MAX, description: '낮을수록 먼저 / Lower first' })
  @IsInt()
  @Min(1)
  @Max(PRIORITY_MAX)
  priority: number;

  @ApiProperty({
    example: 50,
    minimum: 0,
    maximum: WEIGHT_MAX,
    description:
      '같은 우선순위 안의 몫, 0은 다른 계약이 모두 안 될 때만 / Share within its priority; 0 = last resort',
  })
  @IsInt()
  @Min(0)
  @Max(WEIGHT_MAX)
  weight: number;

  @ApiProperty({ example: 100, minimum: 1, description: '1회 최소 금액(원) / Least amount, won' })
  @IsInt()
  @Min(1)
  @Max(WON_MAX)
  amountMin: number;

  @ApiProperty({ example: 10_000_000, description: '1회 최대 금액(원) / Greatest amount, won' })
  @IsInt()
  @Min(1)
  @Max(WON_MAX)
  amountMax: number;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    example: null,
    description: '일 한도(원) / Daily limit',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  dailyLimit?: number | null;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    example: null,
    description: '월 한도(원) / Monthly limit',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  monthlyLimit?: number | null;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    example: null,
    description: '연결 대기(ms), 없으면 기본값 / Wait for a connection; null = the default',
  })
  @IsOptional()
  @IsInt()
  @Min(100)
  @Max(TIMEOUT_MAX_MS)
  connectTimeoutMs?: number | null;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    example: null,
    description: '응답 대기(ms), 없으면 기본값 / Wait for the answer; null = the default',
  })
  @IsOptional()
  @IsInt()
  @Min(100)
  @Max(TIMEOUT_MAX_MS)
  answerTimeoutMs?: number | null;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    example: null,
    description: '받는 카드사, 없으면 모두 / Card issuers that it takes, e.g. SHINHAN; null = all',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(ISSUER, { each: true })
  issuers?: string[] | null;

  @ApiPropertyOptional({
    type: OpenHoursRequest,
    nullable: true,
    example: null,
    description: '받는 시간, 없으면 항상 / When it takes payments; null = always',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => OpenHoursRequest)
  hours?: OpenHoursRequest | null;

  @ApiPropertyOptional({
    enum: BILLING_STORAGES,
    nullable: true,
    example: null,
    description:
      '빌링키 보관 방식, 없으면 원천사 토큰(가능할 때) / How billing keys are kept; null = the acquirer’s token where it has one',
  })
  @IsOptional()
  @IsIn(BILLING_STORAGES)
  billingStorage?: BillingStorage | null;

  @ApiProperty({ example: true, description: '사용 여부 / Whether it may be used' })
  @IsBoolean()
  enabled: boolean;
}

/** The request as a contract that shall be. */
export function wantedContract(request: ContractRequest): WantedContract {
  const { credentials, hours } = request;
  return {
    acquirer: request.acquirer,
    acquirerMerchantId: request.acquirerMerchantId,
    ...(credentials ? { credentials: new Secret(credentials) } : {}),
    methods: request.methods,
    priority: request.priority,
    weight: request.weight,
    amountMin: request.amountMin,
    amountMax: request.amountMax,
    dailyLimit: request.dailyLimit ?? null,
    monthlyLimit: request.monthlyLimit ?? null,
    connectTimeoutMs: request.connectTimeoutMs ?? null,
    answerTimeoutMs: request.answerTimeoutMs ?? null,
    issuers: request.issuers ?? null,
    billingStorage: request.billingStorage ?? undefined,
    hours: hours ? { from: hours.from, to: hours.to, days: hours.days ?? null } : null,
    enabled: request.enabled,
  };
}
