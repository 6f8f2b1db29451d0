import type { ExportTable } from '../../../common/export/table';
import type { SettlementStatus } from '../settlement.state';
import type { Settlement } from '../settlements.types';
import type { SettlementLine } from './settlement-reports.service';

const STATUSES: Readonly<Record<SettlementStatus, string>> = {
  SCHEDULED: '예정',
  CONFIRMED: '확정',
  HELD: '보류',
  PAID: '지급',
  PAYOUT_FAILED: '지급 실패',
  CARRIED_OVER: '이월',
};
const KINDS: Readonly<Record<string, string>> = { APPROVAL: '승인', CANCEL: '취소', REVERSAL: '망취소' };
const METHODS: Readonly<Record<string, string>> = {
  CARD: '카드',
  EASY_PAY: '간편결제',
  BANK_TRANSFER: '계좌이체',
  VIRTUAL_ACCOUNT: '가상계좌',
};

/** A settlement in a row. */
export const SETTLEMENT_TABLE: ExportTable<Settlement> = {
  name: '정산내역',
  totalHeading: '합계',
  columns: [
    { heading: '지급일', width: 12, kind: 'TEXT', value: ({ payoutDay }) => payoutDay },
    { heading: '상태', width: 10, kind: 'TEXT', value: ({ status }) => STATUSES[status] },
    { heading: '가맹점 ID', width: 12, kind: 'TEXT', value: ({ mid }) => mid },
    { heading: '계약 ID', width: 32, kind: 'TEXT', value: ({ contractId }) => contractId },
    { heading: '건수', width: 10, kind: 'WON', total: true, value: ({ lineCount }) => lineCount },
    { heading: '승인금액', width: 14, kind: 'WON', total: true, value: (row) => row.approvalAmount },
    { heading: '취소금액', width: 14, kind: 'WON', total: true, value: (row) => row.cancelAmount },
    { heading: '수수료', width: 12, kind: 'WON', total: true, value: ({ fee }) => fee },
    { heading: '부가세', width: 12, kind: 'WON', total: true, value: ({ vat }) => vat },
    { heading: '조정', width: 12, kind: 'WON', total: true, value: (row) => row.adjustmentAmount },
    { heading: '이월받음', width: 12, kind: 'WON', total: true, value: ({ carriedIn }) => carriedIn },
    { heading: '이월함', width: 12, kind: 'WON', total: true, value: ({ carriedOut }) => carriedOut },
    { heading: '지급액', width: 14, kind: 'WON', total: true, value: ({ payoutAmount }) => payoutAmount },
    { heading: '보류사유', width: 20, kind: 'TEXT', value: ({ holdReason }) => holdReason },
    { heading: '실패사유', width: 20, kind: 'TEXT', value: ({ failureReason }) => failureReason },
    { heading: '확정일시', width: 20, kind: 'TIME', value: ({ confirmedAt }) => confirmedAt },
    { heading: '지급일시', width: 20, kind: 'TIME', value: ({ paidAt }) => paidAt },
    { heading: '이체번호', width: 24, kind: 'TEXT', value: ({ payoutReference }) => payoutReference },
    { heading: '정산 ID', width: 32, kind: 'TEXT', value: ({ settlementId }) => settlementId },
  ],
};

/** A line with the settlement that it is in. */
export interface ExportedLine extends SettlementLine {
  readonly payoutDay: string;
  readonly mid: string;
  readonly ratePpm: number;
}

const PPM_OF_PERCENT = 10_000;

/** Every line of the settlements. */
export const LINE_TABLE: ExportTable<ExportedLine> = {
  name: '정산상세',
  totalHeading: '합계',
  columns: [
    { heading: '지급일', width: 12, kind: 'TEXT', value: ({ payoutDay }) => payoutDay },
    { heading: '매입일', width: 12, kind: 'TEXT', value: ({ capturedOn }) => capturedOn },
    { heading: '구분', width: 8, kind: 'TEXT', value: ({ kind }) => KINDS[kind] ?? kind },
    { heading: '가맹점 ID', width: 12, kind: 'TEXT', value: ({ mid }) => mid },
    { heading: '영업점 ID', width: 32, kind: 'TEXT', value: ({ branchId }) => branchId },
    { heading: '결제수단', width: 10, kind: 'TEXT', value: ({ method }) => METHODS[method] ?? method },
    { heading: '금액', width: 14, kind: 'WON', total: true, value: ({ amount }) => amount },
    {
      heading: '수수료율',
      width: 10,
      kind: 'TEXT',
      value: ({ ratePpm }) => `${ratePpm / PPM_OF_PERCENT}%`,
    },
    { heading: '수수료', width: 12, kind: 'WON', total: true, value: ({ fee }) => fee },
    { heading: '부가세', width: 12, kind: 'WON', total: true, value: ({ vat }) => vat },
    {
      heading: '정산금액',
      width: 14,
      kind: 'WON',
      total: true,
      value: ({ amount, fee, vat }) => amount - fee - vat,
    },
    { heading: '결제번호', width: 32, kind: 'TEXT', value: ({ paymentId }) => paymentId },
    { heading: '결제·취소번호', width: 32, kind: 'TEXT', value: ({ sourceId }) => sourceId },
    { heading: '내역 ID', width: 16, kind: 'TEXT', value: ({ seq }) => `stn_${seq}` },
    { heading: '정산 ID', width: 32, kind: 'TEXT', value: ({ settlementId }) => settlementId },
  ],
};
