import type { ExportTable } from '../../../common/export/table';
import type { Obligations } from './obligations.repository';

const PPM_OF_PERCENT = 10_000;

/** The report of obligations, a row for each day. Balances of days are not added up. */
export const OBLIGATIONS_TABLE: ExportTable<Obligations> = {
  name: '정산자금 의무',
  totalHeading: null,
  columns: [
    { heading: '기준일', width: 12, kind: 'TEXT', value: ({ day }) => day },
    { heading: '지급보류', width: 16, kind: 'WON', value: ({ held }) => held },
    { heading: '정산 미지급', width: 16, kind: 'WON', value: (row) => row.payableSettled },
    { heading: '미정산', width: 16, kind: 'WON', value: (row) => row.payableUnsettled },
    { heading: '가맹점 미수금', width: 16, kind: 'WON', value: (row) => row.merchantDebt },
    { heading: '취소 진행', width: 16, kind: 'WON', value: (row) => row.pendingCancels },
    { heading: '반환할 입금', width: 16, kind: 'WON', value: (row) => row.depositsToReturn },
    { heading: '정산자금', width: 18, kind: 'WON', value: ({ obligation }) => obligation },
    {
      heading: '외부관리 비율',
      width: 12,
      kind: 'TEXT',
      value: ({ coverRatioPpm }) => `${coverRatioPpm / PPM_OF_PERCENT}%`,
    },
    { heading: '외부관리할 금액', width: 18, kind: 'WON', value: (row) => row.requiredCover },
    { heading: '등록된 금액', width: 18, kind: 'WON', value: (row) => row.registeredCover },
    { heading: '부족액', width: 16, kind: 'WON', value: ({ shortfall }) => shortfall },
    { heading: '기록일시', width: 20, kind: 'TIME', value: ({ recordedAt }) => recordedAt },
  ],
};
