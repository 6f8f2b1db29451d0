import { ApiProperty } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { IsKoreanDay } from '../../../../common/http/korean-day.validator';
import { PageQuery } from '../../../../common/pagination/page.query';
import { type GroupBy, GROUPS } from '../sales-sql';

const BRANCH_GROUPS = ['day', 'method'] as const;

export class PeriodQuery extends PageQuery {
  @ApiProperty({ format: 'date', example: '2026-11-01', description: '매입일부터 / First day of capture' })
  @IsKoreanDay()
  from: string;

  @ApiProperty({
    format: 'date',
    example: '2026-11-30',
    description: '매입일까지, 포함, 400일까지 / Last day of capture, 400 days at most',
  })
  @IsKoreanDay()
  to: string;
}

export class AggregateQuery extends PeriodQuery {
  @ApiProperty({ enum: GROUPS, example: 'day', description: '묶는 기준 / What is grouped by' })
  @IsIn(GROUPS)
  groupBy: GroupBy;
}

export class BranchSalesQuery extends PeriodQuery {
  @ApiProperty({ enum: BRANCH_GROUPS, example: 'day', description: '묶는 기준 / What is grouped by' })
  @IsIn(BRANCH_GROUPS)
  groupBy: (typeof BRANCH_GROUPS)[number];
}

export class LinePath {
  @ApiProperty({ example: 'stn_1204', description: '정산 내역 ID / Line id' })
  @Matches(/^stn_[1-9]\d{0,17}$/)
  lineId: string;
}
