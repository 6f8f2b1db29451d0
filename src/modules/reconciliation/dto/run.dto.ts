import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { IsKoreanDay } from '../../../common/http/korean-day.validator';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { PageQuery } from '../../../common/pagination/page.query';
import { koreanTime } from '../../../common/time/korean-time';
import {
  type Basis,
  BASES,
  type ListName,
  LISTS,
  type ReconciliationRun,
  RUN_STATUSES,
  type RunStatus,
} from '../reconciliation.types';

const MID = /^M\d{7}$/;

export class ReconcileRequest {
  @ApiProperty({
    format: 'date',
    example: '2026-11-20',
    description: '대사할 날, 지난 90일 / The Korean day, one of the last 90',
  })
  @IsKoreanDay()
  date: string;

  @ApiPropertyOptional({ example: 'M0000001', description: '가맹점, 없으면 모두 / Merchant; absent = all' })
  @MayBeAbsent()
  @Matches(MID)
  mid?: string;
}

export class ReconcileResponse {
  @ApiProperty({ format: 'date', example: '2026-11-20' })
  date: string;

  @ApiProperty({ type: String, nullable: true, example: 'M0000001' })
  mid: string | null;

  @ApiProperty({ example: 4, description: '계약과 목록의 수 / Contracts and lists that are compared' })
  runCount: number;
}

export class RunsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'M0000001', description: '가맹점, 없으면 모두 / Merchant; absent = all' })
  @MayBeAbsent()
  @Matches(MID)
  mid?: string;

  @ApiPropertyOptional({ format: 'date', example: '2026-11-20', description: '대사한 날 / The day compared' })
  @MayBeAbsent()
  @IsKoreanDay()
  date?: string;
}

export class ReconciliationRunResponse {
  @ApiProperty({ example: 'run_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  runId: string;

  @ApiProperty({ format: 'date', example: '2026-11-20' })
  date: string;

  @ApiProperty({
    enum: LISTS,
    example: 'MOVEMENTS',
    description: '거래 또는 정산 / Movements or settlements',
  })
  list: ListName;

  @ApiProperty({
    enum: BASES,
    example: 'LIST',
    description:
      'LIST 원천사의 목록, INQUIRY 목록이 없어 주문마다 조회 / By the acquirer’s list, or by asking about each order',
  })
  basis: Basis;

  @ApiProperty({ example: 'M0000001' })
  mid: string;

  @ApiProperty({ example: 'ctr_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  contractId: string;

  @ApiProperty({ example: 'toss' })
  acquirer: string;

  @ApiProperty({
    enum: RUN_STATUSES,
    example: 'DONE',
    description: 'UNREADABLE: 목록을 읽지 못함 / The list could not be read',
  })
  status: RunStatus;

  @ApiProperty({ example: 0, description: '이어진 실패 / Tries that failed in a row' })
  tries: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 1204,
    description: '원천사에 있는 건수, INQUIRY는 물은 주문 수 / What the acquirer lists; orders asked about',
  })
  listedCount: number | null;

  @ApiProperty({ type: Number, nullable: true, example: 1204, description: '우리 건수 / Our movements' })
  ownCount: number | null;

  @ApiProperty({ type: Number, nullable: true, example: 0, description: '다른 건수 / Differences' })
  differenceCount: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 0,
    description: '결과를 아직 모르는 건수, 다시 비교함 / Not settled here yet; compared again',
  })
  openCount: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: '읽지 못한 까닭 / Why unreadable',
  })
  failure: string | null;

  @ApiProperty({ example: 'system:reconciliation', description: '처음 시작한 이 / Who began it' })
  requestedBy: string;

  @ApiProperty({ example: '2026-11-21T01:00:00.000+09:00' })
  createdAt: string;

  @ApiProperty({ type: String, nullable: true, example: '2026-11-21T01:00:04.000+09:00' })
  startedAt: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-11-21T01:00:09.000+09:00' })
  finishedAt: string | null;

  static of({ day, createdAt, startedAt, finishedAt, ...run }: ReconciliationRun): ReconciliationRunResponse {
    return {
      runId: run.runId,
      date: day,
      list: run.list,
      basis: run.basis,
      mid: run.mid,
      contractId: run.contractId,
      acquirer: run.acquirer,
      status: run.status,
      tries: run.tries,
      listedCount: run.listedCount,
      ownCount: run.ownCount,
      differenceCount: run.differenceCount,
      openCount: run.openCount,
      failure: run.failure,
      requestedBy: run.requestedBy,
      createdAt: koreanTime(createdAt),
      startedAt: startedAt === null ? null : koreanTime(startedAt),
      finishedAt: finishedAt === null ? null : koreanTime(finishedAt),
    };
  }
}

export class ReconciliationRunListResponse {
  @ApiProperty({ type: [ReconciliationRunResponse], description: '최근 것부터 / Newest first' })
  data: ReconciliationRunResponse[];

  @ApiProperty({ type: String, nullable: true, example: null, description: '다음 쪽 / The next page' })
  nextCursor: string | null;
}
