import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { BankAccountRequest } from '../../../common/banks/bank-account.request';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { PLAIN_TEXT, Trimmed } from '../../../common/http/plain-text';
import { Secret } from '../../../common/masking/secret';
import { IsBusinessNumber } from '../../../common/numbers/business-number.validator';
import { TELEPHONE } from '../../../common/numbers/phone';
import { type ApplicationContent, DOCUMENT_KINDS, type DocumentKind } from '../service-applications.types';

const DOCUMENTS_MAX = 20;
const SERVICES_MAX = 20;
const YEARLY_SALES_MAX = 1_000_000_000_000_000;

export class DocumentRequest {
  @ApiProperty({
    enum: DOCUMENT_KINDS,
    example: 'BUSINESS_LICENSE',
    description: '서류 종류 / Kind of paper',
  })
  @IsIn(DOCUMENT_KINDS)
  kind: DocumentKind;

  @ApiProperty({
    example: 'fil_01KAJR38VNR81X7S9FZBZ4D62E',
    description: 'POST /v1/files로 올린 파일 / A file uploaded by POST /v1/files',
  })
  @Matches(/^fil_[0-9A-HJKMNP-TV-Z]{26}$/)
  fileId: string;
}

/** What an applicant says. A draft may lack anything; submitting it names what is wanting. */
export class ApplicationRequest {
  @ApiPropertyOptional({
    type: [String],
    example: ['CARD', 'SMS'],
    description: '서비스 코드, GET /v1/service-codes / Codes of the services that are wanted',
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(SERVICES_MAX)
  @ArrayUnique()
  @Matches(/^[A-Z][A-Z0-9_]{1,19}$/, { each: true })
  services?: string[];

  @ApiPropertyOptional({
    example: '0008100014',
    pattern: '^\\d{10}$',
    description: '사업자번호 10자리(검증 숫자 확인) / Business number with a right check digit',
  })
  @MayBeAbsent()
  @IsBusinessNumber()
  businessNumber?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '1101110000001',
    pattern: '^\\d{13}$',
    description: '법인번호 13자리, null은 없음 / Corporate number; null = none',
  })
  @IsOptional()
  @Matches(/^\d{13}$/)
  corporateNumber?: string | null;

  @ApiPropertyOptional({ example: '모두의문구 주식회사', maxLength: 100, description: '상호 / Company name' })
  @MayBeAbsent()
  @Trimmed()
  @IsString()
  @Length(1, 100)
  @Matches(PLAIN_TEXT)
  companyName?: string;

  @ApiPropertyOptional({ example: '김도담', maxLength: 60, description: '대표자 / Representative' })
  @MayBeAbsent()
  @Trimmed()
  @IsString()
  @Length(1, 60)
  @Matches(PLAIN_TEXT)
  representative?: string;

  @ApiPropertyOptional({
    example: '서울특별시 중구 가온로 11, 3층',
    maxLength: 200,
    description: '주소 / Address',
  })
  @MayBeAbsent()
  @Trimmed()
  @IsString()
  @Length(1, 200)
  @Matches(PLAIN_TEXT)
  address?: string;

  @ApiPropertyOptional({
    example: '02-0000-2001',
    description: '사업장 전화 / Telephone of the business',
  })
  @MayBeAbsent()
  @Matches(TELEPHONE)
  phone?: string;

  @ApiPropertyOptional({ example: 'contact@example.com', description: '이메일 / E-mail' })
  @MayBeAbsent()
  @IsEmail()
  @MaxLength(254)
  @Matches(/^[\x21-\x7e]+$/)
  email?: string;

  @ApiPropertyOptional({
    example: 240_000_000,
    minimum: 0,
    description: '예상 연 매출(원). 수수료 등급을 정함 / Expected yearly sales in won, which decide the tier',
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(YEARLY_SALES_MAX)
  expectedYearlySales?: number;

  @ApiPropertyOptional({
    type: BankAccountRequest,
    description: '정산 계좌 / Where money is paid out to',
  })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => BankAccountRequest)
  settlementAccount?: BankAccountRequest;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'AG0001',
    description: '대리점 코드, null은 없음 / Code of the agency; null = none',
  })
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,20}$/)
  agencyCode?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: null,
    description: '판매자 코드, null은 없음 / Code of the seller; null = none',
  })
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,20}$/)
  sellerCode?: string | null;

  @ApiPropertyOptional({
    type: [DocumentRequest],
    description: '서류. 적지 않은 것은 빠짐 / Papers; one not named is taken off',
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(DOCUMENTS_MAX)
  @ArrayUnique((document: Partial<DocumentRequest> | null) => document?.fileId)
  @ValidateNested({ each: true })
  @Type(() => DocumentRequest)
  documents?: DocumentRequest[];
}

/** A new application: submitted at once unless it says that it is a draft. */
export class NewApplicationRequest extends ApplicationRequest {
  @ApiPropertyOptional({
    example: false,
    default: false,
    description:
      'true면 제출하지 않고 DRAFT로 둠. 없으면 바로 제출 / true: kept as a DRAFT; absent: submitted at once',
  })
  @MayBeAbsent()
  @IsBoolean()
  draft?: boolean;
}

export function contentOf(request: ApplicationRequest): ApplicationContent {
  const { settlementAccount: account, phone, email, ...rest } = request;
  return {
    ...rest,
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email: email.toLowerCase() }),
    ...(account === undefined
      ? {}
      : {
          settlementAccount: {
            bankCode: account.bankCode,
            accountNumber: new Secret(account.accountNumber),
            holderName: account.holderName,
          },
        }),
  };
}
