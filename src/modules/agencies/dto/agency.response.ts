import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../common/time/korean-time';
import {
  type Agency,
  type CommissionRate,
  PARTNER_STATUSES,
  type RegisteredAgency,
  type Seller,
} from '../agencies.types';

const NEXT = 'MTc2MzY5MDQwMDAwMC40Mg';

/** Answers, built field by field, so that a new column never leaks by itself. */
export class PublicAgencyResponse {
  @ApiProperty({ example: 'AG0001', description: '대리점 코드 / Agency code' })
  agencyCode: string;

  @ApiProperty({ example: '가나에이전시', description: '상호 / Name' })
  name: string;

  @ApiProperty({ example: '김대표', description: '대표자 / Representative' })
  representative: string;

  @ApiProperty({ example: '02-555-0100', description: '전화 / Telephone' })
  phone: string;

  static shown({ agencyCode, name, representative, phone }: Agency): PublicAgencyResponse {
    return { agencyCode, name, representative, phone };
  }
}

export class AgencyResponse extends PublicAgencyResponse {
  @ApiProperty({ example: null, nullable: true, type: String, description: '상위 대리점 / The one above it' })
  parentCode: string | null;

  @ApiProperty({
    example: '2208162517',
    nullable: true,
    type: String,
    description: '사업자번호 / Business number',
  })
  businessNumber: string | null;

  @ApiProperty({ example: 'agency@example.com', nullable: true, type: String })
  email: string | null;

  @ApiProperty({ enum: PARTNER_STATUSES, example: 'ACTIVE' })
  status: string;

  @ApiProperty({ example: 'SL0001', nullable: true, type: String, description: '판매자 / Seller' })
  sellerCode: string | null;

  @ApiProperty({
    example: '088',
    nullable: true,
    type: String,
    description: '정산 계좌의 은행; 계좌번호는 보이지 않음 / Bank of its account, which is not shown',
  })
  bankCode: string | null;

  @ApiProperty({ example: 1, description: '바꿀 때 보낼 version / To be sent with a change' })
  version: number;

  @ApiProperty({ example: '2026-01-02T03:04:05.000+09:00' })
  createdAt: string;

  static of(agency: RegisteredAgency): AgencyResponse {
    return {
      ...PublicAgencyResponse.shown(agency),
      parentCode: agency.parentCode,
      businessNumber: agency.businessNumber,
      email: agency.email,
      status: agency.status,
      sellerCode: agency.sellerCode,
      bankCode: agency.bankCode,
      version: agency.version,
      createdAt: koreanTime(agency.createdAt),
    };
  }
}

export class AgenciesResponse {
  @ApiProperty({
    type: [AgencyResponse],
    description: '최근 것부터, 찾을 때는 코드나 이름 차례 / Newest first',
  })
  data: AgencyResponse[];

  @ApiProperty({ example: NEXT, nullable: true, type: String })
  nextCursor: string | null;
}

export class SellerResponse {
  @ApiProperty({ example: 'SL0001', description: '판매자 코드 / Seller code' })
  sellerCode: string;

  @ApiProperty({ example: '박판매', description: '이름이나 상호 / Name' })
  name: string;

  @ApiProperty({ example: null, nullable: true, type: String, description: '사업자번호 / Business number' })
  businessNumber: string | null;

  @ApiProperty({ example: '010****5678', description: '가린 전화 / Telephone, masked' })
  phone: string;

  @ApiProperty({ enum: PARTNER_STATUSES, example: 'ACTIVE' })
  status: string;

  @ApiProperty({ example: 1, description: '바꿀 때 보낼 version / To be sent with a change' })
  version: number;

  @ApiProperty({ example: '2026-01-02T03:04:05.000+09:00' })
  createdAt: string;

  static of(seller: Seller): SellerResponse {
    return {
      sellerCode: seller.sellerCode,
      name: seller.name,
      businessNumber: seller.businessNumber,
      phone: seller.phone,
      status: seller.status,
      version: seller.version,
      createdAt: koreanTime(seller.createdAt),
    };
  }
}

export class SellersResponse {
  @ApiProperty({
    type: [SellerResponse],
    description: '최근 것부터, 찾을 때는 코드나 이름 차례 / Newest first',
  })
  data: SellerResponse[];

  @ApiProperty({ example: NEXT, nullable: true, type: String })
  nextCursor: string | null;
}

export class CommissionRateResponse {
  @ApiProperty({ example: 'cmr_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  rateId: string;

  @ApiProperty({ example: '2026-01-01', format: 'date', description: '시행일 / The day from which it holds' })
  effectiveFrom: string;

  @ApiProperty({ example: 100000, description: '수수료의 ppm / ppm of the fee' })
  ratePpm: number;

  @ApiProperty({ example: '대리점 계약' })
  reason: string;

  @ApiProperty({ example: 'member:mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', description: '누가 / Who' })
  createdBy: string;

  @ApiProperty({ example: '2026-01-02T03:04:05.000+09:00' })
  createdAt: string;

  static of(rate: CommissionRate): CommissionRateResponse {
    return {
      rateId: rate.rateId,
      effectiveFrom: rate.effectiveFrom,
      ratePpm: rate.ratePpm,
      reason: rate.reason,
      createdBy: rate.createdBy,
      createdAt: koreanTime(rate.createdAt),
    };
  }
}

export class CommissionRatesResponse {
  @ApiProperty({ type: [CommissionRateResponse], description: '최근에 정한 것부터 / The one set last first' })
  data: CommissionRateResponse[];

  @ApiProperty({ example: NEXT, nullable: true, type: String })
  nextCursor: string | null;
}
