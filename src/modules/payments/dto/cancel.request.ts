import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { BankAccountRequest } from '../../../common/banks/bank-account.request';
import { WON_MAX } from '../../../common/money/won';

export class CancelPaymentRequest {
  @ApiPropertyOptional({
    example: 15000,
    minimum: 1,
    description: '취소 금액(원), 없으면 남은 전액 / Absent: all that is left',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(WON_MAX)
  cancelAmount?: number;

  @ApiPropertyOptional({ example: 0, description: '취소 금액 중 면세 금액 / Tax-free part of it' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  taxFreeAmount?: number;

  @ApiPropertyOptional({
    example: 55000,
    description: '남은 금액이 이와 다르면 거절(409) / Refused when the balance differs',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  expectedBalanceAmount?: number;

  @ApiProperty({ example: '고객 변심', maxLength: 200, description: '취소 사유 / Why' })
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\p{Cc}]*$/u)
  reason: string;

  @ApiPropertyOptional({
    type: BankAccountRequest,
    description:
      '가상계좌로 받은 돈을 돌려줄 계좌 / Needed for virtual accounts: where the money goes back to',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => BankAccountRequest)
  refundAccount?: BankAccountRequest;
}

export class NetCancelRequest {
  @ApiProperty({ example: 'ORDER-20260102-0001', pattern: '^[A-Za-z0-9_-]{6,40}$' })
  @Matches(/^[A-Za-z0-9_-]{6,40}$/)
  orderNo: string;

  @ApiProperty({ example: '응답을 받지 못함', maxLength: 200, description: '망취소 사유 / Why' })
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\p{Cc}]*$/u)
  reason: string;
}
