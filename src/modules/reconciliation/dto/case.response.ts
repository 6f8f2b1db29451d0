import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../common/time/korean-time';
import { CASE_STATUSES, type CaseStatus, EXPLAINED, RESOLUTIONS } from '../case.state';
import type { CaseWithEvents } from '../cases/cases.service';
import {
  CASE_KINDS,
  type CaseEvent,
  type CaseKind,
  type ListName,
  LISTS,
  type ReconciliationCase,
} from '../reconciliation.types';

const SECOND_MS = 1_000;
const ALL_RESOLUTIONS = [...RESOLUTIONS, EXPLAINED];

/** What one side says. */
export class CaseSideResponse {
  @ApiProperty({
    type: Number,
    nullable: true,
    example: 55_000,
    description:
      '원, 취소도 양수. FEE_DIFFERS는 수수료 / Won, of a cancel positive too; of FEE_DIFFERS the fee',
  })
  amount: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'APPROVED', description: '상태 / State' })
  state: string | null;
}

export class CaseResponse {
  @ApiProperty({ example: 'rcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  caseId: string;

  @ApiProperty({ enum: CASE_KINDS, example: 'MISSING_HERE' })
  kind: CaseKind;

  @ApiProperty({ format: 'date', example: '2026-11-20', description: '대사한 날 / The day compared' })
  date: string;

  @ApiProperty({ enum: LISTS, example: 'MOVEMENTS' })
  list: ListName;

  @ApiProperty({ example: 'run_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  runId: string;

  @ApiProperty({ example: 'M0000001' })
  mid: string;

  @ApiProperty({ example: 'ctr_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  contractId: string;

  @ApiProperty({ example: 'toss' })
  acquirer: string;

  @ApiProperty({ enum: ['APPROVAL', 'CANCEL'], nullable: true, type: String, example: 'APPROVAL' })
  movementKind: ReconciliationCase['movementKind'];

  @ApiProperty({ type: String, nullable: true, example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  paymentId: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
    description: '우리 거래: 결제 또는 취소 ID / Our movement: id of a payment or a cancel',
  })
  sourceId: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'ORDER-0001' })
  acquirerOrderNo: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'tviva20261120abcd' })
  acquirerTransactionId: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '0AB12CD34EF56GH78IJ90KL12MN34OP5',
    description: '원천사가 거래마다 붙인 번호 / The acquirer’s key of the movement',
  })
  movementKey: string | null;

  @ApiProperty({ type: CaseSideResponse, description: '우리 장부 / Our book' })
  own: CaseSideResponse;

  @ApiProperty({ type: CaseSideResponse, description: '원천사의 장부 / The acquirer’s book' })
  acquirerSide: CaseSideResponse;

  @ApiProperty({ enum: CASE_STATUSES, example: 'OPEN' })
  status: CaseStatus;

  @ApiProperty({ type: String, nullable: true, example: null, description: '담당자 / The owner' })
  ownerId: string | null;

  @ApiProperty({
    example: 86_400,
    description:
      '열려 있는 시간(초), 종결되었으면 그때까지 / Seconds since it was opened; of a resolved one until then',
  })
  ageSeconds: number;

  @ApiProperty({ example: '2026-11-21T01:00:09.000+09:00' })
  openedAt: string;

  @ApiProperty({
    example: '2026-11-21T01:00:09.000+09:00',
    description: '마지막으로 다시 확인된 때 / When a comparison found it last',
  })
  confirmedAt: string;

  @ApiProperty({ enum: ALL_RESOLUTIONS, nullable: true, type: String, example: null })
  resolution: ReconciliationCase['resolution'];

  @ApiProperty({ type: String, nullable: true, example: null })
  note: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  resolvedBy: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  resolvedAt: string | null;

  static of(found: ReconciliationCase, now: Date): CaseResponse {
    const until = found.resolvedAt ?? now;
    return {
      caseId: found.caseId,
      kind: found.kind,
      date: found.day,
      list: found.list,
      runId: found.runId,
      mid: found.mid,
      contractId: found.contractId,
      acquirer: found.acquirer,
      movementKind: found.movementKind,
      paymentId: found.paymentId,
      sourceId: found.sourceId,
      acquirerOrderNo: found.acquirerOrderNo,
      acquirerTransactionId: found.acquirerTransactionId,
      movementKey: found.movementKey,
      own: { amount: found.ownAmount, state: found.ownState },
      acquirerSide: { amount: found.acquirerAmount, state: found.acquirerState },
      status: found.status,
      ownerId: found.ownerId,
      ageSeconds: Math.max(0, Math.floor((until.getTime() - found.openedAt.getTime()) / SECOND_MS)),
      openedAt: koreanTime(found.openedAt),
      confirmedAt: koreanTime(found.confirmedAt),
      resolution: found.resolution,
      note: found.note,
      resolvedBy: found.resolvedBy,
      resolvedAt: found.resolvedAt === null ? null : koreanTime(found.resolvedAt),
    };
  }
}

export class CaseEventResponse {
  @ApiProperty({ enum: CASE_STATUSES, nullable: true, type: String, example: null })
  from: CaseStatus | null;

  @ApiProperty({ enum: CASE_STATUSES, example: 'OPEN' })
  to: CaseStatus;

  @ApiProperty({ example: 'system:reconciliation', description: '누가 / Who' })
  actor: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  ownerId: string | null;

  @ApiProperty({ enum: ALL_RESOLUTIONS, nullable: true, type: String, example: null })
  resolution: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  note: string | null;

  @ApiProperty({ example: '2026-11-21T01:00:09.000+09:00' })
  at: string;

  static of({ at, ...event }: CaseEvent): CaseEventResponse {
    const { from, to, actor, ownerId, resolution, note } = event;
    return { from, to, actor, ownerId, resolution, note, at: koreanTime(at) };
  }
}

export class CaseDetailResponse extends CaseResponse {
  @ApiProperty({ type: [CaseEventResponse], description: '있었던 일, 오래된 것부터 / Oldest first' })
  events: CaseEventResponse[];

  static ofDetail({ found, events }: CaseWithEvents, now: Date): CaseDetailResponse {
    return { ...CaseResponse.of(found, now), events: events.map((event) => CaseEventResponse.of(event)) };
  }
}

export class CaseListResponse {
  @ApiProperty({ type: [CaseResponse], description: '최근 것부터 / Newest first' })
  data: CaseResponse[];

  @ApiProperty({ type: String, nullable: true, example: null, description: '다음 쪽 / The next page' })
  nextCursor: string | null;
}
