import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Length, Matches, Max, Min, ValidateIf } from 'class-validator';
import { EXPORT_FORMATS, type ExportFormat } from '../../../../common/export/table';
import { IsKoreanDay } from '../../../../common/http/korean-day.validator';
import { PageQuery } from '../../../../common/pagination/page.query';
import { koreanTime } from '../../../../common/time/korean-time';
import { given } from '../../payout/dto/settlement.request';
import { COVER_KINDS, type Cover, type CoverKind } from '../covers.service';
import type { Obligations } from '../obligations.repository';

const COVER_MAX = 9_007_199_254_740_991;
const NEXT = 'MC4yMDI2LTExLTIw';

export class ObligationsQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'date', example: '2026-11-20', description: '하루만 / One day alone' })
  @ValidateIf(given)
  @IsKoreanDay()
  date?: string;

  @ApiPropertyOptional({
    format: 'date',
    example: '2026-11-01',
    description: '날부터, date가 없을 때 / First day, without date',
  })
  @ValidateIf(({ date, from }: ObligationsQuery) => date === undefined || from !== undefined)
  @IsKoreanDay()
  from?: string;

  @ApiPropertyOptional({
    format: 'date',
    example: '2026-11-30',
    description: '날까지, 포함, 400일까지 / Last day, 400 days at most',
  })
  @ValidateIf(({ date, to }: ObligationsQuery) => date === undefined || to !== undefined)
  @IsKoreanDay()
  to?: string;
}

export class ExportObligationsQuery {
  @ApiProperty({ format: 'date', example: '2026-11-01', description: '날부터 / First day' })
  @IsKoreanDay()
  from: string;

  @ApiProperty({ format: 'date', example: '2026-11-30', description: '날까지, 400일까지 / Last day' })
  @IsKoreanDay()
  to: string;

  @ApiProperty({ enum: EXPORT_FORMATS, example: 'xlsx', description: '파일 형식 / Form of the file' })
  @IsIn(EXPORT_FORMATS)
  format: ExportFormat;
}

export class ObligationsResponse {
  @ApiProperty({
    format: 'date',
    example: '2026-11-20',
    description: '이 날이 끝날 때 / At the end of this day',
  })
  date: string;

  @ApiProperty({ example: 500_000, description: '지급 보류금, 원 / Withheld, won' })
  held: number;

  @ApiProperty({
    example: 8_200_000,
    description:
      '정산되어 아직 지급하지 않은 금액. 가맹점이 갚을 금액만큼 적습니다. / Settled and not paid out; less by what merchants owe',
  })
  payableSettled: number;

  @ApiProperty({
    example: 3_100_000,
    description: '아직 정산되지 않은 승인과 취소 / Movements that are not settled yet',
  })
  payableUnsettled: number;

  @ApiProperty({
    example: 40_000,
    description:
      '가맹점이 갚을 금액. 다른 가맹점에 줄 돈은 줄지 않으므로 더합니다. / What merchants owe; added back, as nobody else is owed less for it',
  })
  merchantDebt: number;

  @ApiProperty({
    example: 20_000,
    description:
      '요청되었으나 끝나지 않은 취소. 끝날 때까지는 지급할 금액에도 들어 있습니다. / Cancels asked for and not ended; until then payable as well',
  })
  pendingCancels: number;

  @ApiProperty({ example: 0, description: '돌려줄 입금 / Deposits to be returned' })
  depositsToReturn: number;

  @ApiProperty({
    example: 11_860_000,
    description: '정산자금: 위의 합 / Settlement funds: the sum of all these',
  })
  obligation: number;

  @ApiProperty({ example: 600_000, description: '그 날의 외부관리 비율, 백만분율 / Ratio of the day, ppm' })
  coverRatioPpm: number;

  @ApiProperty({ example: 7_116_000, description: '외부관리할 금액 / What has to be covered' })
  requiredCover: number;

  @ApiProperty({ example: 8_000_000, description: '등록된 외부관리 금액 / What is registered as cover' })
  registeredCover: number;

  @ApiProperty({ example: 0, description: '모자라는 금액 / By how much it is too small' })
  shortfall: number;

  @ApiProperty({ example: '2026-11-21T00:10:12.000+09:00', description: '기록한 때 / When it was kept' })
  recordedAt: string;

  static of({ day, recordedAt, ...figures }: Obligations): ObligationsResponse {
    const { held, payableSettled, payableUnsettled, merchantDebt, pendingCancels, depositsToReturn } =
      figures;
    const { obligation, coverRatioPpm, requiredCover, registeredCover, shortfall } = figures;
    return {
      ...{ date: day, held, payableSettled, payableUnsettled, merchantDebt, pendingCancels },
      ...{ depositsToReturn, obligation, coverRatioPpm, requiredCover, registeredCover, shortfall },
      recordedAt: koreanTime(recordedAt),
    };
  }
}

export class ObligationsListResponse {
  @ApiProperty({ type: [ObligationsResponse], description: '늦은 날부터 / The latest day first' })
  data: ObligationsResponse[];

  @ApiProperty({ type: String, nullable: true, example: NEXT, description: '다음 쪽 / The next page' })
  nextCursor: string | null;
}

export class CoverRequest {
  @ApiProperty({ enum: COVER_KINDS, example: 'TRUST', description: '신탁, 예치, 지급보증보험 / Kind' })
  @IsIn(COVER_KINDS)
  kind: CoverKind;

  @ApiProperty({ example: '한국은행', maxLength: 60, description: '맡긴 곳 / Where it is held' })
  @IsString()
  @Length(1, 60)
  @Matches(/^[^\p{Cc}]*$/u)
  institution: string;

  @ApiProperty({
    example: 8_000_000,
    maximum: COVER_MAX,
    description: '그곳에 맡긴 전액, 원. 0이면 끝납니다. / All that is held there, won; 0 ends it',
  })
  @IsInt()
  @Min(0)
  @Max(COVER_MAX)
  amount: number;

  @ApiProperty({
    format: 'date',
    example: '2099-01-01',
    description: '이 날부터, 오늘보다 이르지 않게 / From this day on; today or later',
  })
  @IsKoreanDay()
  effectiveFrom: string;

  @ApiProperty({
    example: '신탁 추가 납입',
    maxLength: 200,
    description: '까닭, 감사 기록에 남음 / Why, kept',
  })
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\p{Cc}]*$/u)
  reason: string;
}

export class CoverResponse {
  @ApiProperty({ example: 'cov_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  coverId: string;

  @ApiProperty({ enum: COVER_KINDS, example: 'TRUST' })
  kind: CoverKind;

  @ApiProperty({ example: '한국은행' })
  institution: string;

  @ApiProperty({ example: 8_000_000, description: '원 / Won' })
  amount: number;

  @ApiProperty({ format: 'date', example: '2099-01-01' })
  effectiveFrom: string;

  @ApiProperty({ example: '신탁 추가 납입' })
  reason: string;

  @ApiProperty({ example: 'member:mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  createdBy: string;

  @ApiProperty({ example: '2026-11-21T09:00:00.000+09:00' })
  createdAt: string;

  static of(cover: Cover): CoverResponse {
    const { coverId, kind, institution, amount, effectiveFrom, reason, createdBy, createdAt } = cover;
    return {
      ...{ coverId, kind, institution, amount, effectiveFrom, reason, createdBy },
      createdAt: koreanTime(createdAt),
    };
  }
}

export class CoverListResponse {
  @ApiProperty({ type: [CoverResponse], description: '최근 것부터 / Newest first' })
  data: CoverResponse[];

  @ApiProperty({ type: String, nullable: true, example: NEXT, description: '다음 쪽 / The next page' })
  nextCursor: string | null;
}
