import type { ExportTable } from '../../common/export/table';
import { type PaymentStatus, wasCharged } from '../payments/payments.facade';
import type { HistoryRow, Method } from './history.types';

const STATUSES: Readonly<Record<PaymentStatus, string>> = {
  CREATED: '결제 대기',
  IN_PROGRESS: '처리 중',
  WAITING_FOR_DEPOSIT: '입금 대기',
  APPROVED: '승인',
  PARTIALLY_CANCELLED: '부분취소',
  CANCELLED: '취소',
  FAILED: '실패',
  EXPIRED: '만료',
  REVERSING: '망취소 중',
  REVERSED: '망취소',
};

const METHOD_NAMES: Readonly<Record<Method, string>> = {
  CARD: '카드',
  EASY_PAY: '간편결제',
  BANK_TRANSFER: '계좌이체',
  VIRTUAL_ACCOUNT: '가상계좌',
  OTHER: '기타',
};

/** Charged, and not a cancel's row: its payment's amount would be counted once for each of its cancels. */
const isApproval = (row: HistoryRow) => row.cancel === null && wasCharged(row);

/** The export of the list: what a merchant's bookkeeping needs, a row for each row of the list. */
export const TRANSACTION_TABLE: ExportTable<HistoryRow> = {
  name: '거래내역',
  totalHeading: '합계',
  columns: [
    { heading: '거래일시', width: 20, kind: 'TIME', value: ({ place }) => place.at },
    { heading: '구분', width: 8, kind: 'TEXT', value: ({ cancel }) => (cancel === null ? '결제' : '취소') },
    { heading: '상태', width: 10, kind: 'TEXT', value: ({ status }) => STATUSES[status] },
    { heading: '가맹점 ID', width: 12, kind: 'TEXT', value: ({ mid }) => mid },
    { heading: '영업점 ID', width: 32, kind: 'TEXT', value: ({ branchId }) => branchId },
    { heading: '주문번호', width: 24, kind: 'TEXT', value: ({ orderNo }) => orderNo },
    { heading: '상품명', width: 24, kind: 'TEXT', value: ({ goodsName }) => goodsName },
    { heading: '구매자', width: 12, kind: 'TEXT', value: ({ buyerName }) => buyerName },
    { heading: '결제수단', width: 10, kind: 'TEXT', value: ({ method }) => METHOD_NAMES[method] },
    { heading: '카드사', width: 12, kind: 'TEXT', value: ({ cardIssuer }) => cardIssuer },
    { heading: '카드번호', width: 20, kind: 'TEXT', value: ({ cardNumber }) => cardNumber },
    {
      heading: '할부',
      width: 8,
      kind: 'TEXT',
      value: ({ cardNumber, installmentMonths: months }) =>
        cardNumber === null ? null : months === 0 ? '일시불' : `${months}개월`,
    },
    { heading: '승인번호', width: 12, kind: 'TEXT', value: ({ approvalNo }) => approvalNo },
    { heading: '결제금액', width: 12, kind: 'WON', value: ({ amount }) => amount },
    { heading: '포인트', width: 10, kind: 'WON', value: ({ pointAmount }) => pointAmount },
    {
      heading: '승인금액',
      width: 12,
      kind: 'WON',
      total: true,
      value: (row) => (isApproval(row) ? row.amount : null),
    },
    {
      heading: '취소금액',
      width: 12,
      kind: 'WON',
      total: true,
      value: (row) => row.cancel?.amount ?? (isApproval(row) ? row.cancelledAmount : null),
    },
    {
      heading: '잔액',
      width: 12,
      kind: 'WON',
      total: true,
      value: (row) => (isApproval(row) ? row.balanceAmount : null),
    },
    { heading: '승인일시', width: 20, kind: 'TIME', value: ({ approvedAt }) => approvedAt },
    { heading: '요청일시', width: 20, kind: 'TIME', value: ({ createdAt }) => createdAt },
    { heading: '취소사유', width: 20, kind: 'TEXT', value: ({ cancel }) => cancel?.reason ?? null },
    { heading: '실패코드', width: 20, kind: 'TEXT', value: ({ failureCode }) => failureCode },
    { heading: '원천사', width: 10, kind: 'TEXT', value: ({ acquirer }) => acquirer },
    { heading: '원천사 거래번호', width: 32, kind: 'TEXT', value: (row) => row.acquirerTransactionId },
    { heading: '결제번호', width: 32, kind: 'TEXT', value: ({ paymentId }) => paymentId },
    { heading: '취소번호', width: 32, kind: 'TEXT', value: ({ cancel }) => cancel?.cancelId ?? null },
  ],
};
