import { ApiProperty } from '@nestjs/swagger';
import type { CommissionFigures, MerchantCommission } from '../commission-reports.service';

class CommissionFiguresResponse {
  @ApiProperty({ example: 12, description: '내역의 수 / Lines' })
  lineCount: number;

  @ApiProperty({ example: 14_500, description: '바탕이 된 수수료, 원 / Fees that it is a share of, won' })
  fee: number;

  @ApiProperty({ example: 2_900, description: '대리점 수수료, 원 / Commission, won' })
  amount: number;
}

class MerchantCommissionResponse extends CommissionFiguresResponse {
  @ApiProperty({ example: 'M0000001' })
  mid: string;
}

export class CommissionReportResponse {
  @ApiProperty({ type: [MerchantCommissionResponse], description: '가맹점 차례 / By merchant' })
  data: MerchantCommissionResponse[];

  @ApiProperty({ type: CommissionFiguresResponse, description: '기간 전체 / The whole period' })
  total: CommissionFiguresResponse;

  @ApiProperty({ type: String, nullable: true, example: 'MC5NMDAwMDAwMQ' })
  nextCursor: string | null;

  static of(report: {
    data: readonly MerchantCommission[];
    total: CommissionFigures;
    nextCursor: string | null;
  }): CommissionReportResponse {
    return { ...report, data: [...report.data] };
  }
}
