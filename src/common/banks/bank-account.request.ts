import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches } from 'class-validator';
import { PLAIN_TEXT, Trimmed } from '../http/plain-text';
import { BANK_CODES } from './banks';

/** A bank account that money goes to. Kept sealed, shown masked. */
export class BankAccountRequest {
  @ApiProperty({ example: '088', enum: BANK_CODES, description: '은행 코드 3자리 / Bank code, three digits' })
  @IsIn(BANK_CODES)
  bankCode: string;

  @ApiProperty({
    example: '110123456789',
    pattern: '^\\d{6,20}$',
    description: '계좌번호(숫자만). 봉인해 보관 / Account number, digits only; kept sealed',
  })
  @Matches(/^\d{6,20}$/)
  accountNumber: string;

  @ApiProperty({ example: '홍길동', maxLength: 60, description: '예금주 / Account holder' })
  @Trimmed()
  @IsString()
  @Length(1, 60)
  @Matches(PLAIN_TEXT)
  holderName: string;
}
