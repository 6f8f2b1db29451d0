import { ApiProperty } from '@nestjs/swagger';
import { DOCUMENT_KINDS, type DocumentKind, type ServiceCode } from '../service-applications.types';

export class BothLanguagesResponse {
  @ApiProperty({ example: '카드 결제', description: '한국어 / Korean' })
  ko: string;

  @ApiProperty({ example: 'Card payments', description: '영어 / English' })
  en: string;
}

export class ServiceCodeResponse {
  @ApiProperty({ example: 'CARD', description: '서비스 코드 / Code of the service' })
  code: string;

  @ApiProperty({ type: BothLanguagesResponse, description: '이름 / Name' })
  name: BothLanguagesResponse;

  @ApiProperty({ type: BothLanguagesResponse, description: '조건 / Conditions' })
  conditions: BothLanguagesResponse;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 34_000,
    description: '일반 등급의 수수료율(ppm), 협의는 null / Rate of tier GENERAL in ppm; null = agreed',
  })
  ratePpm: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 0,
    description: '건당 정액(원), 협의는 null / Won for each payment; null = agreed',
  })
  fixedFee: number | null;

  @ApiProperty({
    enum: DOCUMENT_KINDS,
    isArray: true,
    example: ['BUSINESS_LICENSE', 'BANKBOOK', 'ID_CARD'],
    description: '필요한 서류 / Papers that are needed',
  })
  documents: readonly DocumentKind[];

  @ApiProperty({ example: '2025-01-01', format: 'date', description: '시행일 / Holds from this day' })
  effectiveFrom: string;

  static of({ code, name, conditions, ratePpm, fixedFee, documents, effectiveFrom }: ServiceCode) {
    return { code, name, conditions, ratePpm, fixedFee, documents, effectiveFrom };
  }
}

export class ServiceCodeListResponse {
  @ApiProperty({ type: [ServiceCodeResponse], description: '오늘 신청할 수 있는 서비스 / Services of today' })
  data: ServiceCodeResponse[];
}
