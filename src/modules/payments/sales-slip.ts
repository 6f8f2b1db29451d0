import { koreanTime } from '../../common/time/korean-time';
import type { Merchant } from '../merchants/merchants.types';
import type { SalesSlipResponse } from './dto/sales-slip.response';
import { toPaymentResponse } from './dto/payment.views';
import type { PaymentWithHistory } from './payments.types';

/** The sales slip (매출전표) of a payment: what was bought from whom, and every cancel. */
export function salesSlip({ payment, cancels }: PaymentWithHistory, merchant: Merchant): SalesSlipResponse {
  const view = toPaymentResponse(payment);
  return {
    paymentId: payment.paymentId,
    orderNo: payment.orderNo,
    status: payment.status,
    goodsName: payment.goodsName,
    buyerName: payment.buyerName,
    card: view.card,
    approvalNo: payment.approvalNo,
    approvedAt: view.approvedAt,
    amount: payment.amount,
    pointAmount: payment.pointAmount,
    cardAmount: view.cardAmount,
    supplyAmount: view.supplyAmount,
    vat: payment.vat,
    taxFreeAmount: payment.taxFreeAmount,
    serviceCharge: payment.serviceCharge,
    cancelledAmount: payment.cancelledAmount,
    balanceAmount: payment.amount - payment.cancelledAmount,
    cancels: cancels
      .filter((cancel) => cancel.status === 'DONE' && cancel.cancelledAt !== null)
      .map((cancel) => ({
        amount: cancel.amount,
        cancelledAt: koreanTime(cancel.cancelledAt ?? cancel.requestedAt),
      })),
    merchant: {
      mid: merchant.mid,
      name: merchant.name,
      businessNumber: merchant.businessNumber,
      representative: merchant.representative,
      address: merchant.address,
      phone: merchant.phone,
    },
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string) => text.replace(/[&<>"']/g, (char) => ESCAPES[char]!);
const won = (amount: number, language: 'ko' | 'en') =>
  language === 'ko' ? `${amount.toLocaleString('ko-KR')}원` : `₩${amount.toLocaleString('en-US')}`;
const shown = (time: string | null) => (time === null ? '-' : time.slice(0, 19).replace('T', ' '));

const TEXTS = {
  ko: {
    title: '매출전표',
    order: '주문번호',
    goods: '상품명',
    buyer: '구매자',
    card: '카드번호',
    issuer: '카드사',
    plan: '할부',
    atOnce: '일시불',
    months: '개월',
    approvalNo: '승인번호',
    approvedAt: '승인일시',
    supply: '공급가액',
    vat: '부가세',
    taxFree: '면세금액',
    service: '봉사료',
    total: '합계',
    points: '포인트',
    byCard: '카드 결제',
    cancelled: '취소',
    left: '남은 금액',
    seller: '판매자',
    businessNumber: '사업자등록번호',
    representative: '대표자',
    address: '주소',
    phone: '전화',
  },
  en: {
    title: 'Sales slip',
    order: 'Order number',
    goods: 'Goods',
    buyer: 'Buyer',
    card: 'Card number',
    issuer: 'Issuer',
    plan: 'Installments',
    atOnce: 'Paid at once',
    months: ' months',
    approvalNo: 'Approval number',
    approvedAt: 'Approved at (KST)',
    supply: 'Supply value',
    vat: 'VAT',
    taxFree: 'Tax-free',
    service: 'Service charge',
    total: 'Total',
    points: 'Points',
    byCard: 'By card',
    cancelled: 'Cancelled',
    left: 'Balance',
    seller: 'Seller',
    businessNumber: 'Business number',
    representative: 'Representative',
    address: 'Address',
    phone: 'Phone',
  },
} as const;

const STYLE = `body{font-family:system-ui,sans-serif;color:#111;background:#f4f4f5;margin:0;padding:1rem}
main{max-width:26rem;margin:0 auto;background:#fff;border:1px solid #ddd;border-radius:8px;padding:1.25rem}
h1{font-size:1.25rem;margin:0 0 1rem;text-align:center}h2{font-size:.9rem;margin:1.25rem 0 .25rem;color:#555}
dl{display:grid;grid-template-columns:auto 1fr;gap:.35rem 1rem;margin:0}dl+dl{margin-top:1rem}dt{color:#555}dd{margin:0;text-align:right;
overflow-wrap:anywhere}.sum{font-weight:700;font-size:1.05rem}@media print{body{background:#fff}main{border:0}}`;

/** Where the page's one style sheet is allowed by its hash, nothing else is: no script, no image, no other origin. */
export const SLIP_STYLE = STYLE;

/** The printable page. Everything that came from outside is escaped. */
export function salesSlipPage(slip: SalesSlipResponse, language: 'ko' | 'en'): string {
  const t = TEXTS[language];
  const row = (name: string, value: string, sum = false) =>
    `<dt${sum ? ' class="sum"' : ''}>${name}</dt><dd${sum ? ' class="sum"' : ''}>${escape(value)}</dd>`;
  const months = slip.card?.installmentMonths ?? 0;
  const { merchant } = slip;
  const cancels = slip.cancels.map((cancel) =>
    row(`${t.cancelled} ${shown(cancel.cancelledAt)}`, `-${won(cancel.amount, language)}`),
  );
  const { pointAmount, cardAmount } = slip;
  const parts =
    pointAmount === 0
      ? []
      : [row(t.points, won(pointAmount, language)), row(t.byCard, won(cardAmount, language))];
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${t.title} ${escape(slip.orderNo)}</title><style>${STYLE}</style></head>
<body><main><h1>${t.title}</h1><dl>
${row(t.order, slip.orderNo)}${row(t.goods, slip.goodsName)}${slip.buyerName === null ? '' : row(t.buyer, slip.buyerName)}
${row(t.card, slip.card?.number ?? '-')}${row(t.issuer, slip.card?.issuer ?? '-')}
${row(t.plan, months === 0 ? t.atOnce : `${months}${t.months}`)}
${row(t.approvalNo, slip.approvalNo ?? '-')}${row(t.approvedAt, shown(slip.approvedAt))}</dl>
<dl>${row(t.supply, won(slip.supplyAmount, language))}${row(t.vat, won(slip.vat, language))}
${row(t.taxFree, won(slip.taxFreeAmount, language))}${row(t.service, won(slip.serviceCharge, language))}
${row(t.total, won(slip.amount, language), true)}${parts.join('')}${cancels.join('')}
${cancels.length === 0 ? '' : row(t.left, won(slip.balanceAmount, language), true)}</dl>
<h2>${t.seller}</h2><dl>${row(t.seller, merchant.name)}${row(t.businessNumber, merchant.businessNumber)}
${row(t.representative, merchant.representative)}${row(t.address, merchant.address)}${row(t.phone, merchant.phone)}</dl>
</main></body></html>`;
}
