import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../common/time/korean-time';
import { AUDIT_OUTCOMES, type AuditOutcome, type AuditRow } from '../audit.types';

export class AuditLogResponse {
  @ApiProperty({
    description: '사슬의 번호, 빠짐없이 하나씩 / Number in the chain, without gaps',
    example: 1042,
  })
  seq: number;

  @ApiProperty({ description: '감사 기록 ID / Audit id', example: 'aud_01KAJR38VNR81X7S9FZBZ4D62E' })
  auditId: string;

  @ApiProperty({ format: 'date-time', description: '시각 / When', example: '2026-11-21T15:04:05.000+09:00' })
  at: string;

  @ApiProperty({ description: '누가 / Who', example: 'member:mem_01KAJR38VNR81X7S9FZBZ4D62E' })
  actor: string;

  @ApiProperty({ description: '무엇을 / What', example: 'branch.status' })
  action: string;

  @ApiProperty({ description: '무엇에 / Of what', example: 'brn_0000000000DEM0BRANCH000001' })
  target: string;

  @ApiProperty({ type: String, nullable: true, description: '가맹점 ID / Merchant id', example: 'M0000001' })
  mid: string | null;

  @ApiProperty({ enum: AUDIT_OUTCOMES, description: '결과 / Outcome', example: 'SUCCESS' })
  outcome: AuditOutcome;

  @ApiProperty({
    type: String,
    nullable: true,
    description: '요청 ID / Request id',
    example: 'req_5f0c1c2e-6f0f-4d3a-9a53-0d7a3c1b2a10',
  })
  requestId: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: '클라이언트 주소 / Client address',
    example: '203.0.113.7',
  })
  clientAddress: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: '정해진 항목만 / Listed details only',
    example: { from: 'ACTIVE', to: 'SUSPENDED', reason: '정기 점검' },
  })
  details: Record<string, unknown>;

  static of({ at, details, ...row }: AuditRow): AuditLogResponse {
    const { seq, auditId, actor, action, target, mid, outcome, requestId, clientAddress } = row;
    return {
      ...{ seq, auditId, at: koreanTime(at), actor, action, target, mid, outcome, requestId, clientAddress },
      details: { ...details },
    };
  }
}

export class AuditLogListResponse {
  @ApiProperty({ type: [AuditLogResponse], description: '감사 기록 / The audit rows' })
  data: AuditLogResponse[];

  @ApiProperty({ type: String, nullable: true, description: '다음 쪽 / Next page', example: null })
  nextCursor: string | null;
}
