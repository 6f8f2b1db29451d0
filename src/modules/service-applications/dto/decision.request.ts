import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { PLAIN_TEXT } from '../../../common/http/plain-text';
import { PageQuery } from '../../../common/pagination/page.query';
import { ContractRequest, CONTRACTS_MAX } from '../../merchants/contract-request.types';
import { APPLICATION_STATUSES, type ApplicationStatus } from '../application.state';

const TEXT = /^[^\p{Cc}]*$/u;

/** What can be asked to be changed: the fields of an application. */
export const APPLICATION_FIELDS = [
  'services',
  'businessNumber',
  'corporateNumber',
  'companyName',
  'representative',
  'address',
  'phone',
  'email',
  'expectedYearlySales',
  'settlementAccount',
  'agencyCode',
  'sellerCode',
  'documents',
] as const;
type ApplicationField = (typeof APPLICATION_FIELDS)[number];

export class RejectApplicationRequest {
  @ApiProperty({
    example: '사업자등록증의 상호와 다릅니다.',
    maxLength: 200,
    description: '사유, 신청인이 봄 / Why; the applicant sees it',
  })
  @IsString()
  @Length(1, 200)
  @Matches(PLAIN_TEXT)
  reason: string;
}

export class RequestChangesRequest extends RejectApplicationRequest {
  @ApiProperty({
    enum: APPLICATION_FIELDS,
    isArray: true,
    example: ['companyName', 'documents'],
    description: '보완할 항목 / Fields to be changed',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(APPLICATION_FIELDS, { each: true })
  fields: ApplicationField[];
}

export class ApproveApplicationRequest {
  @ApiPropertyOptional({
    example: 'M0001001',
    pattern: '^M\\d{7}$',
    description: '가맹점 ID, 없으면 다음 번호 / Merchant id; absent = the next free one',
  })
  @MayBeAbsent()
  @Matches(/^M\d{7}$/)
  mid?: string;

  @ApiPropertyOptional({
    type: [ContractRequest],
    description:
      '만들 원천사 계약. 나중에 PUT /v1/admin/merchants/{mid}/contracts로도 가능 / Contracts to make; may be done later',
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(CONTRACTS_MAX)
  @ValidateNested({ each: true })
  @Type(() => ContractRequest)
  contracts?: ContractRequest[];
}

export class ListApplicationsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: APPLICATION_STATUSES, example: 'SUBMITTED', description: '상태 / State' })
  @MayBeAbsent()
  @IsIn(APPLICATION_STATUSES)
  status?: ApplicationStatus;

  @ApiPropertyOptional({ example: 'AG0001', description: '대리점 코드 / Code of the agency' })
  @MayBeAbsent()
  @Matches(/^[\x21-\x7e]{1,20}$/)
  agencyCode?: string;

  @ApiPropertyOptional({
    example: '모두의',
    maxLength: 100,
    description:
      '사업자번호 10자리 또는 상호의 앞부분(상호 역순으로 나옴) / A whole business number, or the beginning of a company name (then sorted by name, last first)',
  })
  @MayBeAbsent()
  @IsString()
  @Length(1, 100)
  @Matches(TEXT)
  query?: string;
}
