import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { BankAccountRequest } from '../../../common/banks/bank-account.request';
import { IsKoreanDay } from '../../../common/http/korean-day.validator';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { PLAIN_TEXT, Trimmed } from '../../../common/http/plain-text';
import { PPM_MAX } from '../../../common/money/share';
import { IsBusinessNumber } from '../../../common/numbers/business-number.validator';
import { TELEPHONE } from '../../../common/numbers/phone';
import { PageQuery } from '../../../common/pagination/page.query';
import { PARTNER_STATUSES, type PartnerStatus } from '../agencies.types';

/** Agencies that are older than this register may have codes of another form. */
const CODE = /^[A-Za-z0-9_-]{1,20}$/;
const LOGIN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$/;
const MOBILE = /^010-?\d{4}-?\d{4}$/;
const VERSION_MAX = 4_000_000_000;

export class AgencyPath {
  @ApiProperty({ example: 'AG0001', pattern: CODE.source, description: '대리점 코드 / Agency code' })
  @Matches(CODE)
  agencyCode: string;
}

export class SellerPath {
  @ApiProperty({ example: 'SL0001', pattern: CODE.source, description: '판매자 코드 / Seller code' })
  @Matches(CODE)
  sellerCode: string;
}

export class SearchQuery extends PageQuery {
  @ApiPropertyOptional({
    example: 'AG00',
    minLength: 1,
    maxLength: 100,
    description:
      '코드나 이름의 앞부분; 코드 꼴(AG, SL과 숫자)이면 코드, 아니면 이름. 결과는 코드, 이름 차례 / Beginning of a code or of a name; in the form of a code (AG or SL and digits) of a code. Found ones come by code, or by name.',
  })
  @MayBeAbsent()
  @IsString()
  @Length(1, 100)
  @Matches(/^[^\p{Cc}]*$/u)
  query?: string;
}

export class NewAgencyRequest {
  @ApiProperty({ example: '가나에이전시', maxLength: 100, description: '상호 / Name' })
  @Trimmed()
  @IsString()
  @Length(1, 100)
  @Matches(PLAIN_TEXT)
  name: string;

  @ApiProperty({
    example: '2208162517',
    pattern: '^\\d{10}$',
    description: '사업자번호, 숫자 10자리 / Business number, ten digits',
  })
  @IsBusinessNumber()
  businessNumber: string;

  @ApiProperty({ example: '김대표', maxLength: 60, description: '대표자 / Representative' })
  @Trimmed()
  @IsString()
  @Length(1, 60)
  @Matches(PLAIN_TEXT)
  representative: string;

  @ApiProperty({
    example: '02-555-0100',
    description: '대표 전화, 누구나 볼 수 있음 / Telephone; everybody sees it',
  })
  @Matches(TELEPHONE)
  phone: string;

  @ApiProperty({ example: 'agency@example.com', maxLength: 254, description: '이메일 / E-mail' })
  @IsEmail()
  @MaxLength(254)
  @Matches(/^[\x21-\x7e]*$/)
  email: string;

  @ApiProperty({ type: BankAccountRequest, description: '정산 계좌 / Settlement account' })
  @IsObject()
  @ValidateNested()
  @Type(() => BankAccountRequest)
  account: BankAccountRequest;

  @ApiPropertyOptional({
    example: 'SL0001',
    pattern: CODE.source,
    description: '판매자 코드, GET /v1/sellers로 찾음 / Seller, as found by GET /v1/sellers',
  })
  @MayBeAbsent()
  @Matches(CODE)
  sellerCode?: string;

  @ApiPropertyOptional({
    example: 'AG0001',
    pattern: CODE.source,
    description:
      '상위 대리점; 없으면 자기 대리점, 운영자는 최상위 / The agency above it; absent = your own, or none for an operator',
  })
  @MayBeAbsent()
  @Matches(CODE)
  parentCode?: string;
}

class ChangeRequest {
  @ApiProperty({ example: 1, minimum: 1, description: '조회한 version / The version that was read' })
  @IsInt()
  @Min(1)
  @Max(VERSION_MAX)
  version: number;

  @ApiProperty({
    example: '대표자 변경',
    maxLength: 200,
    description: '사유, 감사 기록에 남음 / Why, kept in the audit trail',
  })
  @IsString()
  @Length(1, 200)
  @Matches(PLAIN_TEXT)
  reason: string;
}

class PartnerChangeRequest extends ChangeRequest {
  @ApiPropertyOptional({ example: '02-555-0200', description: '전화 / Telephone' })
  @MayBeAbsent()
  @Matches(TELEPHONE)
  phone?: string;

  @ApiPropertyOptional({
    enum: PARTNER_STATUSES,
    example: 'SUSPENDED',
    description: '상태; CLOSED는 되돌릴 수 없음 / Status; CLOSED is for ever',
  })
  @MayBeAbsent()
  @IsIn(PARTNER_STATUSES)
  status?: PartnerStatus;
}

export class AgencyChangeRequest extends PartnerChangeRequest {
  @ApiPropertyOptional({ example: '이대표', maxLength: 60, description: '대표자 / Representative' })
  @MayBeAbsent()
  @Trimmed()
  @IsString()
  @Length(1, 60)
  @Matches(PLAIN_TEXT)
  representative?: string;
}

export class SellerChangeRequest extends PartnerChangeRequest {}

export class AgencyParentRequest extends ChangeRequest {
  @ApiProperty({
    example: 'AG0002',
    nullable: true,
    type: String,
    pattern: CODE.source,
    description: '새 상위 대리점, null은 최상위 / The agency that shall be above it; null = none',
  })
  @ValidateIf((_body, value) => value !== null)
  @Matches(CODE)
  parentCode: string | null;
}

export class NewSellerRequest {
  @ApiProperty({ example: '박판매', maxLength: 100, description: '이름이나 상호 / Name' })
  @Trimmed()
  @IsString()
  @Length(1, 100)
  @Matches(PLAIN_TEXT)
  name: string;

  @ApiPropertyOptional({
    example: '2208162517',
    pattern: '^\\d{10}$',
    description: '사업자번호, 개인이면 생략 / Business number; left out for a person',
  })
  @MayBeAbsent()
  @IsBusinessNumber()
  businessNumber?: string;

  @ApiProperty({ example: '010-1234-5678', description: '전화 / Telephone' })
  @Matches(TELEPHONE)
  phone: string;
}

export class CommissionRateRequest {
  @ApiProperty({
    example: 100000,
    minimum: 0,
    maximum: PPM_MAX,
    description:
      '수수료에서 받는 비율 ppm(100000 = 10 %), 원 미만 버림 / Share of the fee in parts per million, cut down to the won',
  })
  @IsInt()
  @Min(0)
  @Max(PPM_MAX)
  ratePpm: number;

  @ApiProperty({
    example: '2099-01-01',
    format: 'date',
    description: '시행일(한국 날짜), 오늘 이후 / Korean day from which it holds; today or later',
  })
  @IsKoreanDay()
  effectiveFrom: string;

  @ApiProperty({
    example: '대리점 계약',
    maxLength: 200,
    description: '사유, 감사 기록에 남음 / Why, kept in the audit trail',
  })
  @IsString()
  @Length(1, 200)
  @Matches(PLAIN_TEXT)
  reason: string;
}

export class AgencyMemberRequest {
  @ApiProperty({
    example: 'agency.kim',
    pattern: LOGIN_ID.source,
    description: '로그인 ID, 대소문자를 가리지 않음 / Login id, any case',
  })
  @Matches(LOGIN_ID)
  loginId: string;

  @ApiProperty({ example: '김담당', maxLength: 60, description: '이름 / Name' })
  @Trimmed()
  @IsString()
  @Length(1, 60)
  @Matches(PLAIN_TEXT)
  name: string;

  @ApiProperty({
    example: '010-0000-1234',
    pattern: MOBILE.source,
    description: '비밀번호를 정할 인증번호를 받을 휴대폰 / Mobile phone that gets the code to set a password',
  })
  @Matches(MOBILE)
  phone: string;

  @ApiPropertyOptional({ example: 'kim@example.com', maxLength: 254, description: '이메일 / E-mail' })
  @MayBeAbsent()
  @IsEmail()
  @MaxLength(254)
  @Matches(/^[\x21-\x7e]*$/)
  email?: string;
}
