import { ApiProperty } from '@nestjs/swagger';
import { SettlementResponse } from '../../payout/dto/settlement.response';
import { SETTLEMENT_STATUSES, type SettlementStatus } from '../../settlement.state';
import type { SalesDetail, SalesFigures, SalesGroup, SalesReport } from '../sales.service';
import type { ExplainedLine, SettlementLine, SettlementStatusReport } from '../settlement-reports.service';

const NEXT = 'MC4yMDI2LTExLTIw';
const lineIdOf = (seq: number) => `stn_${seq}`;

export class SalesFiguresResponse {
  @ApiProperty({ example: 3, description: '승인 건수 / Approvals' })
  approvalCount: number;

  @ApiProperty({ example: 150_000, description: '승인 금액, 원 / Approved, won' })
  approvalAmount: number;

  @ApiProperty({ example: 1, description: '취소 건수 / Cancels' })
  cancelCount: number;

  @ApiProperty({ example: -20_000, description: '취소 금액, 0 이하 / Cancelled, 0 or less' })
  cancelAmount: number;

  @ApiProperty({ example: 2_970, description: '정산된 것의 수수료 / Fee of what is settled' })
  fee: number;

  @ApiProperty({ example: 297, description: '그 부가세 / VAT on it' })
  vat: number;

  @ApiProperty({
    example: 86_733,
    description: '정산된 승인·취소에서 수수료와 부가세를 뺀 것 / Net of what is settled',
  })
  net: number;

  @ApiProperty({ example: 1, description: '아직 정산되지 않은 건수 / Movements not settled yet' })
  unsettledCount: number;

  @ApiProperty({
    example: 40_000,
    description: '그 금액; 수수료는 정산될 때 정해집니다 / Their amount; their fee is not reckoned yet',
  })
  unsettledAmount: number;

  static figures(figures: SalesFigures): SalesFiguresResponse {
    const { approvalCount, approvalAmount, cancelCount, cancelAmount } = figures;
    const { fee, vat, net, unsettledCount, unsettledAmount } = figures;
    return {
      ...{ approvalCount, approvalAmount, cancelCount, cancelAmount },
      ...{ fee, vat, net, unsettledCount, unsettledAmount },
    };
  }
}

export class SalesGroupResponse extends SalesFiguresResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-11-20',
    description:
      '날, 달, 영업점 또는 수단; 영업점이 없는 결제는 null / Day, month, branch or method; null = no branch',
  })
  group: string | null;

  static of(group: SalesGroup): SalesGroupResponse {
    return { group: group.group, ...SalesFiguresResponse.figures(group) };
  }
}

export class SalesReportResponse {
  @ApiProperty({ type: [SalesGroupResponse], description: '이름 차례 / In the order of their names' })
  data: SalesGroupResponse[];

  @ApiProperty({ type: SalesFiguresResponse, description: '기간 전체 / The whole period' })
  total: SalesFiguresResponse;

  @ApiProperty({ type: String, nullable: true, example: NEXT, description: '다음 쪽 / The next page' })
  nextCursor: string | null;

  static of({ data, total, nextCursor }: SalesReport): SalesReportResponse {
    return {
      data: data.map((group) => SalesGroupResponse.of(group)),
      total: SalesFiguresResponse.figures(total),
      nextCursor,
    };
  }
}

export class SalesDetailResponse {
  @ApiProperty({ enum: ['APPROVAL', 'CANCEL', 'REVERSAL'], example: 'APPROVAL' })
  kind: string;

  @ApiProperty({ example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  paymentId: string;

  @ApiProperty({ example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', description: '결제나 취소 / Payment or cancel' })
  sourceId: string;

  @ApiProperty({ example: 'CARD' })
  method: string;

  @ApiProperty({ format: 'date', example: '2026-11-20', description: '매입일 / Day of capture' })
  capturedOn: string;

  @ApiProperty({ example: 50_000 })
  amount: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 1_450,
    description: '정산 전에는 null / null until settled',
  })
  fee: number | null;

  @ApiProperty({ type: Number, nullable: true, example: 145 })
  vat: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  settlementId: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'stn_1204', description: '정산 내역 / Its line' })
  lineId: string | null;

  static of({ seq, ...detail }: SalesDetail): SalesDetailResponse {
    return { ...detail, lineId: detail.settlementId === null ? null : lineIdOf(seq) };
  }
}

export class SalesDetailListResponse {
  @ApiProperty({ type: [SalesDetailResponse], description: '매입일 차례 / In the order of capture' })
  data: SalesDetailResponse[];

  @ApiProperty({ type: String, nullable: true, example: NEXT })
  nextCursor: string | null;
}

class StatusGroupResponse {
  @ApiProperty({ enum: SETTLEMENT_STATUSES, example: 'SCHEDULED' })
  status: SettlementStatus;

  @ApiProperty({ example: 2 })
  count: number;

  @ApiProperty({ example: 120_000, description: '지급액, 원 / What is paid out, won' })
  amount: number;
}

class NextPayoutResponse {
  @ApiProperty({ format: 'date', example: '2026-11-23' })
  payoutOn: string;

  @ApiProperty({ example: 86_733 })
  amount: number;
}

class UnsettledResponse {
  @ApiProperty({ example: 1 })
  count: number;

  @ApiProperty({ example: 40_000 })
  amount: number;
}

export class SettlementStatusResponse {
  @ApiProperty({ type: [StatusGroupResponse], description: '모든 상태 / Every state' })
  data: StatusGroupResponse[];

  @ApiProperty({
    type: NextPayoutResponse,
    nullable: true,
    description:
      '다음에 실제로 지급되는 날과 금액. 0원 미만은 다음 정산으로 이월되어 그 금액에 반영되고, 보류 중인 가맹점은 빠집니다. / The next day on which anything is paid, and how much: what is below zero is carried over into it, merchants on hold are left out',
  })
  nextPayout: NextPayoutResponse | null;

  @ApiProperty({
    type: UnsettledResponse,
    description: '아직 정산되지 않은 거래 / Movements not settled yet',
  })
  unsettled: UnsettledResponse;

  static of({ groups, nextPayout, unsettled }: SettlementStatusReport): SettlementStatusResponse {
    const { unsettledCount: count, unsettledAmount: amount } = unsettled;
    return { data: [...groups], nextPayout, unsettled: { count, amount } };
  }
}

export class SettlementLineResponse {
  @ApiProperty({ example: 'stn_1204', description: '정산 내역 ID / Line id' })
  lineId: string;

  @ApiProperty({ enum: ['APPROVAL', 'CANCEL', 'REVERSAL'], example: 'APPROVAL' })
  kind: string;

  @ApiProperty({ example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  paymentId: string;

  @ApiProperty({ example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', description: '결제나 취소 / Payment or cancel' })
  sourceId: string;

  @ApiProperty({ type: String, nullable: true, example: 'brn_0000000000DEM0BRANCH000001' })
  branchId: string | null;

  @ApiProperty({ example: 'CARD' })
  method: string;

  @ApiProperty({ format: 'date', example: '2026-11-20' })
  capturedOn: string;

  @ApiProperty({ example: 50_000 })
  amount: number;

  @ApiProperty({ example: 1_450 })
  fee: number;

  @ApiProperty({ example: 145 })
  vat: number;

  @ApiProperty({ example: 48_405, description: 'amount − fee − vat' })
  net: number;

  static of(line: SettlementLine): SettlementLineResponse {
    const { seq, kind, paymentId, sourceId, branchId, method, capturedOn, amount, fee, vat } = line;
    return {
      ...{ lineId: lineIdOf(seq), kind, paymentId, sourceId, branchId, method, capturedOn },
      ...{ amount, fee, vat, net: amount - fee - vat },
    };
  }
}

export class SettlementDetailsResponse {
  @ApiProperty({ type: SettlementResponse, description: '정산 / The settlement' })
  settlement: SettlementResponse;

  @ApiProperty({ type: [SettlementLineResponse], description: '생긴 차례 / In the order in which they came' })
  data: SettlementLineResponse[];

  @ApiProperty({ type: String, nullable: true, example: NEXT })
  nextCursor: string | null;
}

class ExplainedStepResponse {
  @ApiProperty({ example: '승인 금액 50,000원 × 2.9 %, 원 미만 버림' })
  ko: string;

  @ApiProperty({ example: '50,000 won approved × 2.9 %, cut down to the won' })
  en: string;

  @ApiProperty({ example: 1_450, description: '원 / Won' })
  amount: number;
}

export class ExplainedLineResponse extends SettlementLineResponse {
  @ApiProperty({ example: 'stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  settlementId: string;

  @ApiProperty({ example: 'fpl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', description: '수수료 정책 / The fee policy' })
  policyId: string;

  @ApiProperty({ example: 29_000, description: '수수료율, 백만분율 / Rate, parts per million' })
  ratePpm: number;

  @ApiProperty({ example: 0, description: '건당 수수료, 원 / Fixed fee, won' })
  fixedFee: number;

  @ApiProperty({ example: 0, description: '최저 수수료, 원 / Minimum fee, won' })
  minimumFee: number;

  @ApiProperty({ type: [ExplainedStepResponse], description: '계산의 차례 / How it was reckoned' })
  steps: ExplainedStepResponse[];

  static explained(line: ExplainedLine): ExplainedLineResponse {
    const { settlementId, policyId, ratePpm, fixedFee, minimumFee, steps } = line;
    return {
      ...SettlementLineResponse.of(line),
      ...{ settlementId, policyId, ratePpm, fixedFee, minimumFee, steps: [...steps] },
    };
  }
}
