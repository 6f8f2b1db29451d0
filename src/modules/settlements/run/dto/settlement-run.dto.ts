import { ApiProperty } from '@nestjs/swagger';
import { IsKoreanDay } from '../../../../common/http/korean-day.validator';
import { koreanTime } from '../../../../common/time/korean-time';
import type { RunState } from '../settlement-run.repository';

export class RunRequest {
  @ApiProperty({
    format: 'date',
    example: '2026-11-20',
    description: '매입일, 지난 날 / Day of capture, which is over',
  })
  @IsKoreanDay()
  captureDate: string;
}

export class WaitingMerchantResponse {
  @ApiProperty({ example: 'stc_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  caseId: string;

  @ApiProperty({ example: 'M0000001' })
  mid: string;

  @ApiProperty({
    example: 'NO_FEE_POLICY',
    description:
      '정산하지 못한 까닭: NO_FEE_POLICY, COMMISSION_ABOVE_FEE, CALENDAR_YEAR_UNKNOWN, PAYOUT_DAYS_FROZEN, SETTLEMENT_TERMS_UNREADABLE, SETTLEMENT_LINES_REFUSED / Why it could not be settled, a code of the error catalogue',
  })
  code: string;

  @ApiProperty({ example: 12, description: '그날 기다리는 거래 수 / Movements of the day that wait' })
  movementCount: number;
}

export class RunResponse {
  @ApiProperty({ example: 'run_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  runId: string;

  @ApiProperty({ format: 'date', example: '2026-11-20' })
  captureDate: string;

  @ApiProperty({ enum: ['RUNNING', 'DONE'], example: 'DONE' })
  status: RunState['status'];

  @ApiProperty({ type: Number, nullable: true, example: 1204, description: '끝나면 / Once it is done' })
  lineCount: number | null;

  @ApiProperty({ type: Number, nullable: true, example: 17, description: '끝나면 / Once it is done' })
  settlementCount: number | null;

  @ApiProperty({ example: 'system:settlement', description: '처음 시작한 이 / Who began it' })
  requestedBy: string;

  @ApiProperty({ example: '2026-11-21T00:10:04.000+09:00' })
  startedAt: string;

  @ApiProperty({ type: String, nullable: true, example: '2026-11-21T00:10:09.000+09:00' })
  finishedAt: string | null;

  @ApiProperty({ example: 1, description: '정산을 기다리는 가맹점 수 / Merchants that wait to be settled' })
  waitingCount: number;

  @ApiProperty({
    type: [WaitingMerchantResponse],
    description: '기다리는 가맹점, 처음 20곳 / Who waits, the first 20',
  })
  waiting: readonly WaitingMerchantResponse[];

  static of({ capturedDay, startedAt, finishedAt, ...rest }: RunState): RunResponse {
    return {
      ...rest,
      captureDate: capturedDay,
      startedAt: koreanTime(startedAt),
      finishedAt: finishedAt === null ? null : koreanTime(finishedAt),
    };
  }
}

export class RunListResponse {
  @ApiProperty({ type: [RunResponse], description: '늦은 매입일부터 / Latest day first' })
  data: RunResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'MTc2MzY4MzIwMDAwMC5ydW4',
    description: '다음 쪽 / The next page',
  })
  nextCursor: string | null;
}
