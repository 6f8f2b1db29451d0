import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsIn, IsObject, ValidateNested } from 'class-validator';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { NewPasswordField } from '../password-field.types';
import { EmailField, LoginIdField, NameField, PhoneField } from './fields';

export class ConsentsRequest {
  @ApiProperty({ description: '이용약관 동의(필수) / Terms of use; needed', example: true })
  @IsBoolean()
  @IsIn([true])
  terms: boolean;

  @ApiProperty({ description: '개인정보 수집·이용 동의(필수) / Use of personal data; needed', example: true })
  @IsBoolean()
  @IsIn([true])
  privacy: boolean;

  @ApiPropertyOptional({ description: '광고 수신 동의(선택) / Marketing; as you like', example: false })
  @MayBeAbsent()
  @IsBoolean()
  marketing?: boolean;
}

export class SignUpRequest {
  @LoginIdField()
  loginId: string;

  @NewPasswordField()
  password: string;

  @NameField()
  name: string;

  @EmailField()
  email: string;

  @PhoneField()
  phone: string;

  @ApiProperty({ type: ConsentsRequest, description: '동의 / Consents' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ConsentsRequest)
  consents: ConsentsRequest;
}

export class LoginIdPath {
  @LoginIdField()
  loginId: string;
}

export class EmailPath {
  @EmailField()
  email: string;
}
