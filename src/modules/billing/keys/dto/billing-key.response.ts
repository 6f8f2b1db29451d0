import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../../common/time/korean-time';
import { BILLING_STORAGES, type BillingStorage } from '../../../merchants/merchants.types';
import type { CustomersBillingKey } from '../../billing.types';
import { BILLING_KEY_STATUSES, type BillingKeyStatus } from '../billing-key.state';

export class BillingCardResponse {
  @ApiProperty({
    example: '424242******4242',
    description: '앞 6자리와 뒤 4자리만 / First six and last four',
  })
  number: string;

  @ApiProperty({ example: 'SHINHAN', nullable: true, type: String, description: '카드사 / Issuer' })
  issuer: string | null;

  @ApiProperty({ example: 'CREDIT', nullable: true, type: String })
  type: string | null;

  @ApiProperty({ example: 'PERSONAL', nullable: true, type: String })
  ownerType: string | null;
}

/** A billing key as its merchant sees it: built field by field, so that a new column never leaks by itself. */
export class BillingKeyResponse {
  @ApiProperty({ example: 'bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', description: '빌링키 / Billing key' })
  billingKey: string;

  @ApiProperty({ example: 'M0000001' })
  mid: string;

  @ApiProperty({
    enum: BILLING_KEY_STATUSES,
    example: 'ACTIVE',
    description:
      '상태. ISSUE_UNKNOWN: 발급 응답을 받지 못함, 결제되지 않음. REVOKING: 결제되지 않으며 원천사에 알리는 중 / State. ISSUE_UNKNOWN: no usable answer, nothing can be charged. REVOKING: cannot pay, the acquirer is still to be told',
  })
  status: BillingKeyStatus;

  @ApiProperty({ example: 'customer-0001', description: '가맹점의 고객 키 / Your key of the customer' })
  customerKey: string;

  @ApiProperty({
    enum: BILLING_STORAGES,
    example: 'ACQUIRER_TOKEN',
    description: '보관 방식 / How it is kept',
  })
  storage: BillingStorage;

  @ApiProperty({ type: BillingCardResponse })
  card: BillingCardResponse;

  @ApiProperty({ example: 'toss', description: '발급한 원천사 / Acquirer that issued it' })
  acquirer: string;

  @ApiProperty({ example: null, nullable: true, type: String, description: '실패 코드 / Why it failed' })
  failureCode: string | null;

  @ApiProperty({ example: '2026-01-02T03:04:05.000+09:00', nullable: true, type: String })
  issuedAt: string | null;

  @ApiProperty({ example: null, nullable: true, type: String })
  revokedAt: string | null;

  @ApiProperty({ example: '2026-01-02T03:04:05.000+09:00' })
  createdAt: string;

  static of(key: CustomersBillingKey): BillingKeyResponse {
    const { cardFirst6, cardLast4, cardNumberLength, issuedAt, revokedAt } = key;
    return {
      billingKey: key.billingKey,
      mid: key.mid,
      status: key.status,
      customerKey: key.customerKey,
      storage: key.storage,
      card: {
        number: `${cardFirst6}${'*'.repeat(cardNumberLength - 10)}${cardLast4}`,
        issuer: key.cardIssuer,
        type: key.cardType,
        ownerType: key.cardOwnerType,
      },
      acquirer: key.acquirer,
      failureCode: key.failureCode,
      issuedAt: issuedAt === null ? null : koreanTime(issuedAt),
      revokedAt: revokedAt === null ? null : koreanTime(revokedAt),
      createdAt: koreanTime(key.createdAt),
    };
  }
}

export class BillingKeyListResponse {
  @ApiProperty({ type: [BillingKeyResponse] })
  data: BillingKeyResponse[];

  @ApiProperty({ example: null, nullable: true, type: String, description: '다음 쪽 / Where to go on' })
  nextCursor: string | null;
}
