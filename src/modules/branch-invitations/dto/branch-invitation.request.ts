import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  Equals,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { ListsUpTo } from '../../../common/http/validation';
import { MOBILE_PHONE, TELEPHONE } from '../../../common/numbers/phone';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { PLAIN_TEXT, Trimmed } from '../../../common/http/plain-text';
import { PageQuery } from '../../../common/pagination/page.query';
import { NewPasswordField } from '../../members/password-field.types';
import { INVITATION_STATUSES, type InvitationStatus } from '../invitation.state';

export const RECIPIENTS_MAX = 500;
const IDS_MAX = 100;

export class RecipientRequest {
  @ApiProperty({ example: '홍길동', maxLength: 60, description: '받는 사람 이름 / Name' })
  @Trimmed()
  @IsString()
  @Length(1, 60)
  @Matches(PLAIN_TEXT)
  name: string;

  @ApiProperty({ example: '010-1234-5678', description: '휴대폰 번호 / Korean mobile number' })
  @Matches(MOBILE_PHONE)
  phone: string;
}

@ListsUpTo(RECIPIENTS_MAX)
export class InviteBranchesRequest {
  @ApiProperty({
    type: [RecipientRequest],
    minItems: 1,
    maxItems: RECIPIENTS_MAX,
    description: '초대할 사람, 본문은 32 KiB까지 / Who is invited; the body may have 32 KiB',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(RECIPIENTS_MAX)
  @ValidateNested({ each: true })
  @Type(() => RecipientRequest)
  recipients: RecipientRequest[];
}

export class ListInvitationsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: INVITATION_STATUSES, example: 'SENT', description: '상태 / State' })
  @MayBeAbsent()
  @IsIn(INVITATION_STATUSES)
  status?: InvitationStatus;

  @ApiPropertyOptional({ example: '010-1234-5678', description: '휴대폰 번호 / Mobile number' })
  @MayBeAbsent()
  @Matches(MOBILE_PHONE)
  phone?: string;
}

export class DeleteUnregisteredQuery {
  @ApiPropertyOptional({
    type: String,
    maxLength: IDS_MAX * 31,
    example: 'inv_01KAJR38VNR81X7S9FZBZ4D62E,inv_01KAJR38VNR81X7S9FZBZ4D62F',
    description: '쉼표로 나눈 초대 ID 100개까지, 없으면 모두 / Up to 100 ids, comma-separated; absent: all',
  })
  @MayBeAbsent()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(IDS_MAX)
  @Matches(/^inv_[0-9A-HJKMNP-TV-Z]{26}$/, { each: true })
  ids?: string[];
}

export class BranchConsentsRequest {
  @ApiProperty({ enum: [true], example: true, description: '이용약관 동의 / Agrees to the terms' })
  @Equals(true)
  terms: boolean;

  @ApiProperty({
    enum: [true],
    example: true,
    description: '개인정보 처리 동의 / Agrees to how personal data is used',
  })
  @Equals(true)
  privacy: boolean;

  @ApiPropertyOptional({ example: false, description: '광고 수신 동의 / Agrees to marketing' })
  @MayBeAbsent()
  @IsBoolean()
  marketing?: boolean;
}

export class SignUpBranchRequest {
  @ApiProperty({
    example: 'k3XdRq0vYt5mQ2nB7cJ1hLw8sZp4aF6gUeT9iOyVxKM',
    minLength: 43,
    maxLength: 43,
    description: '초대 링크의 토큰 / The token of the link',
  })
  @IsString()
  @Length(43, 43)
  @Matches(/^[\w-]*$/)
  token: string;

  @ApiProperty({
    example: 'gaon.shop',
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$',
    description: '로그인 ID, 대소문자를 가리지 않음 / Login id, case does not matter',
  })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$/)
  loginId: string;

  @NewPasswordField()
  password: string;

  @ApiProperty({ example: '홍길동', maxLength: 60, description: '대표자 이름 / The owner’s name' })
  @Trimmed()
  @IsString()
  @Length(1, 60)
  @Matches(PLAIN_TEXT)
  name: string;

  @ApiProperty({ example: '모두의문구 다온점', maxLength: 100, description: '영업점 이름 / Branch name' })
  @Trimmed()
  @IsString()
  @Length(1, 100)
  @Matches(PLAIN_TEXT)
  branchName: string;

  @ApiPropertyOptional({
    example: 'DAON-01',
    pattern: '^[A-Z0-9-]{1,20}$',
    description: '영업점 코드, 가맹점 안에서 하나뿐 / Branch code, single within the merchant',
  })
  @MayBeAbsent()
  @Matches(/^[A-Z0-9-]{1,20}$/)
  branchCode?: string;

  @ApiProperty({ example: '서울특별시 중구 가온로 12', maxLength: 200, description: '주소 / Address' })
  @Trimmed()
  @IsString()
  @Length(1, 200)
  @Matches(PLAIN_TEXT)
  address: string;

  @ApiProperty({ example: '02-0000-2012', description: '영업점 전화번호 / The branch’s telephone' })
  @Matches(TELEPHONE)
  phone: string;

  @ApiPropertyOptional({
    type: BranchConsentsRequest,
    description:
      '등록 화면에서 받은 동의, 그대로 기록됨 / Consents that the page asked for; kept as they are given',
  })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => BranchConsentsRequest)
  consents?: BranchConsentsRequest;
}
