import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../common/time/korean-time';
import { TIERS, type Tier } from '../../fees/fees.types';
import { HOLDER_CHECKS, type HolderCheck } from '../../merchants/merchants.types';
import { APPLICATION_STATUSES, type ApplicationStatus } from '../application.state';
import {
  type Application,
  type ApplicationDetail,
  type ApplicationKind,
  DOCUMENT_KINDS,
  type DocumentKind,
} from '../service-applications.types';

const TEXT = { type: String, nullable: true } as const;
const TIME = { ...TEXT, format: 'date-time' } as const;
const AT = '2026-11-21T15:04:05.000+09:00';

export class ShownAccountResponse {
  @ApiProperty({ example: '088', description: '은행 코드 / Bank code' })
  bankCode: string;

  @ApiProperty({ example: '********6789', description: '가린 계좌번호 / Account number, masked' })
  accountNumberMasked: string;

  @ApiProperty({ example: '김도담', description: '예금주 / Account holder' })
  holderName: string;

  @ApiProperty({
    enum: HOLDER_CHECKS,
    nullable: true,
    example: 'MATCHED',
    description:
      '예금주 조회 결과, 제출 전은 null. UNCHECKED는 운영자가 확인 / What the bank said; null before it is submitted, UNCHECKED = an operator looks',
  })
  holderCheck: HolderCheck | null;
}

export class ShownDocumentResponse {
  @ApiProperty({ enum: DOCUMENT_KINDS, example: 'BUSINESS_LICENSE', description: '종류 / Kind' })
  kind: DocumentKind;

  @ApiProperty({ example: 'fil_01KAJR38VNR81X7S9FZBZ4D62E', description: '파일 / File' })
  fileId: string;

  @ApiProperty({ ...TEXT, example: '사업자등록증.pdf', description: '이름 / Name' })
  name: string | null;
}

export class ApplicationEventResponse {
  @ApiProperty({ ...TEXT, example: 'DRAFT', description: '이전 상태 / State before' })
  from: ApplicationStatus | null;

  @ApiProperty({ enum: APPLICATION_STATUSES, example: 'SUBMITTED', description: '다음 상태 / State after' })
  to: ApplicationStatus;

  @ApiProperty({
    enum: ['APPLICANT', 'OPERATOR'],
    example: 'APPLICANT',
    description: '누가 / Who',
  })
  by: 'APPLICANT' | 'OPERATOR';

  @ApiProperty({ ...TEXT, example: null, description: '사유 / Why' })
  reason: string | null;

  @ApiProperty({ type: [String], example: [], description: '보완할 항목 / Fields to be changed' })
  fields: readonly string[];

  @ApiProperty({ format: 'date-time', example: AT, description: '때 / When' })
  occurredAt: string;
}

export class MissingForServiceResponse {
  @ApiProperty({ example: 'VIRTUAL_ACCOUNT', description: '서비스 / Service' })
  service: string;

  @ApiProperty({
    enum: ['NO_CONTRACT', 'CONTRACT_DISABLED'],
    example: 'NO_CONTRACT',
    description: '모자란 것 / What is wanting',
  })
  code: 'NO_CONTRACT' | 'CONTRACT_DISABLED';
}

export class ApplicationResponse {
  @ApiProperty({ example: 'app_01KAJR38VNR81X7S9FZBZ4D62E', description: '신청 ID / Application id' })
  applicationId: string;

  @ApiProperty({
    enum: ['NEW_MERCHANT', 'MORE_SERVICES'],
    example: 'NEW_MERCHANT',
    description: '새 가맹점 또는 서비스 추가 / A new merchant, or more services of one',
  })
  kind: ApplicationKind;

  @ApiProperty({ enum: APPLICATION_STATUSES, example: 'SUBMITTED', description: '상태 / State' })
  status: ApplicationStatus;

  @ApiProperty({ ...TEXT, example: null, description: '가맹점 ID, 승인 뒤 / Merchant id, once approved' })
  mid: string | null;

  @ApiProperty({ type: [String], example: ['CARD', 'SMS'], description: '서비스 / Services' })
  services: readonly string[];

  @ApiProperty({ ...TEXT, example: '0008100014', description: '사업자번호 / Business number' })
  businessNumber: string | null;

  @ApiProperty({ ...TEXT, example: null, description: '법인번호 / Corporate number' })
  corporateNumber: string | null;

  @ApiProperty({ ...TEXT, example: '모두의문구 주식회사', description: '상호 / Company name' })
  companyName: string | null;

  @ApiProperty({ ...TEXT, example: '김도담', description: '대표자 / Representative' })
  representative: string | null;

  @ApiProperty({ ...TEXT, example: '서울특별시 중구 가온로 11', description: '주소 / Address' })
  address: string | null;

  @ApiProperty({ ...TEXT, example: '02-0000-2001', description: '전화 / Telephone' })
  phone: string | null;

  @ApiProperty({ ...TEXT, example: 'contact@example.com', description: '이메일 / E-mail' })
  email: string | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 240_000_000,
    description: '예상 연 매출(원) / Expected yearly sales, won',
  })
  expectedYearlySales: number | null;

  @ApiProperty({
    enum: TIERS,
    nullable: true,
    example: 'SMALL',
    description: '수수료 등급, 제출 뒤 / Fee tier, once submitted',
  })
  tier: Tier | null;

  @ApiProperty({ type: ShownAccountResponse, nullable: true, description: '정산 계좌 / Settlement account' })
  settlementAccount: ShownAccountResponse | null;

  @ApiProperty({ ...TEXT, example: 'AG0001', description: '대리점 / Agency' })
  agencyCode: string | null;

  @ApiProperty({ ...TEXT, example: null, description: '판매자 / Seller' })
  sellerCode: string | null;

  @ApiProperty({ ...TEXT, example: null, description: '보완이나 반려의 사유 / Why changed or rejected' })
  reason: string | null;

  @ApiProperty({ type: [String], example: [], description: '보완할 항목 / Fields to be changed' })
  requestedFields: readonly string[];

  @ApiProperty({
    example: false,
    description: '첫 키를 받을 수 있는지 / Whether the first keys can be fetched',
  })
  keysWaiting: boolean;

  @ApiProperty({ format: 'date-time', example: AT, description: '만든 시각 / Made at' })
  createdAt: string;

  @ApiProperty({ ...TIME, example: AT, description: '마지막 제출 시각 / Last submitted at' })
  submittedAt: string | null;

  @ApiProperty({ ...TIME, example: null, description: '결정 시각 / Decided at' })
  decidedAt: string | null;

  static of(application: Application): ApplicationResponse {
    const { account, holderCheck, submittedAt, decidedAt } = application;
    return {
      applicationId: application.applicationId,
      kind: application.kind,
      status: application.status,
      mid: application.mid,
      services: application.services,
      businessNumber: application.businessNumber,
      corporateNumber: application.corporateNumber,
      companyName: application.companyName,
      representative: application.representative,
      address: application.address,
      phone: application.phone,
      email: application.email,
      expectedYearlySales: application.expectedYearlySales,
      tier: application.tier,
      settlementAccount: account && {
        bankCode: account.bankCode,
        accountNumberMasked: account.masked,
        holderName: account.holderName,
        holderCheck,
      },
      agencyCode: application.agencyCode,
      sellerCode: application.sellerCode,
      reason: application.reason,
      requestedFields: application.requestedFields,
      keysWaiting: application.keysWaiting,
      createdAt: koreanTime(application.createdAt),
      submittedAt: submittedAt && koreanTime(submittedAt),
      decidedAt: decidedAt && koreanTime(decidedAt),
    };
  }
}

/** One application with its papers, its history, and what its services still need. */
export class ApplicationDetailResponse extends ApplicationResponse {
  @ApiProperty({ type: [ShownDocumentResponse], description: '서류 / Papers' })
  documents: ShownDocumentResponse[];

  @ApiProperty({ type: [ApplicationEventResponse], description: '이력 / History, oldest first' })
  events: ApplicationEventResponse[];

  @ApiProperty({
    type: [MissingForServiceResponse],
    description: '승인되었으나 아직 쓸 수 없는 서비스 / Approved services that cannot work yet',
  })
  missing: MissingForServiceResponse[];

  static detail({ application, files, events, missing }: ApplicationDetail): ApplicationDetailResponse {
    const names = new Map(files.map(({ fileId, name }) => [fileId, name]));
    const applicant = `member:${application.memberId}`;
    return {
      ...ApplicationResponse.of(application),
      documents: application.documents.map(({ kind, fileId }) => ({
        kind,
        fileId,
        name: names.get(fileId) ?? null,
      })),
      events: events.map(({ from, to, actor, reason, fields, occurredAt }) => ({
        from,
        to,
        by:
          actor === applicant || !['APPROVED', 'REJECTED', 'CHANGES_REQUESTED'].includes(to)
            ? 'APPLICANT'
            : 'OPERATOR',
        reason,
        fields,
        occurredAt: koreanTime(occurredAt),
      })),
      missing: missing.map(({ service, code }) => ({ service, code })),
    };
  }
}

export class ApplicationListResponse {
  @ApiProperty({ type: [ApplicationResponse], description: '최근 것부터 / Newest first' })
  data: ApplicationResponse[];

  @ApiProperty({ ...TEXT, description: '다음 쪽의 cursor / Cursor of the next page', example: null })
  nextCursor: string | null;
}

export class FirstEncryptionKeyResponse {
  @ApiProperty({ example: 'ek_01KAJR38VNR81X7S9FZBZ4D62E', description: '키 ID / Key id' })
  kid: string;

  @ApiProperty({
    example: 'q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=',
    description: '암호화 키 32바이트(base64) / The key, 32 bytes in base64',
  })
  key: string;
}

/** Shown once. */
export class FirstKeysResponse {
  @ApiProperty({ example: 'M0001001', description: '가맹점 ID / Merchant id' })
  mid: string;

  @ApiProperty({
    example: 'sk_live_…',
    description: '비밀 키. 이 응답에서 한 번만 보임 / The secret key, shown in this answer only',
  })
  secretKey: string;

  @ApiProperty({ type: FirstEncryptionKeyResponse, description: '암호화 키 / The encryption key' })
  encryptionKey: FirstEncryptionKeyResponse;
}
