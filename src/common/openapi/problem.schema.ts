import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class ProblemField {
  @ApiProperty({ example: 'amount' })
  field: string;

  @ApiProperty({ example: 'OUT_OF_RANGE' })
  code: string;

  @ApiProperty({ example: '허용 범위를 벗어났습니다.' })
  message: string;
}

export class ProblemAcquirer {
  @ApiProperty({ example: 'toss' })
  name: string;

  @ApiProperty({ example: 'REJECT_CARD_COMPANY' })
  code: string;

  @ApiProperty({ example: '결제 승인이 거절되었습니다.' })
  message: string;
}

/** What an answer may add to the members of RFC 9457. A fault can be given no other: each is described here. */
export class ProblemMembers {
  @ApiPropertyOptional({ example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  paymentId?: string;

  @ApiPropertyOptional({ example: 'FAILED', description: '결제 상태 / Status of the payment' })
  paymentStatus?: string;

  @ApiPropertyOptional({ example: 'FAILURE', enum: ['FAILURE', 'UNKNOWN'] })
  outcome?: string;

  @ApiPropertyOptional({ example: 'pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', description: '취소 / The cancel' })
  cancelId?: string;

  @ApiPropertyOptional({
    example: 45000,
    description: '취소할 수 있는 금액(원) / Won that can still be cancelled',
  })
  balanceAmount?: number;

  @ApiPropertyOptional({ example: 'IN_PROGRESS', description: '취소의 상태 / Status of the cancel' })
  cancelStatus?: string;

  @ApiPropertyOptional({
    example: true,
    description: '주문번호를 막아 두었음 / The order number is barred from now on',
  })
  barred?: boolean;

  @ApiPropertyOptional({
    example: '2026-01-02T03:04:15.000+09:00',
    description: '다시 확인하는 시각 / When it is looked at again',
  })
  nextCheckAt?: string;

  @ApiPropertyOptional({ example: 'bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', description: '빌링키 / The billing key' })
  billingKey?: string;

  @ApiPropertyOptional({ example: 'REVOKED', description: '빌링키의 상태 / Status of the billing key' })
  billingKeyStatus?: string;

  @ApiPropertyOptional({ example: 'PAUSED', description: '구독의 상태 / Status of the subscription' })
  subscriptionStatus?: string;

  @ApiPropertyOptional({
    example: 'crc_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
    description: '현금영수증 / The cash receipt',
  })
  receiptId?: string;

  @ApiPropertyOptional({
    example: 'CANCELLED',
    description: '현금영수증의 상태 / Status of the cash receipt',
  })
  receiptStatus?: string;

  @ApiPropertyOptional({ example: 'EXPIRED', description: 'SMS 결제의 상태 / Status of the SMS payment' })
  smsPaymentStatus?: string;

  @ApiPropertyOptional({
    example: '2026-01-02T03:05:05.000+09:00',
    description: '다시 보낼 수 있는 시각 / When the next one may be sent',
  })
  nextSendAt?: string;

  @ApiPropertyOptional({ example: 4, description: '남은 입력 횟수 / Tries that are left' })
  triesLeft?: number;

  @ApiPropertyOptional({ example: 'CONFIRMED', description: '정산의 상태 / Status of the settlement' })
  settlementStatus?: string;

  @ApiPropertyOptional({
    example: 'hld_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
    description: '지급 보류 / The hold on payouts',
  })
  holdId?: string;

  @ApiPropertyOptional({ example: 'M0000001', description: '가맹점 / The merchant' })
  mid?: string;

  @ApiPropertyOptional({ example: 'AG0001', description: '대리점 / The agency' })
  agencyCode?: string;

  @ApiPropertyOptional({ example: '2026-02-01', description: '그날 / The day it is about' })
  day?: string;

  @ApiPropertyOptional({
    example: 33000,
    description: '수수료율의 합(백만분율) / Sum of the rates, in parts per million',
  })
  sumPpm?: number;

  @ApiPropertyOptional({
    example: '2030',
    description: '달력에 없는 해 / The year that the calendar does not know',
  })
  year?: string;

  @ApiPropertyOptional({
    example: '2026-01-31',
    description: '이날까지 정산이 끝남 / Days up to this one are settled',
  })
  closedThrough?: string;

  @ApiPropertyOptional({
    example: 'RESOLVED',
    description: '대사 건의 상태 / Status of the reconciliation case',
  })
  caseStatus?: string;

  @ApiPropertyOptional({ example: '2026-02-03', description: '지급일 / Day of the payout' })
  payoutDay?: string;
}

/** RFC 9457 problem details with our members. */
export class Problem extends ProblemMembers {
  @ApiProperty({ example: 'https://api.example.com/docs/errors/VALIDATION_FAILED' })
  type: string;

  @ApiProperty({ example: '입력값이 올바르지 않습니다' })
  title: string;

  @ApiProperty({
    example: 400,
    oneOf: [
      { type: 'integer', format: 'int32', minimum: 400, maximum: 599 },
      { type: 'string', maxLength: 40 },
    ],
    description:
      'HTTP 상태. ACQUIRER_TIMEOUT만 결제 상태(REVERSED, REVERSING …)를 담습니다. / HTTP status; only ACQUIRER_TIMEOUT carries the status of the payment instead',
  })
  status: number | string;

  @ApiProperty({ example: 'errors에 적힌 항목을 고쳐 다시 보내 주세요.' })
  detail: string;

  @ApiProperty({ example: 'VALIDATION_FAILED', description: '바뀌지 않는 코드 / Stable code' })
  code: string;

  @ApiProperty({ example: 'req_5f0c1c2e-6f0f-4d3a-9a53-0d7a3c1b2a10' })
  traceId: string;

  @ApiPropertyOptional({ type: [ProblemField] })
  errors?: ProblemField[];

  @ApiPropertyOptional({ type: ProblemAcquirer })
  acquirer?: ProblemAcquirer;
}
