import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  Length,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { koreanTime } from '../../../../common/time/korean-time';
import { HOLIDAY_KINDS, type HolidayEntry, type HolidayKind } from '../../settlements.types';
import type { HolidayView } from '../holiday-book';
import type { HolidayYear } from '../holidays.service';
import { IsKoreanDay } from '../../../../common/http/korean-day.validator';

const TEXT = /^[^\p{Cc}]*$/u;
const YEAR = /^20\d\d$/;
export const ENTRIES_MAX = 100;
const SOURCES = ['LIBRARY', 'OPERATOR'];

export class HolidaysQuery {
  @ApiPropertyOptional({ example: '2026', description: '해, 없으면 올해 / Year; absent = this year' })
  @ValidateIf((_, value) => value !== undefined)
  @Matches(YEAR)
  year?: string;
}

export class HolidayRequest {
  @ApiProperty({ format: 'date', example: '2099-10-02', description: '날짜 / Day' })
  @IsKoreanDay()
  day: string;

  @ApiPropertyOptional({
    enum: HOLIDAY_KINDS,
    default: 'ADD',
    example: 'ADD',
    description: 'ADD 휴일로 함, STRIKE 휴일이 아님 / ADD: a holiday, STRIKE: none',
  })
  @ValidateIf((_, value) => value !== undefined)
  @IsIn(HOLIDAY_KINDS)
  kind?: HolidayKind;

  @ApiProperty({ example: '임시공휴일', maxLength: 60, description: '이름 / Name' })
  @IsString()
  @Length(1, 60)
  @Matches(TEXT)
  name: string;
}

export class ChangeHolidaysRequest {
  @ApiProperty({ example: '2099', description: '해 / Year' })
  @Matches(YEAR)
  year: string;

  @ApiProperty({
    type: [HolidayRequest],
    maxItems: ENTRIES_MAX,
    description:
      '정할 날. 적지 않은 날은 그대로 둠. / Days to be told; days that are not named stay as they are',
  })
  @IsArray()
  @ArrayMaxSize(ENTRIES_MAX)
  @ArrayUnique(({ day }: HolidayRequest) => day)
  @ValidateNested({ each: true })
  @Type(() => HolidayRequest)
  holidays: HolidayRequest[];

  @ApiPropertyOptional({
    default: false,
    example: false,
    description:
      '이 해의 공휴일이 모두 등록되었음. 공휴일 자료에 없는 해는 이것이 있어야 지급일이 계산됨. / All holidays of the year are told now; a year that the library lacks is reckoned with only after this',
  })
  @ValidateIf((_, value) => value !== undefined)
  @IsBoolean()
  yearComplete?: boolean;

  @ApiProperty({ example: '국무회의 의결', maxLength: 200, description: '까닭, 이력에 남음 / Why, kept' })
  @IsString()
  @Length(1, 200)
  @Matches(TEXT)
  reason: string;
}

export class HolidayEntryResponse {
  @ApiProperty({ format: 'date', example: '2026-12-24' })
  day: string;

  @ApiProperty({ enum: HOLIDAY_KINDS, example: 'ADD' })
  kind: HolidayKind;

  @ApiProperty({ example: '임시공휴일' })
  name: string;

  @ApiProperty({ example: '국무회의 의결' })
  reason: string;

  @ApiProperty({ example: 'member:mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  createdBy: string;

  @ApiProperty({ example: '2026-11-21T09:00:00.000+09:00' })
  createdAt: string;

  static of({ day, kind, name, reason, createdBy, createdAt }: HolidayEntry): HolidayEntryResponse {
    return { day, kind, name, reason, createdBy, createdAt: koreanTime(createdAt) };
  }
}

export class HolidayResponse {
  @ApiProperty({ format: 'date', example: '2026-12-25' })
  day: string;

  @ApiProperty({ example: '기독탄신일' })
  name: string;

  @ApiProperty({ enum: SOURCES, example: 'LIBRARY', description: '누가 정했나 / Who says so' })
  source: HolidayView['source'];

  @ApiProperty({ example: true, description: 'false: 운영자가 뺀 날 / false: struck by the operator' })
  holiday: boolean;

  static of({ day, name, source, holiday }: HolidayView): HolidayResponse {
    return { day, name, source, holiday };
  }
}

export class HolidayYearResponse {
  @ApiProperty({ example: '2026' })
  year: string;

  @ApiProperty({
    enum: SOURCES,
    nullable: true,
    example: 'LIBRARY',
    description:
      '누구의 목록이 온전한가. null이면 계산에 쓰지 않음 / Whose list is complete; null = not reckoned with',
  })
  completeBy: HolidayView['source'] | null;

  @ApiProperty({
    format: 'date',
    type: String,
    nullable: true,
    example: null,
    description: '정산이 끝나 바꿀 수 없는 마지막 날 / Last day that is settled and stays as it is',
  })
  closedThrough: string | null;

  @ApiProperty({
    type: [HolidayResponse],
    description:
      '주말과 5월 1일 말고 쉬는 날, 날짜순 / Days other than weekends and 1 May (never business days), in order',
  })
  data: HolidayResponse[];

  @ApiProperty({
    type: [HolidayEntryResponse],
    description: '운영자가 정한 것의 이력, 최근 500개 / What operators said, the latest 500 first',
  })
  history: HolidayEntryResponse[];

  static of({ year, completeBy, closedThrough, days, history }: HolidayYear): HolidayYearResponse {
    return {
      year,
      completeBy,
      closedThrough,
      data: days.map((day) => HolidayResponse.of(day)),
      history: history.map((entry) => HolidayEntryResponse.of(entry)),
    };
  }
}
