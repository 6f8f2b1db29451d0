import { ApiProperty } from '@nestjs/swagger';

/** Where the money of a cancel went to. */
export class RefundedAccountResponse {
  @ApiProperty({ example: '088', description: '은행 코드 / Bank code' })
  bankCode: string;

  @ApiProperty({ example: '********6789', description: '뒤 4자리만 / Last four digits' })
  accountNumber: string;
}
