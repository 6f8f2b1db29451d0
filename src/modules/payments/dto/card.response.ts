import { ApiProperty } from '@nestjs/swagger';

export class CardResponse {
  @ApiProperty({
    example: '424242******4242',
    description: '앞 6자리와 뒤 4자리만 / First six and last four digits',
  })
  number: string;

  @ApiProperty({ example: 'SHINHAN', nullable: true, type: String, description: '카드사 / Issuer' })
  issuer: string | null;

  @ApiProperty({
    example: 'CREDIT',
    nullable: true,
    enum: ['CREDIT', 'CHECK', 'GIFT', 'UNKNOWN'],
    type: String,
  })
  type: string | null;

  @ApiProperty({
    example: 'PERSONAL',
    nullable: true,
    enum: ['PERSONAL', 'CORPORATE', 'UNKNOWN'],
    type: String,
  })
  ownerType: string | null;

  @ApiProperty({ example: 0, description: '할부 개월, 0 = 일시불 / Installment months' })
  installmentMonths: number;

  @ApiProperty({ example: false, nullable: true, type: Boolean, description: '무이자 여부 / Interest-free' })
  interestFree: boolean | null;
}
