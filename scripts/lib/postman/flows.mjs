const CARD = {
  cardNumber: '4242424242424242',
  cardExpiry: '3012',
  birthOrBusinessNo: '900101',
  cardPasswordTwoDigits: '12',
};

/** An order number of this run: `{{run}}` is set by the first request. */
const order = (name) => `PM-{{run}}-${name}`;
const card = (name, more = {}) => ({
  ...{ orderNo: order(name), amount: 50_000, goodsName: '만년필 / Fountain pen' },
  ...{ ...CARD, ...more },
});

/**
 * One request of a flow. `status`: of the answer. `expects`: members of the answer, by name. `keeps`: variables for the
 * requests after it, each with the member of the answer that it takes.
 */
const call = (name, line, { body, status = 200, expects = {}, keeps = {}, ...more } = {}) => {
  const [method, path] = line.split(' ');
  return { name, method, path, body, status, expects, keeps, ...more };
};

/** What a merchant's system does, in requests that can be run one after the other, each flow from its first on. */
export const FLOWS = [
  {
    name: '0 준비 / Begin',
    calls: [
      call('게이트웨이 확인 / Is it there', 'GET /health/ready', {
        begins: true,
        expects: { status: 'ready' },
      }),
    ],
  },
  {
    name: '1 승인, 조회, 취소 / Approve, look up, cancel',
    calls: [
      call('승인 / Approve', 'POST /v1/payments/card', {
        ...{ body: card('card'), expects: { outcome: 'SUCCESS', status: 'APPROVED' } },
        keeps: { paymentId: 'paymentId' },
      }),
      call('같은 주문 다시 / The same order again', 'POST /v1/payments/card', {
        ...{ body: card('card'), expects: { outcome: 'DUPLICATE' } },
      }),
      call('내용이 다른 주문 / Another content', 'POST /v1/payments/card', {
        ...{ body: card('card', { amount: 60_000 }), status: 409, expects: { code: 'ORDER_NO_CONFLICT' } },
      }),
      call('주문번호로 조회 / Look up by order', `GET /v1/payments/orders/${order('card')}`, {
        expects: { status: 'APPROVED', balanceAmount: 50_000 },
      }),
      call('부분취소 / Cancel a part', 'POST /v1/payments/{{paymentId}}/cancel', {
        ...{ body: { cancelAmount: 10_000, reason: '일부 반품' }, expects: { balanceAmount: 40_000 } },
      }),
      call('매출전표 / Sales slip', 'GET /v1/payments/{{paymentId}}/receipt', {
        expects: { amount: 50_000 },
      }),
      call('전액취소 / Cancel the rest', 'POST /v1/payments/{{paymentId}}/cancel', {
        ...{ body: { reason: '고객 변심' }, expects: { status: 'CANCELLED', balanceAmount: 0 } },
      }),
      call('또 취소 / Once more', 'POST /v1/payments/{{paymentId}}/cancel', {
        ...{ body: { reason: '고객 변심' }, status: 409, expects: { code: 'ALREADY_CANCELLED' } },
      }),
      call('한도 초과 카드 / A card over its limit', 'POST /v1/payments/card', {
        ...{ body: card('poor', { cardNumber: '4000000000009995' }), status: 402 },
        expects: { code: 'CARD_LIMIT_EXCEEDED', outcome: 'FAILURE' },
      }),
    ],
  },
  {
    name: '2 결제창 / Checkout',
    calls: [
      call('주문 / Order first', 'POST /v1/checkouts', {
        body: { orderNo: order('window'), amount: 30_000, goodsName: '잉크', acquirer: 'toss' },
        ...{ status: 201, keeps: { checkoutId: 'checkoutId', paymentToken: 'paymentToken' } },
      }),
      call('구매자 역할 / The payer, played by the sandbox', 'POST /__sandbox/toss/payments', {
        ...{ base: '{{sandboxUrl}}', body: { orderId: order('window'), amount: 30_000 } },
        status: 201,
        keeps: { paymentKey: 'paymentKey' },
      }),
      call('확인 / Confirm', 'POST /v1/checkouts/{{checkoutId}}/confirm', {
        body: { paymentToken: '{{paymentToken}}', paymentKey: '{{paymentKey}}', amount: 30_000 },
        expects: { outcome: 'SUCCESS' },
      }),
      call('조회 / Look up', 'GET /v1/checkouts/{{checkoutId}}', { expects: { status: 'APPROVED' } }),
    ],
  },
  {
    name: '3 빌링키 / Billing key',
    calls: [
      call('발급 / Issue', 'POST /v1/billing-keys', {
        ...{ body: { customerKey: order('customer'), ...CARD }, status: 201 },
        ...{ expects: { status: 'ACTIVE' }, keeps: { billingKey: 'billingKey' } },
      }),
      call('청구 / Charge', 'POST /v1/billing-keys/{{billingKey}}/payments', {
        body: { orderNo: order('billing'), amount: 19_900, goodsName: '1월 이용료' },
        expects: { outcome: 'SUCCESS' },
      }),
      call('해지 / Revoke', 'DELETE /v1/billing-keys/{{billingKey}}', { expects: { status: 'REVOKED' } }),
      call('해지 뒤 청구 / Charge a revoked key', 'POST /v1/billing-keys/{{billingKey}}/payments', {
        body: { orderNo: order('late'), amount: 19_900, goodsName: '2월 이용료' },
        ...{ status: 422, expects: { code: 'BILLING_KEY_REVOKED' } },
      }),
    ],
  },
  {
    name: '4 가상계좌와 현금영수증 / Virtual account, cash receipt',
    calls: [
      call('가상계좌 발급 / Issue an account', 'POST /v1/virtual-accounts', {
        body: {
          ...{ orderNo: order('account'), amount: 20_000, goodsName: '공책', customerName: '홍길동' },
          bankCode: '088',
        },
        ...{ status: 201, keeps: { virtualAccountId: 'virtualAccountId' } },
      }),
      call('닫기 / Close it', 'POST /v1/virtual-accounts/{{virtualAccountId}}/close', {}),
      call('현금영수증 발급 / Issue a cash receipt', 'POST /v1/cash-receipts', {
        body: {
          ...{ orderNo: order('receipt'), amount: 55_000, purpose: 'INCOME_DEDUCTION' },
          ...{ identifier: '01012345678', goodsName: '잉크' },
        },
        ...{ expects: { status: 'ISSUED', vat: 5_000 }, keeps: { receiptId: 'receiptId' } },
      }),
      call('현금영수증 취소 / Cancel it', 'POST /v1/cash-receipts/{{receiptId}}/cancel', {
        ...{ body: { reason: '반품' }, expects: { status: 'CANCELLED' } },
      }),
    ],
  },
  {
    name: '5 SMS 결제 / Payment by SMS',
    calls: [
      call('요청 / Ask', 'POST /v1/sms-payments', {
        body: {
          ...{ orderNo: order('sms'), amount: 50_000, goodsName: '만년필', buyerName: '홍길동' },
          buyerPhone: '010{{phone}}',
        },
        ...{ status: 201, expects: { status: 'REQUESTED' }, keeps: { smsPaymentId: 'smsPaymentId' } },
      }),
      call('상태 / Status', 'GET /v1/sms-payments/{{smsPaymentId}}/status', { expects: { paidAt: null } }),
      call('요청 취소 / Withdraw it', 'POST /v1/sms-payments/{{smsPaymentId}}/cancel', {
        ...{ body: { reason: '잘못 보냄' }, expects: { status: 'CANCELLED' } },
      }),
    ],
  },
  {
    name: '6 웹훅, 거래내역, 정산 / Webhooks, history, settlement',
    calls: [
      call('이벤트 / Events', 'GET /v1/events?limit=5', {}),
      call('웹훅 주소 / Endpoints', 'GET /v1/webhook-endpoints', {}),
      call('거래내역 / Transactions', 'GET /v1/transactions?limit=5', {}),
      call('정산 현황 / State of settlement', 'GET /v1/settlements/status', {}),
      call('없는 결제 / No such payment', 'GET /v1/payments/orders/no-such-order', {
        ...{ status: 404, expects: { code: 'PAYMENT_NOT_FOUND' } },
      }),
    ],
  },
];
