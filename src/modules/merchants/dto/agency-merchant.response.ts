import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { koreanTime } from '../../../common/time/korean-time';
import type { BroughtMerchant } from '../agency-merchants.service';

export class AgencyOfMerchantsPath {
  @ApiProperty({
    example: 'AG0001',
    pattern: '^[A-Za-z0-9_-]{1,20}$',
    description: '대리점 코드 / Agency code',
  })
  @Matches(/^[A-Za-z0-9_-]{1,20}$/)
  agencyCode: string;
}

/** Built field by field, so that a new column never leaks by itself. */
export class AgencyMerchantResponse {
  @ApiProperty({ example: 'M0000001', description: '가맹점 ID / Merchant id' })
  mid: string;

  @ApiProperty({ example: '가나상사', description: '상호 / Name' })
  name: string;

  @ApiProperty({ example: '2208162517', description: '사업자번호 / Business number' })
  businessNumber: string;

  @ApiProperty({ example: '김대표', description: '대표자 / Representative' })
  representative: string;

  @ApiProperty({ enum: ['ACTIVE', 'SUSPENDED', 'CLOSED'], example: 'ACTIVE' })
  status: string;

  @ApiProperty({ example: 'AG0001', description: '데려온 대리점 / The agency that brought it' })
  agencyCode: string;

  @ApiProperty({ example: '2026-01-02T03:04:05.000+09:00' })
  createdAt: string;

  static of(merchant: BroughtMerchant): AgencyMerchantResponse {
    return {
      mid: merchant.mid,
      name: merchant.name,
      businessNumber: merchant.businessNumber,
      representative: merchant.representative,
      status: merchant.status,
      agencyCode: merchant.agencyCode,
      createdAt: koreanTime(merchant.createdAt),
    };
  }
}

export class AgencyMerchantsResponse {
  @ApiProperty({ type: [AgencyMerchantResponse], description: '최근 것부터 / Newest first' })
  data: AgencyMerchantResponse[];

  @ApiProperty({ example: 'MTc2MzY5MDQwMDAwMC5NMDAwMDAwMQ', nullable: true, type: String })
  nextCursor: string | null;
}
