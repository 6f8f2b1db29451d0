import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { RECEIPT_PURPOSES, type ReceiptPurpose } from '../../../common/cash-receipts/receipt-identifier';
import { EXPORT_FORMATS, type ExportFormat } from '../../../common/export/table';
import { IsKoreanDay } from '../../../common/http/korean-day.validator';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { WON_MAX } from '../../../common/money/won';
import { PageQuery } from '../../../common/pagination/page.query';
import { RECEIPT_STATUSES, type ReceiptStatus } from '../../cash-receipts/cash-receipts.facade';
import { BANK_CODES } from '../../../common/banks/banks';
import { PAYMENT_STATUSES, type PaymentStatus } from '../../payments/payments.facade';
import { DATE_BASES, type DateBasis, type Method, METHODS } from '../history.types';

const BANK_METHODS = ['BANK_TRANSFER', 'VIRTUAL_ACCOUNT'] as const;
const YES_NO = ['true', 'false'] as const;

/** Korean days, both included. */
class DaysQuery {
  @ApiPropertyOptional({
    example: '2026-01-01',
    description: '시작일, 없으면 종료일까지 30일 / First day; 30 days to the last one when absent',
  })
  @MayBeAbsent()
  @IsKoreanDay()
  from?: string;

  @ApiPropertyOptional({
    example: '2026-01-31',
    description: '종료일, 없으면 오늘; 기간은 366일까지 / Last day, today when absent; 366 days at most',
  })
  @MayBeAbsent()
  @IsKoreanDay()
  to?: string;
}

class AmountsQuery extends DaysQuery {
  @ApiPropertyOptional({
    example: 1000,
    minimum: 0,
    maximum: WON_MAX,
    description: '금액 최소(원) / Won, at least',
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  minAmount?: number;

  @ApiPropertyOptional({
    example: 100000,
    minimum: 0,
    maximum: WON_MAX,
    description: '금액 최대(원) / Won, at most',
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  maxAmount?: number;

  @ApiPropertyOptional({
    example: 'M0000001',
    pattern: '^[A-Z0-9]{1,16}$',
    description: '가맹점, 운영자와 대리점용 / Merchant, for operators and agencies',
  })
  @MayBeAbsent()
  @Matches(/^[A-Z0-9]{1,16}$/)
  mid?: string;
}

class BranchQuery extends AmountsQuery {
  @ApiPropertyOptional({
    example: 'brn_0000000000DEM0BRANCH000001',
    pattern: '^brn_[0-9A-Z]{26}$',
    description: '영업점 / Branch',
  })
  @MayBeAbsent()
  @Matches(/^brn_[0-9A-Z]{26}$/)
  branchId?: string;

  @ApiPropertyOptional({
    example: 'APPROVED',
    enum: PAYMENT_STATUSES,
    description: '결제 상태 / State of the payment',
  })
  @MayBeAbsent()
  @IsIn(PAYMENT_STATUSES)
  status?: PaymentStatus;
}

/** All filters of the list; what is given narrows it, in any combination. */
export class TransactionFilters extends BranchQuery {
  @ApiPropertyOptional({
    example: 'approved',
    enum: DATE_BASES,
    default: 'approved',
    description:
      'approved: 결제를 승인일로, 승인되지 않은 것은 요청일로. cancelled: 취소를 취소일로, 취소 하나가 한 줄. / approved: payments by their approval, those never approved by their creation. cancelled: cancels by when they were done, a row for each.',
  })
  @MayBeAbsent()
  @IsIn(DATE_BASES)
  dateBasis?: DateBasis;

  @ApiPropertyOptional({ example: 'CARD', enum: METHODS, description: '결제 수단 / Payment method' })
  @MayBeAbsent()
  @IsIn(METHODS)
  method?: Method;

  @ApiPropertyOptional({
    example: 'ORDER-20260102-0001',
    pattern: '^[A-Za-z0-9_-]{6,40}$',
    description: '주문번호; from과 to가 없으면 모든 기간 / Order number; of any time without from and to',
  })
  @MayBeAbsent()
  @Matches(/^[A-Za-z0-9_-]{6,40}$/)
  orderNo?: string;

  @ApiPropertyOptional({
    example: '00012345',
    pattern: '^[A-Za-z0-9]{1,20}$',
    description: '승인번호; from과 to가 없으면 모든 기간 / Approval number; of any time without from and to',
  })
  @MayBeAbsent()
  @Matches(/^[A-Za-z0-9]{1,20}$/)
  approvalNo?: string;

  @ApiPropertyOptional({
    example: '4242',
    pattern: '^\\d{4}$',
    description: '카드번호 끝 네 자리 / Last four digits',
  })
  @MayBeAbsent()
  @Matches(/^\d{4}$/)
  cardLast4?: string;

  @ApiPropertyOptional({
    example: '홍길',
    maxLength: 60,
    description: '구매자 이름의 앞부분 / Beginning of the buyer’s name',
  })
  @MayBeAbsent()
  @IsString()
  @Length(1, 60)
  @Matches(/^[^\p{Cc}]*$/u)
  buyerName?: string;

  @ApiPropertyOptional({ example: 'toss', pattern: '^[a-z0-9_-]{1,20}$', description: '원천사 / Acquirer' })
  @MayBeAbsent()
  @Matches(/^[a-z0-9_-]{1,20}$/)
  acquirer?: string;

  @ApiPropertyOptional({
    example: 'tk_20260102030405abcd1',
    pattern: '^[\\x21-\\x7e]{1,200}$',
    description:
      '원천사 거래 키; from과 to가 없으면 모든 기간 / Acquirer’s key; of any time without from and to',
  })
  @MayBeAbsent()
  @Matches(/^[\x21-\x7e]{1,200}$/)
  acquirerTransactionId?: string;
}

export class ListTransactionsQuery extends IntersectionType(TransactionFilters, PageQuery) {
  @ApiPropertyOptional({
    example: 'true',
    enum: YES_NO,
    default: 'false',
    description:
      'true이면 조건 전체의 건수와 합계를 더합니다 / With true, counts and sums over all that matches',
  })
  @MayBeAbsent()
  @IsIn(YES_NO)
  summary?: string;
}

export class ExportTransactionsQuery extends TransactionFilters {
  @ApiProperty({ example: 'xlsx', enum: EXPORT_FORMATS, description: '파일 형식 / File format' })
  @IsIn(EXPORT_FORMATS)
  format: ExportFormat;
}

export class ListBankTransactionsQuery extends IntersectionType(BranchQuery, PageQuery) {
  @ApiPropertyOptional({
    example: 'VIRTUAL_ACCOUNT',
    enum: BANK_METHODS,
    description: '없으면 둘 다 / Both when absent',
  })
  @MayBeAbsent()
  @IsIn(BANK_METHODS)
  method?: (typeof BANK_METHODS)[number];

  @ApiPropertyOptional({
    example: '088',
    enum: BANK_CODES,
    description: '가상계좌의 은행 / Bank of a virtual account',
  })
  @MayBeAbsent()
  @IsIn(BANK_CODES)
  bank?: string;
}

export class ListCashReceiptsQuery extends IntersectionType(AmountsQuery, PageQuery) {
  @ApiPropertyOptional({ example: 'ISSUED', enum: RECEIPT_STATUSES, description: '상태 / State' })
  @MayBeAbsent()
  @IsIn(RECEIPT_STATUSES)
  status?: ReceiptStatus;

  @ApiPropertyOptional({ example: 'INCOME_DEDUCTION', enum: RECEIPT_PURPOSES, description: '용도 / Purpose' })
  @MayBeAbsent()
  @IsIn(RECEIPT_PURPOSES)
  purpose?: ReceiptPurpose;
}
