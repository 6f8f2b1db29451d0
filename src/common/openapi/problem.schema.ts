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

/** RFC 9457 problem details with our members. */
export class Problem {
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

  @ApiPropertyOptional({ example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  paymentId?: string;

  @ApiPropertyOptional({ example: 'FAILED', description: '결제 상태 / Status of the payment' })
  paymentStatus?: string;

  @ApiPropertyOptional({ example: 'FAILURE', enum: ['FAILURE', 'UNKNOWN'] })
  outcome?: string;
}
