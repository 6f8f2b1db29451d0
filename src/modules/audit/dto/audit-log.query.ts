import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { DaysPageQuery } from '../../../common/pagination/days-page.query';
import { AUDIT_OUTCOMES, type AuditOutcome } from '../audit.types';

export class AuditLogsQuery extends DaysPageQuery {
  @ApiPropertyOptional({
    example: 'member:mem_01KAJR38VNR81X7S9FZBZ4D62E',
    description: '누가 / Who',
  })
  @MayBeAbsent()
  @Matches(/^[\x21-\x7e]{1,80}$/)
  actor?: string;

  @ApiPropertyOptional({
    example: 'branch.status',
    description:
      '점이 있으면 그 행위, 없으면 그렇게 시작하는 모두(예: branch) / With a dot that action; without one all of that first part (e.g. branch)',
  })
  @MayBeAbsent()
  @Matches(/^[a-z0-9-]{1,40}(\.[a-z0-9.-]{1,40})?$/)
  action?: string;

  @ApiPropertyOptional({ example: 'brn_0000000000DEM0BRANCH000001', description: '무엇에 / Of what' })
  @MayBeAbsent()
  @Matches(/^[\x21-\x7e]{1,80}$/)
  target?: string;

  @ApiPropertyOptional({ example: 'M0000001', description: '가맹점 ID / Merchant id' })
  @MayBeAbsent()
  @Matches(/^M\d{7}$/)
  mid?: string;

  @ApiPropertyOptional({
    example: 'req_5f0c1c2e-6f0f-4d3a-9a53-0d7a3c1b2a10',
    description: '요청의 X-Request-Id / X-Request-Id of the request',
  })
  @MayBeAbsent()
  @Matches(/^[A-Za-z0-9._-]{1,128}$/)
  requestId?: string;

  @ApiPropertyOptional({ enum: AUDIT_OUTCOMES, example: 'REFUSED', description: '결과 / Outcome' })
  @MayBeAbsent()
  @IsIn(AUDIT_OUTCOMES)
  outcome?: AuditOutcome;
}
