// Written by `npm run sdk` from docs/openapi.json: what a merchant system may call. Not to be changed by hand.

export interface paths {
    "/v1/branches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 영업점 목록 / List branches */
        get: operations["branchesList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/branches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 영업점 조회 / One branch */
        get: operations["branchesOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/points/{customerKey}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 포인트 조회 / A customer’s points */
        get: operations["pointsAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/points/{customerKey}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 포인트 이력 / History of a customer’s points */
        get: operations["pointsHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/points/{customerKey}/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 포인트 사용 미리 보기 / What an order would come to */
        get: operations["pointsQuote"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/points/{customerKey}/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 포인트 조정 / Correct a customer’s points */
        post: operations["pointsAdjust"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/point-policies/{method}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 포인트 정책 조회 / Point policies of a payment method */
        get: operations["pointPoliciesList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 카드 비인증 승인 / Key-in card approval */
        post: operations["paymentsApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/net-cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 망취소 / Net cancel */
        post: operations["paymentsNetCancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 결제 통계 / Payment statistics */
        get: operations["paymentsStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/orders/{orderNo}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 주문번호로 조회 / Look up by order number */
        get: operations["paymentsByOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{paymentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 결제 조회 / Look up a payment */
        get: operations["paymentsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{paymentId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 취소, 부분취소 / Cancel, partial cancel */
        post: operations["paymentsCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{paymentId}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 매출전표 / Sales slip */
        get: operations["paymentsReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/checkouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 체크아웃 만들기 / Make a checkout */
        post: operations["checkoutsCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/checkouts/{checkoutId}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 결제 확인, 승인 / Confirm */
        post: operations["checkoutsConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/checkouts/{checkoutId}/fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 결제창 닫힘 / The payer closed the window */
        post: operations["checkoutsFail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/checkouts/{checkoutId}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 승인 확인 / Acknowledge the approval */
        post: operations["checkoutsAcknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/checkouts/{checkoutId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 체크아웃 조회 / Look up a checkout */
        get: operations["checkoutsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/virtual-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 가상계좌 발급 / Issue a virtual account */
        post: operations["virtualAccountsIssue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/virtual-accounts/{virtualAccountId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 가상계좌 조회 / Look up a virtual account */
        get: operations["virtualAccountsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/virtual-accounts/{virtualAccountId}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 가상계좌 닫기 / Close a virtual account */
        post: operations["virtualAccountsClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cash-receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 현금영수증 발급 / Issue a cash receipt */
        post: operations["cashReceiptsIssue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cash-receipts/{receiptId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 현금영수증 조회 / Look up a cash receipt */
        get: operations["cashReceiptsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cash-receipts/{receiptId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 현금영수증 취소, 부분취소 / Cancel, partial cancel */
        post: operations["cashReceiptsCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sms-payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** SMS 결제 요청 / Ask for a payment by SMS */
        post: operations["smsPaymentsRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sms-payments/{smsPaymentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** SMS 결제 조회 / Look up an SMS payment */
        get: operations["smsPaymentsInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sms-payments/{smsPaymentId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** SMS 결제 상태 / Status of an SMS payment */
        get: operations["smsPaymentsStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sms-payments/{smsPaymentId}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** SMS 결제의 매출전표 / Sales slip of an SMS payment */
        get: operations["smsPaymentsReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sms-payments/{smsPaymentId}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 결제 링크 다시 보내기 / Send the link again */
        post: operations["smsPaymentsResend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sms-payments/{smsPaymentId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** SMS 결제 취소 / Cancel an SMS payment */
        post: operations["smsPaymentsCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 고객의 빌링키 목록 / A customer’s billing keys */
        get: operations["billingKeysList"];
        put?: never;
        /** 빌링키 발급 / Issue a billing key */
        post: operations["billingKeysIssue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-keys/{billingKey}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 빌링키 조회 / Look up a billing key */
        get: operations["billingKeysById"];
        put?: never;
        post?: never;
        /** 빌링키 해지 / Revoke a billing key */
        delete: operations["billingKeysRevoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-keys/{billingKey}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 빌링키 결제 / Pay with a billing key */
        post: operations["billingKeysPay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 정기결제 목록 / Subscriptions */
        get: operations["subscriptionsList"];
        put?: never;
        /** 정기결제 만들기 / Make a subscription */
        post: operations["subscriptionsCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscriptionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 정기결제 조회 / Look up a subscription */
        get: operations["subscriptionsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** 정기결제 바꾸기 / Change a subscription */
        patch: operations["subscriptionsChange"];
        trace?: never;
    };
    "/v1/subscriptions/{subscriptionId}/charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 회차별 결제 / Charges */
        get: operations["subscriptionsCharges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscriptionId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 일시 중지 / Pause */
        post: operations["subscriptionsPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscriptionId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 다시 시작 / Resume */
        post: operations["subscriptionsResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscriptionId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 해지 / Cancel */
        post: operations["subscriptionsCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settlements/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 정산 달력 / Settlement calendar */
        get: operations["calendarRead"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settlements/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 정산 현황 / Settlement status */
        get: operations["settlementReportsStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settlements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 정산 집계 / Settlement aggregates */
        get: operations["settlementReportsAggregates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settlements/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 정산 목록 / List settlements */
        get: operations["settlementReportsPayouts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settlements/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 정산 내려받기 / Export of settlements */
        get: operations["settlementReportsExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settlements/lines/{lineId}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 수수료 계산 설명 / How a fee was reckoned */
        get: operations["settlementReportsExplain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settlements/{settlementId}/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 정산 상세 / Settlement details */
        get: operations["settlementReportsDetails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/branches/sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 영업점 매출 집계 / Sales by branch */
        get: operations["branchSalesAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/branches/{id}/sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 영업점 매출 집계 상세 / Sales of a branch */
        get: operations["branchSalesOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/branches/{id}/sales/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 영업점 매출 상세 / Movements of a branch */
        get: operations["branchSalesDetails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 거래내역 / Transactions */
        get: operations["transactionsList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions/bank": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 계좌이체·가상계좌 내역 / Bank transfers and virtual accounts */
        get: operations["transactionsBank"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions/cash-receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 현금영수증 내역 / Cash receipts */
        get: operations["transactionsCashReceipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 거래내역 내려받기 / Export of transactions */
        get: operations["transactionsExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions/{transactionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 거래 상세 / One transaction */
        get: operations["transactionsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 웹훅 주소 목록 / List webhook endpoints */
        get: operations["webhookEndpointsList"];
        put?: never;
        /** 웹훅 주소 등록 / Register a webhook endpoint */
        post: operations["webhookEndpointsCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** 웹훅 주소 지우기 / Delete a webhook endpoint */
        delete: operations["webhookEndpointsRemove"];
        options?: never;
        head?: never;
        /** 웹훅 주소 바꾸기 / Change a webhook endpoint */
        patch: operations["webhookEndpointsChange"];
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 웹훅 비밀 바꾸기 / Rotate the secret */
        post: operations["webhookEndpointsRotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 시험 이벤트 보내기 / Send a test event */
        post: operations["webhookEndpointsTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 기간의 이벤트 다시 보내기 / Send the events of a time again */
        post: operations["webhookEndpointsRedeliverRange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 웹훅 전송 목록 / List webhook deliveries */
        get: operations["webhookDeliveriesList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 웹훅 전송 하나 / One webhook delivery */
        get: operations["webhookDeliveriesOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 웹훅 다시 보내기 / Send a delivery again */
        post: operations["webhookDeliveriesAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 이벤트 목록 / List events */
        get: operations["webhookEventsList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 이벤트 하나 / One event */
        get: operations["webhookEventsOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        BankAccountRequest: {
            /**
             * @description 은행 코드 3자리 / Bank code, three digits
             * @example 088
             * @enum {string}
             */
            bankCode: "002" | "003" | "004" | "007" | "011" | "012" | "020" | "023" | "027" | "031" | "032" | "034" | "035" | "037" | "039" | "045" | "048" | "050" | "064" | "071" | "081" | "088" | "089" | "090" | "092";
            /**
             * @description 계좌번호(숫자만). 봉인해 보관 / Account number, digits only; kept sealed
             * @example 110123456789
             */
            accountNumber: string;
            /**
             * @description 예금주 / Account holder
             * @example 홍길동
             */
            holderName: string;
        };
        BranchResponse: {
            /**
             * @description 영업점 ID / Branch id
             * @example brn_0000000000DEM0BRANCH000001
             */
            branchId: string;
            /**
             * @description 가맹점 ID / Merchant id
             * @example M0000001
             */
            mid: string;
            /**
             * @description 가맹점이 정한 코드 / The merchant’s own code
             * @example GANAM-01
             */
            code: string | null;
            /**
             * @description 이름 / Name
             * @example 모두의문구 가온점
             */
            name: string;
            /**
             * @description 상태 / Status
             * @example ACTIVE
             * @enum {string}
             */
            status: "ACTIVE" | "SUSPENDED" | "CLOSED";
            /**
             * @description 지금 상태가 된 까닭 / Why it has this status
             * @example null
             */
            statusReason: string | null;
            /**
             * Format: date-time
             * @description 상태가 바뀐 시각 / When the status changed
             * @example null
             */
            statusChangedAt: string | null;
            /**
             * Format: int64
             * @description 바뀔 때마다 커집니다 / Grows with every change
             * @example 1
             */
            version: number;
            /**
             * Format: date-time
             * @description 등록 시각 / Registered
             * @example 2026-11-21T15:04:05.000+09:00
             */
            createdAt: string;
        };
        BranchListResponse: {
            /** @description 영업점 / The branches */
            data: components["schemas"]["BranchResponse"][];
            /**
             * @description 다음 쪽 / Next page
             * @example null
             */
            nextCursor: string | null;
        };
        BranchEventResponse: {
            /**
             * @description 이전 상태 / From
             * @example ACTIVE
             * @enum {string|null}
             */
            from: "ACTIVE" | "SUSPENDED" | "CLOSED" | null;
            /**
             * @description 다음 상태 / To
             * @example SUSPENDED
             * @enum {string}
             */
            to: "ACTIVE" | "SUSPENDED" | "CLOSED";
            /**
             * @description 누가 / Who
             * @example member:mem_01KAJR38VNR81X7S9FZBZ4D62E
             */
            actor: string;
            /**
             * @description 사유 / Why
             * @example 정기 점검
             */
            reason: string;
            /**
             * Format: date-time
             * @description 시각 / When
             * @example 2026-11-21T15:04:05.000+09:00
             */
            occurredAt: string;
        };
        BranchDetailResponse: {
            /**
             * @description 영업점 ID / Branch id
             * @example brn_0000000000DEM0BRANCH000001
             */
            branchId: string;
            /**
             * @description 가맹점 ID / Merchant id
             * @example M0000001
             */
            mid: string;
            /**
             * @description 가맹점이 정한 코드 / The merchant’s own code
             * @example GANAM-01
             */
            code: string | null;
            /**
             * @description 이름 / Name
             * @example 모두의문구 가온점
             */
            name: string;
            /**
             * @description 상태 / Status
             * @example ACTIVE
             * @enum {string}
             */
            status: "ACTIVE" | "SUSPENDED" | "CLOSED";
            /**
             * @description 지금 상태가 된 까닭 / Why it has this status
             * @example null
             */
            statusReason: string | null;
            /**
             * Format: date-time
             * @description 상태가 바뀐 시각 / When the status changed
             * @example null
             */
            statusChangedAt: string | null;
            /**
             * Format: int64
             * @description 바뀔 때마다 커집니다 / Grows with every change
             * @example 1
             */
            version: number;
            /**
             * Format: date-time
             * @description 등록 시각 / Registered
             * @example 2026-11-21T15:04:05.000+09:00
             */
            createdAt: string;
            /**
             * @description 주소 / Address
             * @example 서울특별시 중구 가온로 11
             */
            address: string | null;
            /**
             * @description 전화번호 / Telephone
             * @example 0200002001
             */
            phone: string | null;
            /** @description 상태의 이력 / History of its states */
            events: components["schemas"]["BranchEventResponse"][];
        };
        PointAccountResponse: {
            /** @example customer-0001 */
            customerKey: string;
            /**
             * Format: int64
             * @description 지금 쓸 수 있는 포인트(원) / What may be used now
             * @example 12000
             */
            balance: number;
            /**
             * Format: int64
             * @description 진행 중인 결제가 잡은 포인트, balance에 없음 / Held by payments under way, not in balance
             * @example 3000
             */
            heldAmount: number;
            /**
             * Format: int64
             * @description 취소로 회수하지 못한 적립, 다음 적립이 갚음 / Earned points that could not be taken back; later earnings repay it
             * @example 0
             */
            debtAmount: number;
            /** @example 2026-01-02T03:04:06.000+09:00 */
            updatedAt: string;
        };
        PointEntryResponse: {
            /** @example pnt_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            entryId: string;
            /**
             * @example HOLD
             * @enum {string}
             */
            kind: "EARN" | "HOLD" | "FREE" | "USE" | "RESTORE" | "CLAW_BACK" | "ADJUST";
            /**
             * Format: int64
             * @description 요청한 포인트; 빼는 조정만 음수 / What was asked for
             * @example 3000
             */
            amount: number;
            /**
             * Format: int64
             * @description 쓸 수 있는 포인트의 변화 / Change of the balance
             * @example -3000
             */
            balanceChange: number;
            /**
             * Format: int64
             * @description 잡힌 포인트의 변화 / Change of what is held
             * @example 3000
             */
            heldChange: number;
            /**
             * Format: int64
             * @description 갚을 적립의 변화 / Change of the debt
             * @example 0
             */
            debtChange: number;
            /**
             * Format: int64
             * @description 그 뒤의 balance / The balance after it
             * @example 9000
             */
            balanceAfter: number;
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string | null;
            /** @example null */
            cancelId: string | null;
            /**
             * @description 왜 / Why
             * @example held for a payment
             */
            reason: string;
            /**
             * @description 누가 / Who
             * @example merchant:M0000001
             */
            actor: string;
            /** @example 2026-01-02T03:04:06.000+09:00 */
            occurredAt: string;
        };
        PointHistoryResponse: {
            /** @description 최근 것부터 / Newest first */
            data: components["schemas"]["PointEntryResponse"][];
            /** @example MTc2MzY5MDQwMDAwMC40Mg */
            nextCursor: string | null;
        };
        PointQuoteResponse: {
            /**
             * Format: int64
             * @description 쓸 수 있는 포인트 / The balance
             * @example 12000
             */
            balance: number;
            /**
             * Format: int64
             * @description 할인(원) / Discount
             * @example 1500
             */
            discountAmount: number;
            /**
             * Format: int64
             * @description 승인에 보낼 amount / The amount to ask the approval for
             * @example 48500
             */
            payableAmount: number;
            /**
             * Format: int64
             * @example 1000
             */
            minimumUse: number;
            /**
             * Format: int64
             * @description 이 주문에 쓸 수 있는 최대 / Most that this order may use
             * @example 12000
             */
            maximumUse: number;
            /**
             * Format: int64
             * @example 10000
             */
            pointAmount: number;
            /**
             * Format: int64
             * @description 카드로 낼 금액 / What the card is asked for
             * @example 38500
             */
            cardAmount: number;
            /**
             * Format: int64
             * @description 적립될 포인트 / What it would earn
             * @example 385
             */
            earnedPoints: number;
        };
        AdjustPointsRequest: {
            /**
             * Format: int64
             * @description 더하거나(+) 뺄(-) 포인트, 0은 안 됨 / Points to add (+) or to take off (-), not 0
             * @example 5000
             */
            amount: number;
            /**
             * @description 사유, 이력과 감사 기록에 남음 / Why, kept in the history and the audit trail
             * @example 가입 축하
             */
            reason: string;
        };
        DiscountResponse: {
            /**
             * @example RATE
             * @enum {string}
             */
            kind: "FIXED" | "RATE";
            /**
             * Format: int64
             * @description 원 또는 ppm / Won, or parts per million
             * @example 30000
             */
            value: number;
        };
        PointPolicyResponse: {
            /** @example ppl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            policyId: string;
            /**
             * @example CARD
             * @enum {string}
             */
            method: "CARD" | "VIRTUAL_ACCOUNT" | "BANK_TRANSFER" | "EASY_PAY";
            /** @example 2026-01-01T00:00:00.000+09:00 */
            effectiveFrom: string;
            /**
             * Format: int64
             * @description ppm
             * @example 10000
             */
            earnRatePpm: number;
            /**
             * Format: int64
             * @example 1000
             */
            minimumUse: number;
            /**
             * Format: int64
             * @description ppm
             * @example 500000
             */
            maximumSharePpm: number;
            discount: components["schemas"]["DiscountResponse"] | null;
            /**
             * @example CARD_FIRST
             * @enum {string}
             */
            refundOrder: "CARD_FIRST" | "POINTS_FIRST";
            /** @example member:mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            createdBy: string;
            /** @example 2026-01-01T00:00:00.000+09:00 */
            createdAt: string;
        };
        PointPoliciesResponse: {
            /** @description 지금 시행 중 / In force now */
            current: components["schemas"]["PointPolicyResponse"] | null;
            /** @description 정한 것 모두, 최근 것부터 / All that were ever set, newest first */
            data: components["schemas"]["PointPolicyResponse"][];
            /** @example MTc2MzY5MDQwMDAwMC40Mg */
            nextCursor: string | null;
        };
        CardResponse: {
            /**
             * @description 앞 6자리와 뒤 4자리만 / First six and last four digits
             * @example 424242******4242
             */
            number: string;
            /**
             * @description 카드사 / Issuer
             * @example SHINHAN
             */
            issuer: string | null;
            /**
             * @example CREDIT
             * @enum {string|null}
             */
            type: "CREDIT" | "CHECK" | "GIFT" | "UNKNOWN" | null;
            /**
             * @example PERSONAL
             * @enum {string|null}
             */
            ownerType: "PERSONAL" | "CORPORATE" | "UNKNOWN" | null;
            /**
             * Format: int64
             * @description 할부 개월, 0 = 일시불 / Installment months
             * @example 0
             */
            installmentMonths: number;
            /**
             * @description 무이자 여부 / Interest-free
             * @example false
             */
            interestFree: boolean | null;
        };
        FailureResponse: {
            /**
             * @description 정규화된 코드 / Normalised code
             * @example CARD_LIMIT_EXCEEDED
             */
            code: string;
            /**
             * @description 원천사 코드 / Acquirer code
             * @example EXCEED_MAX_PAYMENT_AMOUNT
             */
            acquirerCode: string | null;
            /**
             * @description 원천사 메시지 / Acquirer text
             * @example 한도를 초과했습니다.
             */
            acquirerMessage: string | null;
        };
        RefundedAccountResponse: {
            /**
             * @description 은행 코드 / Bank code
             * @example 088
             */
            bankCode: string;
            /**
             * @description 뒤 4자리만 / Last four digits
             * @example ********6789
             */
            accountNumber: string;
        };
        CancelResponse: {
            /** @example pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            cancelId: string;
            /**
             * @example DONE
             * @enum {string}
             */
            status: "IN_PROGRESS" | "DONE" | "FAILED";
            /**
             * Format: int64
             * @description 취소 금액, 포인트 포함 / Amount cancelled, points included
             * @example 15000
             */
            amount: number;
            /**
             * Format: int64
             * @description 그중 포인트로 돌려준 금액 / What of it went back as points
             * @example 0
             */
            pointAmount: number;
            /**
             * Format: int64
             * @description 그중 카드로 돌려준 금액 / What of it went back to the card
             * @example 15000
             */
            cardAmount: number;
            /**
             * Format: int64
             * @example 0
             */
            taxFreeAmount: number;
            /** @example 고객 변심 */
            reason: string;
            refundAccount: components["schemas"]["RefundedAccountResponse"] | null;
            /** @example 0AB12CD34EF56GH78IJ90KL12MN34OP5 */
            acquirerCancelId: string | null;
            failure: components["schemas"]["FailureResponse"] | null;
            /**
             * Format: int64
             * @description 취소 뒤 남은 금액 / Balance after it
             * @example 40000
             */
            balanceAfter: number | null;
            /** @example 2026-01-02T04:04:05.123+09:00 */
            requestedAt: string;
            /** @example 2026-01-02T04:04:06.000+09:00 */
            cancelledAt: string | null;
        };
        EventResponse: {
            /** @example IN_PROGRESS */
            from: string | null;
            /**
             * @example APPROVED
             * @enum {string}
             */
            to: "CREATED" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" | "APPROVED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "EXPIRED" | "REVERSING" | "REVERSED";
            /**
             * @description 누가 / Who
             * @example merchant:M0000001
             */
            actor: string;
            /**
             * @description 왜 / Why
             * @example approved by the acquirer
             */
            reason: string;
            /** @example null */
            cancelId: string | null;
            /** @example 2026-01-02T03:04:06.000+09:00 */
            occurredAt: string;
        };
        AttemptResponse: {
            /** @example toss */
            acquirer: string;
            /**
             * @description 원천사에 보낸 주문번호 / Our number there
             * @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            acquirerOrderNo: string;
            /** @example tk_20260102030405abcd1 */
            acquirerTransactionId: string | null;
            /**
             * @example APPROVE
             * @enum {string}
             */
            operation: "APPROVE" | "CANCEL" | "NET_CANCEL" | "INQUIRE" | "OPEN";
            /**
             * @example APPROVED
             * @enum {string}
             */
            outcome: "SENDING" | "APPROVED" | "DECLINED" | "NOT_SENT" | "UNKNOWN" | "CANCELLED" | "REFUSED" | "FOUND" | "NOT_FOUND" | "OPENED" | "NOT_PAID" | "MISMATCH";
            /**
             * @description 원천사 코드 / Acquirer code
             * @example null
             */
            code: string | null;
            /**
             * Format: int64
             * @example 120
             */
            latencyMs: number | null;
            /** @example 2026-01-02T03:04:05.130+09:00 */
            startedAt: string;
        };
        PaymentDetailResponse: {
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string;
            /**
             * @description 이 호출의 결과 / What this call came to; only on calls that change something
             * @example SUCCESS
             * @enum {string}
             */
            outcome?: "SUCCESS" | "DUPLICATE" | "FAILURE";
            /** @example M0000001 */
            mid: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * @example APPROVED
             * @enum {string}
             */
            status: "CREATED" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" | "APPROVED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "EXPIRED" | "REVERSING" | "REVERSED";
            /** @example CARD */
            method: string;
            /** @example KRW */
            currency: string;
            /**
             * Format: int64
             * @description 승인 금액, 포인트 포함 / Amount approved, points included, in won
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 그중 포인트로 낸 금액 / What of it points paid
             * @example 0
             */
            pointAmount: number;
            /**
             * Format: int64
             * @description 그중 포인트가 아닌 금액: 원천사가 승인한 금액 / The rest: what the acquirer approved
             * @example 55000
             */
            cardAmount: number;
            /**
             * Format: int64
             * @description 남은 금액 / What may still be cancelled
             * @example 55000
             */
            balanceAmount: number;
            /**
             * Format: int64
             * @description 취소된 금액 / What was cancelled
             * @example 0
             */
            cancelledAmount: number;
            /**
             * Format: int64
             * @description 결과를 확인 중인 취소 금액 / Cancels whose outcome is not known yet
             * @example 0
             */
            pendingCancelAmount: number;
            /**
             * Format: int64
             * @description 공급가액 / Supply value
             * @example 50000
             */
            supplyAmount: number;
            /**
             * Format: int64
             * @description 부가세 / VAT
             * @example 5000
             */
            vat: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free amount
             * @example 0
             */
            taxFreeAmount: number;
            /**
             * Format: int64
             * @description 봉사료 / Service charge
             * @example 0
             */
            serviceCharge: number;
            /** @example 아메리카노 외 2건 */
            goodsName: string;
            /** @example 홍길동 */
            buyerName: string | null;
            /** @example customer-0001 */
            customerKey: string | null;
            /** @example null */
            branchId: string | null;
            card: components["schemas"]["CardResponse"] | null;
            /**
             * @description 원천사 / Acquirer
             * @example toss
             */
            acquirer: string;
            /**
             * @description 원천사 거래 키 / Its key
             * @example tk_20260102030405abcd1
             */
            acquirerTransactionId: string | null;
            /**
             * @description 승인번호 / Approval number
             * @example 00012345
             */
            approvalNo: string | null;
            failure: components["schemas"]["FailureResponse"] | null;
            /**
             * @example {
             *       "cartId": "c-77"
             *     }
             */
            metadata: Record<string, never> | null;
            /** @example 2026-01-02T03:04:06.000+09:00 */
            approvedAt: string | null;
            /** @example 2026-01-02T03:04:05.123+09:00 */
            createdAt: string;
            /**
             * @description 되돌리는 중일 때 다음 확인 시각 / Next check while reversing
             * @example null
             */
            nextCheckAt: string | null;
            cancels: components["schemas"]["CancelResponse"][];
            events: components["schemas"]["EventResponse"][];
            attempts: components["schemas"]["AttemptResponse"][];
        };
        KeyInContent: {
            /**
             * @description 주문번호 / Order number
             * @example ORDER-20260102-0001
             */
            orderNo: string;
            /**
             * Format: int64
             * @description 결제 금액(원), 면세·봉사료 포함 / Amount in won, all included
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free part of the amount
             * @example 0
             */
            taxFreeAmount?: number;
            /**
             * Format: int64
             * @description 봉사료 / Service charge, part of the amount
             * @example 0
             */
            serviceCharge?: number;
            /**
             * @description 상품명 / What is bought
             * @example 아메리카노 외 2건
             */
            goodsName: string;
            /**
             * Format: int64
             * @description 할부 개월, 0 = 일시불 / Installment months
             * @example 0
             */
            installmentMonths?: number;
            /**
             * @description 영업점 / Branch
             * @example brn_0000000000DEM0BRANCH000001
             */
            branchId?: string;
            /**
             * @description 가맹점이 쓰는 값(문자열) / Your own texts
             * @example {
             *       "cartId": "c-77"
             *     }
             */
            metadata?: Record<string, never>;
            /**
             * @description 구매자 이름 / Buyer name
             * @example 홍길동
             */
            buyerName?: string;
            /**
             * @description 구매자 전화번호 / Buyer phone
             * @example 01012345678
             */
            buyerPhone?: string;
            /**
             * @description 구매자 이메일 / Buyer e-mail
             * @example buyer@example.com
             */
            buyerEmail?: string;
            /**
             * @description 카드번호(숫자만) / Card number, digits only
             * @example 4242424242424242
             */
            cardNumber: string;
            /**
             * @description 유효기간 YYMM / Expiry YYMM
             * @example 3012
             */
            cardExpiry: string;
            /**
             * @description 생년월일 6자리 또는 사업자번호 10자리 / Birth date or business number
             * @example 900101
             */
            birthOrBusinessNo?: string;
            /**
             * @description 카드 비밀번호 앞 2자리 / First two digits of the card password
             * @example 12
             */
            cardPasswordTwoDigits?: string;
            /**
             * @description 요청 시각, 5분 안 / When you made the request
             * @example 2026-01-02T03:04:05+09:00
             */
            requestedAt: string;
            /**
             * @description 가맹점의 고객 키 / Your key of the customer
             * @example customer-0001
             */
            customerKey?: string;
            /**
             * Format: int64
             * @description 포인트로 낼 금액(원), customerKey 필요; 카드는 나머지(100원 이상)만 승인 / Won to pay with points, needs customerKey; the card is asked for the rest, 100 won or more
             * @example 0
             */
            pointAmount?: number;
            /**
             * @description 카드 매출에는 현금영수증이 없으므로(소득세법 제162조의3) true는 거절 / Cash receipts are of cash: true is refused
             * @example false
             */
            autoCashReceipt?: boolean;
        };
        EncryptedRequest: {
            /**
             * @description 가맹점 ID / Merchant id
             * @example M0000001
             */
            mid: string;
            /**
             * @description JWE compact(RFC 7516), alg dir, enc A256GCM, kid는 암호화 키 ID. 평문은 KeyInContent. / The plaintext is KeyInContent.
             * @example eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZWtfdGVzdF9NMDAwMDAwMSJ9..iv.ciphertext.tag
             */
            encData: string;
            /**
             * @description CBC 방식에서만: IV, base64 / CBC form only
             * @example MDEyMzQ1Njc4OWFiY2RlZg==
             */
            iv?: string;
            /**
             * @description CBC 방식에서만: HMAC-SHA-256 hex / CBC form only
             * @example b94d27…
             */
            mac?: string;
        };
        PaymentResponse: {
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string;
            /**
             * @description 이 호출의 결과 / What this call came to; only on calls that change something
             * @example SUCCESS
             * @enum {string}
             */
            outcome?: "SUCCESS" | "DUPLICATE" | "FAILURE";
            /** @example M0000001 */
            mid: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * @example APPROVED
             * @enum {string}
             */
            status: "CREATED" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" | "APPROVED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "EXPIRED" | "REVERSING" | "REVERSED";
            /** @example CARD */
            method: string;
            /** @example KRW */
            currency: string;
            /**
             * Format: int64
             * @description 승인 금액, 포인트 포함 / Amount approved, points included, in won
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 그중 포인트로 낸 금액 / What of it points paid
             * @example 0
             */
            pointAmount: number;
            /**
             * Format: int64
             * @description 그중 포인트가 아닌 금액: 원천사가 승인한 금액 / The rest: what the acquirer approved
             * @example 55000
             */
            cardAmount: number;
            /**
             * Format: int64
             * @description 남은 금액 / What may still be cancelled
             * @example 55000
             */
            balanceAmount: number;
            /**
             * Format: int64
             * @description 취소된 금액 / What was cancelled
             * @example 0
             */
            cancelledAmount: number;
            /**
             * Format: int64
             * @description 결과를 확인 중인 취소 금액 / Cancels whose outcome is not known yet
             * @example 0
             */
            pendingCancelAmount: number;
            /**
             * Format: int64
             * @description 공급가액 / Supply value
             * @example 50000
             */
            supplyAmount: number;
            /**
             * Format: int64
             * @description 부가세 / VAT
             * @example 5000
             */
            vat: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free amount
             * @example 0
             */
            taxFreeAmount: number;
            /**
             * Format: int64
             * @description 봉사료 / Service charge
             * @example 0
             */
            serviceCharge: number;
            /** @example 아메리카노 외 2건 */
            goodsName: string;
            /** @example 홍길동 */
            buyerName: string | null;
            /** @example customer-0001 */
            customerKey: string | null;
            /** @example null */
            branchId: string | null;
            card: components["schemas"]["CardResponse"] | null;
            /**
             * @description 원천사 / Acquirer
             * @example toss
             */
            acquirer: string;
            /**
             * @description 원천사 거래 키 / Its key
             * @example tk_20260102030405abcd1
             */
            acquirerTransactionId: string | null;
            /**
             * @description 승인번호 / Approval number
             * @example 00012345
             */
            approvalNo: string | null;
            failure: components["schemas"]["FailureResponse"] | null;
            /**
             * @example {
             *       "cartId": "c-77"
             *     }
             */
            metadata: Record<string, never> | null;
            /** @example 2026-01-02T03:04:06.000+09:00 */
            approvedAt: string | null;
            /** @example 2026-01-02T03:04:05.123+09:00 */
            createdAt: string;
            /**
             * @description 되돌리는 중일 때 다음 확인 시각 / Next check while reversing
             * @example null
             */
            nextCheckAt: string | null;
        };
        NetCancelRequest: {
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * @description 망취소 사유 / Why
             * @example 응답을 받지 못함
             */
            reason: string;
        };
        PaymentStatsResponse: {
            /**
             * Format: int64
             * @description 결제 수 / Payments
             * @example 120
             */
            total: number;
            /**
             * Format: int64
             * @description 승인(부분취소 포함) / Approved, partly cancelled ones too
             * @example 100
             */
            completed: number;
            /**
             * Format: int64
             * @description 전액 취소 / Fully cancelled
             * @example 10
             */
            cancelled: number;
            /**
             * Format: int64
             * @description 처리 중 / Running or being undone
             * @example 1
             */
            pending: number;
            /**
             * Format: int64
             * @description 실패·망취소·만료 / Failed, reversed or expired
             * @example 9
             */
            failed: number;
            /**
             * Format: int64
             * @description 승인된 금액 합계(원) / Sum of approved amounts
             * @example 5500000
             */
            totalAmount: number;
            /**
             * Format: int64
             * @description 취소된 금액 합계(원) / Sum of cancelled amounts
             * @example 300000
             */
            cancelledAmount: number;
        };
        CancelPaymentRequest: {
            /**
             * Format: int64
             * @description 취소 금액(원), 없으면 남은 전액 / Absent: all that is left
             * @example 15000
             */
            cancelAmount?: number;
            /**
             * Format: int64
             * @description 취소 금액 중 면세 금액 / Tax-free part of it
             * @example 0
             */
            taxFreeAmount?: number;
            /**
             * Format: int64
             * @description 남은 금액이 이와 다르면 거절(409) / Refused when the balance differs
             * @example 55000
             */
            expectedBalanceAmount?: number;
            /**
             * @description 취소 사유 / Why
             * @example 고객 변심
             */
            reason: string;
            /** @description 가상계좌로 받은 돈을 돌려줄 계좌 / Needed for virtual accounts: where the money goes back to */
            refundAccount?: components["schemas"]["BankAccountRequest"];
        };
        CancelledPaymentResponse: {
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string;
            /**
             * @description 이 호출의 결과 / What this call came to; only on calls that change something
             * @example SUCCESS
             * @enum {string}
             */
            outcome?: "SUCCESS" | "DUPLICATE" | "FAILURE";
            /** @example M0000001 */
            mid: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * @example APPROVED
             * @enum {string}
             */
            status: "CREATED" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" | "APPROVED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "EXPIRED" | "REVERSING" | "REVERSED";
            /** @example CARD */
            method: string;
            /** @example KRW */
            currency: string;
            /**
             * Format: int64
             * @description 승인 금액, 포인트 포함 / Amount approved, points included, in won
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 그중 포인트로 낸 금액 / What of it points paid
             * @example 0
             */
            pointAmount: number;
            /**
             * Format: int64
             * @description 그중 포인트가 아닌 금액: 원천사가 승인한 금액 / The rest: what the acquirer approved
             * @example 55000
             */
            cardAmount: number;
            /**
             * Format: int64
             * @description 남은 금액 / What may still be cancelled
             * @example 55000
             */
            balanceAmount: number;
            /**
             * Format: int64
             * @description 취소된 금액 / What was cancelled
             * @example 0
             */
            cancelledAmount: number;
            /**
             * Format: int64
             * @description 결과를 확인 중인 취소 금액 / Cancels whose outcome is not known yet
             * @example 0
             */
            pendingCancelAmount: number;
            /**
             * Format: int64
             * @description 공급가액 / Supply value
             * @example 50000
             */
            supplyAmount: number;
            /**
             * Format: int64
             * @description 부가세 / VAT
             * @example 5000
             */
            vat: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free amount
             * @example 0
             */
            taxFreeAmount: number;
            /**
             * Format: int64
             * @description 봉사료 / Service charge
             * @example 0
             */
            serviceCharge: number;
            /** @example 아메리카노 외 2건 */
            goodsName: string;
            /** @example 홍길동 */
            buyerName: string | null;
            /** @example customer-0001 */
            customerKey: string | null;
            /** @example null */
            branchId: string | null;
            card: components["schemas"]["CardResponse"] | null;
            /**
             * @description 원천사 / Acquirer
             * @example toss
             */
            acquirer: string;
            /**
             * @description 원천사 거래 키 / Its key
             * @example tk_20260102030405abcd1
             */
            acquirerTransactionId: string | null;
            /**
             * @description 승인번호 / Approval number
             * @example 00012345
             */
            approvalNo: string | null;
            failure: components["schemas"]["FailureResponse"] | null;
            /**
             * @example {
             *       "cartId": "c-77"
             *     }
             */
            metadata: Record<string, never> | null;
            /** @example 2026-01-02T03:04:06.000+09:00 */
            approvedAt: string | null;
            /** @example 2026-01-02T03:04:05.123+09:00 */
            createdAt: string;
            /**
             * @description 되돌리는 중일 때 다음 확인 시각 / Next check while reversing
             * @example null
             */
            nextCheckAt: string | null;
            cancels: components["schemas"]["CancelResponse"][];
            events: components["schemas"]["EventResponse"][];
            attempts: components["schemas"]["AttemptResponse"][];
            /** @description 이번 취소 / This cancel */
            cancel: components["schemas"]["CancelResponse"];
        };
        SlipCancelResponse: {
            /**
             * Format: int64
             * @example 15000
             */
            amount: number;
            /** @example 2026-01-02T04:04:06.000+09:00 */
            cancelledAt: string;
        };
        SlipMerchantResponse: {
            /** @example M0000001 */
            mid: string;
            /** @example 한빛상점 */
            name: string;
            /**
             * @description 사업자등록번호 / Business number
             * @example 1234567891
             */
            businessNumber: string;
            /** @example 홍길동 */
            representative: string;
            /** @example 서울특별시 중구 세종대로 110 */
            address: string;
            /** @example 02-120 */
            phone: string;
        };
        SalesSlipResponse: {
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /** @example APPROVED */
            status: string;
            /** @example 아메리카노 외 2건 */
            goodsName: string;
            /** @example 홍길동 */
            buyerName: string | null;
            card: components["schemas"]["CardResponse"] | null;
            /** @example 00012345 */
            approvalNo: string | null;
            /** @example 2026-01-02T03:04:06.000+09:00 */
            approvedAt: string | null;
            /**
             * Format: int64
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 그중 포인트로 낸 금액 / What of it points paid
             * @example 0
             */
            pointAmount: number;
            /**
             * Format: int64
             * @description 그중 카드로 낸 금액 / What of it the card paid
             * @example 55000
             */
            cardAmount: number;
            /**
             * Format: int64
             * @example 50000
             */
            supplyAmount: number;
            /**
             * Format: int64
             * @example 5000
             */
            vat: number;
            /**
             * Format: int64
             * @example 0
             */
            taxFreeAmount: number;
            /**
             * Format: int64
             * @example 0
             */
            serviceCharge: number;
            /**
             * Format: int64
             * @example 15000
             */
            cancelledAmount: number;
            /**
             * Format: int64
             * @description 승인 금액에서 취소 금액을 뺀 금액 / Amount less cancels
             * @example 40000
             */
            balanceAmount: number;
            cancels: components["schemas"]["SlipCancelResponse"][];
            merchant: components["schemas"]["SlipMerchantResponse"];
        };
        ReceiptWishRequest: {
            /**
             * @description 발급 용도 / Purpose
             * @example INCOME_DEDUCTION
             * @enum {string}
             */
            purpose: "INCOME_DEDUCTION" | "EXPENSE_PROOF" | "VOLUNTARY";
            /**
             * @description 소득공제: 휴대폰 또는 카드 번호, 지출증빙: 사업자번호 또는 카드 번호, 자진발급: 생략 / Mobile phone or card, business number or card, or left out for VOLUNTARY
             * @example 01012345678
             */
            identifier?: string;
        };
        CreateCheckoutRequest: {
            /**
             * @description 주문번호 / Order number
             * @example ORDER-20260102-0001
             */
            orderNo: string;
            /**
             * Format: int64
             * @description 결제 금액(원), 면세·봉사료 포함 / Amount in won, all included
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free part of the amount
             * @example 0
             */
            taxFreeAmount?: number;
            /**
             * @description 상품명 / What is bought
             * @example 아메리카노 외 2건
             */
            goodsName: string;
            /**
             * @description 가맹점이 쓰는 값(문자열) / Your own texts
             * @example {
             *       "cartId": "c-77"
             *     }
             */
            metadata?: Record<string, never>;
            /**
             * @description 구매자 이름 / Buyer name
             * @example 홍길동
             */
            buyerName?: string;
            /**
             * @description 구매자 전화번호 / Buyer phone
             * @example 01012345678
             */
            buyerPhone?: string;
            /**
             * @description 구매자 이메일 / Buyer e-mail
             * @example buyer@example.com
             */
            buyerEmail?: string;
            /**
             * @description 가맹점의 고객 키 / Your key of the customer
             * @example customer-0001
             */
            customerKey?: string;
            /**
             * @description 원천사, 없으면 계약 중에서 고름 / Absent: the best of the contracts
             * @example toss
             * @enum {string}
             */
            acquirer?: "toss" | "inicis" | "portone" | "nicepay" | "kakaopay" | "naverpay";
            /**
             * @description 결제수단; 계좌이체는 BANK_TRANSFER / Method; a bank transfer is BANK_TRANSFER
             * @example BANK_TRANSFER
             * @enum {string}
             */
            method?: "CARD" | "EASY_PAY" | "BANK_TRANSFER";
            /**
             * @description 결제창이 구매자를 돌려보낼 주소 / Where the window sends the payer back to
             * @example https://shop.example.com/paid
             */
            returnUrl?: string;
            /**
             * Format: int64
             * @description 승인 뒤 이 시간(초) 안에 acknowledge가 없으면 자동 취소 / Cancelled by itself unless acknowledged in so many seconds
             * @example 600
             */
            acknowledgeWithinSeconds?: number;
            /** @description 계좌이체로 결제되면 현금영수증을 발급하고, 취소되면 취소. 계좌이체가 될 수 없는 주문이면 거절 / Issued when it is paid by bank transfer, and cancelled with it. Refused where the order cannot be paid so */
            cashReceipt?: components["schemas"]["ReceiptWishRequest"];
        };
        CreatedCheckoutResponse: {
            /** @example chk_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            checkoutId: string;
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * Format: int64
             * @description 주문 금액(원) / Amount of the order in won
             * @example 30000
             */
            amount: number;
            /**
             * @description 결제 상태 / State of the payment
             * @example CREATED
             * @enum {string}
             */
            status: "CREATED" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" | "APPROVED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "EXPIRED" | "REVERSING" | "REVERSED";
            /**
             * @description 원천사 / Acquirer
             * @example toss
             */
            acquirer: string;
            /**
             * @description 이때까지 확인(confirm) / Confirm until then
             * @example 2026-01-02T03:34:05+09:00
             */
            expiresAt: string;
            /**
             * @description 가맹점이 확인한 시각 / Acknowledged
             * @example null
             */
            acknowledgedAt: string | null;
            /**
             * @description 한 번만 보이는 일회용 토큰 / One-time token, shown once
             * @example k3XdR0v2mQz8yTn5sLw7pBhJ4cFg6aUe
             */
            paymentToken: string;
            /**
             * @description 결제창을 여는 데 필요한 값 / What opens the acquirer’s window
             * @example {
             *       "orderId": "ORDER-20260102-0001",
             *       "amount": 30000
             *     }
             */
            clientParams: {
                [key: string]: string | number | boolean;
            };
        };
        ConfirmCheckoutRequest: {
            /**
             * @description 체크아웃을 만들 때 받은 일회용 토큰 / The one-time token
             * @example k3XdR0v2mQz8yTn5sLw7pBhJ4cFg6aUe
             */
            paymentToken: string;
            /**
             * Format: int64
             * @description 구매자가 결제한 금액(원) / What the payer paid, in won
             * @example 30000
             */
            amount: number;
            /**
             * @description TossPayments
             * @example tk_20260102030405abcd1
             */
            paymentKey?: string;
            /**
             * @description PortOne
             * @example imp_000000000001
             */
            impUid?: string;
            /**
             * @description NICEPAY
             * @example nicetest04m01012601020304050001
             */
            tid?: string;
            /**
             * @description KakaoPay
             * @example pg_token
             */
            pgToken?: string;
            /**
             * @description NaverPay
             * @example 20260102NP0000000001
             */
            paymentId?: string;
            /**
             * @description KG Inicis
             * @example authToken
             */
            authToken?: string;
            /**
             * @description KG Inicis
             * @example fc
             * @enum {string}
             */
            idcName?: "fc" | "ks" | "stg";
        };
        ConfirmedCheckoutResponse: {
            /**
             * @description 실패는 문제 응답(4xx, 5xx)의 outcome으로 알립니다 / FAILURE comes as the outcome of a problem answer
             * @example SUCCESS
             * @enum {string}
             */
            outcome: "SUCCESS" | "DUPLICATE" | "FAILURE";
            /** @description 결제 / The payment */
            payment: components["schemas"]["PaymentResponse"];
        };
        FailCheckoutRequest: {
            /**
             * @description 결제창이 알린 코드 / As the window told
             * @example USER_CANCEL
             */
            code: string;
            /**
             * @description 메시지 / Message
             * @example 구매자가 창을 닫음
             */
            message?: string;
            /**
             * @description 가맹점 인증이 없을 때 필요 / Needed without merchant credentials
             * @example k3XdR0v2mQz8yTn5sLw7pBhJ4cFg6aUe
             */
            paymentToken?: string;
        };
        CheckoutDetailResponse: {
            /** @example chk_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            checkoutId: string;
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * Format: int64
             * @description 주문 금액(원) / Amount of the order in won
             * @example 30000
             */
            amount: number;
            /**
             * @description 결제 상태 / State of the payment
             * @example CREATED
             * @enum {string}
             */
            status: "CREATED" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" | "APPROVED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "EXPIRED" | "REVERSING" | "REVERSED";
            /**
             * @description 원천사 / Acquirer
             * @example toss
             */
            acquirer: string;
            /**
             * @description 이때까지 확인(confirm) / Confirm until then
             * @example 2026-01-02T03:34:05+09:00
             */
            expiresAt: string;
            /**
             * @description 가맹점이 확인한 시각 / Acknowledged
             * @example null
             */
            acknowledgedAt: string | null;
            /** @description 결제 / The payment */
            payment: components["schemas"]["PaymentResponse"];
        };
        IssueVirtualAccountRequest: {
            /**
             * @description 주문번호 / Order number
             * @example ORDER-20260102-0001
             */
            orderNo: string;
            /**
             * Format: int64
             * @description 결제 금액(원), 면세·봉사료 포함 / Amount in won, all included
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free part of the amount
             * @example 0
             */
            taxFreeAmount?: number;
            /**
             * @description 상품명 / What is bought
             * @example 아메리카노 외 2건
             */
            goodsName: string;
            /**
             * @description 영업점 / Branch
             * @example brn_0000000000DEM0BRANCH000001
             */
            branchId?: string;
            /**
             * @description 가맹점이 쓰는 값(문자열) / Your own texts
             * @example {
             *       "cartId": "c-77"
             *     }
             */
            metadata?: Record<string, never>;
            /**
             * @description 구매자 전화번호 / Buyer phone
             * @example 01012345678
             */
            buyerPhone?: string;
            /**
             * @description 구매자 이메일 / Buyer e-mail
             * @example buyer@example.com
             */
            buyerEmail?: string;
            /**
             * @description 가맹점의 고객 키 / Your key of the customer
             * @example customer-0001
             */
            customerKey?: string;
            /**
             * @description 입금할 고객 이름, 예금주에 함께 표시 / Who will deposit; shown with the account
             * @example 홍길동
             */
            customerName: string;
            /**
             * @description 은행 코드 3자리 / Bank code, three digits
             * @example 088
             * @enum {string}
             */
            bankCode: "002" | "003" | "004" | "007" | "011" | "012" | "020" | "023" | "027" | "031" | "032" | "034" | "035" | "037" | "039" | "045" | "048" | "050" | "064" | "071" | "081" | "088" | "089" | "090" | "092";
            /**
             * @description 입금 기한; validHours와 함께 쓰지 않음 / Deposit until; not together with validHours
             * @example 2026-01-09T23:59:59+09:00
             */
            expiresAt?: string;
            /**
             * Format: int64
             * @description 입금 기한(시간), 기본 168 / Hours until it runs out, 168 by default
             * @example 168
             */
            validHours?: number;
            /**
             * @description 원천사, 없으면 계약 중에서 고름 / Absent: the best of the contracts
             * @example toss
             * @enum {string}
             */
            acquirer?: "toss" | "inicis" | "portone" | "nicepay";
            /** @description 입금되면 현금영수증을 발급하고, 환불되면 취소 / A cash receipt is issued with the deposit, and cancelled with the refund */
            cashReceipt?: components["schemas"]["ReceiptWishRequest"];
        };
        VirtualAccountResponse: {
            /** @example vac_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            virtualAccountId: string;
            /**
             * @description 이 호출의 결과 / What this call came to; only on calls that change something
             * @example SUCCESS
             * @enum {string}
             */
            outcome?: "SUCCESS" | "DUPLICATE";
            /**
             * @description 이 계좌의 결제 / Its payment
             * @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            paymentId: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * @description 결제 상태. APPROVED는 입금됨, CANCELLED는 닫힘 또는 모두 환불됨 / State of the payment. APPROVED: deposited; CANCELLED: closed, or all refunded
             * @example WAITING_FOR_DEPOSIT
             * @enum {string}
             */
            status: "CREATED" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" | "APPROVED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "EXPIRED" | "REVERSING" | "REVERSED";
            /**
             * Format: int64
             * @description 입금할 금액(원) / Amount to deposit in won
             * @example 55000
             */
            amount: number;
            /**
             * @description 은행 코드 3자리 / Bank code
             * @example 088
             */
            bankCode: string;
            /**
             * @description 은행 이름 / Name of the bank
             * @example 신한은행
             */
            bankName: string;
            /**
             * @description 입금할 계좌번호 / Account number; null until it was issued
             * @example 56211900001234
             */
            accountNumber: string | null;
            /**
             * @description 예금주로 표시되는 이름 / Shown as its holder
             * @example 홍길동
             */
            holderName: string;
            /**
             * @description 입금 기한 / Deposit until
             * @example 2026-01-09T23:59:59+09:00
             */
            dueAt: string;
            /**
             * @description 원천사 / Acquirer
             * @example toss
             */
            acquirer: string;
            /**
             * @description 입금 시각 / Deposited
             * @example null
             */
            depositedAt: string | null;
            /**
             * @description 입금자 / Who deposited
             * @example null
             */
            depositor: string | null;
            /**
             * @description 닫히거나 만료된 시각 / Closed or run out
             * @example null
             */
            endedAt: string | null;
            /**
             * @description 닫기를 요청한 시각 / When closing it was asked for
             * @example null
             */
            closeRequestedAt: string | null;
            /** @example 2026-01-02T03:04:05.123+09:00 */
            createdAt: string;
        };
        IssueCashReceiptRequest: {
            /**
             * @description 주문번호, 주문 하나에 한 번만 발급 / Order number: one receipt for each
             * @example ORDER-20260102-0001
             */
            orderNo: string;
            /**
             * Format: int64
             * @description 거래 금액(원) / Amount in won
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 그중 면세 금액 / Tax-free part of it
             * @example 0
             */
            taxFreeAmount?: number;
            /**
             * Format: int64
             * @description 그중 봉사료 / Service charge in it
             * @example 0
             */
            serviceCharge?: number;
            /**
             * @description 소득공제, 지출증빙, 자진발급 / Purpose
             * @example INCOME_DEDUCTION
             * @enum {string}
             */
            purpose: "INCOME_DEDUCTION" | "EXPENSE_PROOF" | "VOLUNTARY";
            /**
             * @description 소득공제: 휴대폰 또는 카드 번호. 지출증빙: 사업자번호 또는 카드 번호. 자진발급: 생략 또는 010-000-1234. 하이픈 허용 / Mobile phone or card; business number or card; left out or 010-000-1234. Hyphens are taken.
             * @example 01012345678
             */
            identifier?: string;
            /**
             * @description 상품 이름 / Goods
             * @example 만년필
             */
            goodsName?: string;
        };
        CashReceiptFailureResponse: {
            /** @example CASH_RECEIPT_REFUSED */
            code: string;
            /**
             * @description 발급처 코드 / Provider code
             * @example -14001001
             */
            providerCode: string | null;
            /** @example 필수항목이 없습니다. */
            providerMessage: string | null;
        };
        CashReceiptResponse: {
            /**
             * Format: int64
             * @description 금액(원) / Won
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 공급가액 / Supply value
             * @example 50000
             */
            supplyAmount: number;
            /**
             * Format: int64
             * @description 부가세 / VAT
             * @example 5000
             */
            vat: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free
             * @example 0
             */
            taxFreeAmount: number;
            /**
             * Format: int64
             * @description 봉사료 / Service charge
             * @example 0
             */
            serviceCharge: number;
            /** @example crc_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            receiptId: string;
            /**
             * @description DUPLICATE: 이미 처리된 같은 주문 / The same order was done before
             * @example SUCCESS
             * @enum {string}
             */
            outcome?: "SUCCESS" | "DUPLICATE";
            /** @example M0000001 */
            mid: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * @description 결제와 함께 자동으로 발급된 경우 / The payment that it was issued with
             * @example null
             */
            paymentId: string | null;
            /**
             * @description 결제 부분취소로 전액 취소된 뒤 나머지 금액으로 다시 발급된 영수증 / Where a part of the payment was cancelled: the receipt for the rest that took its place
             * @example null
             */
            replacedById: string | null;
            /**
             * @example ISSUED
             * @enum {string}
             */
            status: "IN_PROGRESS" | "ISSUED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "UNCONFIRMED";
            /**
             * @example INCOME_DEDUCTION
             * @enum {string}
             */
            purpose: "INCOME_DEDUCTION" | "EXPENSE_PROOF" | "VOLUNTARY";
            /**
             * @description 가린 식별번호 / Masked
             * @example 010****5678
             */
            identifier: string;
            /**
             * @example PHONE
             * @enum {string}
             */
            identifierKind: "PHONE" | "CARD" | "BUSINESS_NUMBER" | "VOLUNTARY";
            /** @example 만년필 */
            goodsName: string;
            /**
             * Format: int64
             * @description 취소되지 않은 금액 / Not cancelled
             * @example 55000
             */
            balanceAmount: number;
            /**
             * Format: int64
             * @example 0
             */
            cancelledAmount: number;
            /**
             * Format: int64
             * @description 취소 중인 금액 / Being cancelled
             * @example 0
             */
            pendingCancelAmount: number;
            /**
             * @description 발급처 / Who issued it
             * @example popbill
             */
            provider: string;
            /**
             * @description 국세청 승인번호 / Approval number
             * @example 123456789
             */
            approvalNo: string | null;
            /** @example 2026-01-02T03:04:05.000+09:00 */
            issuedAt: string | null;
            failure: components["schemas"]["CashReceiptFailureResponse"] | null;
            /** @example 2026-01-02T03:04:05.000+09:00 */
            createdAt: string;
            /**
             * @description 처리 중일 때 다음 확인 시각 / When it is looked up next
             * @example null
             */
            nextCheckAt: string | null;
        };
        CashReceiptCancelResponse: {
            /**
             * Format: int64
             * @description 금액(원) / Won
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 공급가액 / Supply value
             * @example 50000
             */
            supplyAmount: number;
            /**
             * Format: int64
             * @description 부가세 / VAT
             * @example 5000
             */
            vat: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free
             * @example 0
             */
            taxFreeAmount: number;
            /**
             * Format: int64
             * @description 봉사료 / Service charge
             * @example 0
             */
            serviceCharge: number;
            /** @example crn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            cancelId: string;
            /**
             * @example DONE
             * @enum {string}
             */
            status: "IN_PROGRESS" | "DONE" | "FAILED" | "UNCONFIRMED";
            /** @example 고객 변심 */
            reason: string;
            /**
             * @description 취소 승인번호 / Approval number of the cancel
             * @example 123456790
             */
            approvalNo: string | null;
            failure: components["schemas"]["CashReceiptFailureResponse"] | null;
            /** @example 2026-01-02T03:04:05.000+09:00 */
            requestedAt: string;
            /** @example 2026-01-02T03:04:05.000+09:00 */
            cancelledAt: string | null;
        };
        CashReceiptEventResponse: {
            /**
             * @description 취소의 이벤트이면 그 번호 / Of a cancel: its id
             * @example null
             */
            cancelId: string | null;
            /** @example IN_PROGRESS */
            from: string | null;
            /** @example ISSUED */
            to: string;
            /** @example merchant:M0000001 */
            actor: string;
            /** @example issued */
            reason: string;
            /** @example 2026-01-02T03:04:05.000+09:00 */
            occurredAt: string;
        };
        CashReceiptDetailResponse: {
            /**
             * Format: int64
             * @description 금액(원) / Won
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 공급가액 / Supply value
             * @example 50000
             */
            supplyAmount: number;
            /**
             * Format: int64
             * @description 부가세 / VAT
             * @example 5000
             */
            vat: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free
             * @example 0
             */
            taxFreeAmount: number;
            /**
             * Format: int64
             * @description 봉사료 / Service charge
             * @example 0
             */
            serviceCharge: number;
            /** @example crc_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            receiptId: string;
            /**
             * @description DUPLICATE: 이미 처리된 같은 주문 / The same order was done before
             * @example SUCCESS
             * @enum {string}
             */
            outcome?: "SUCCESS" | "DUPLICATE";
            /** @example M0000001 */
            mid: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * @description 결제와 함께 자동으로 발급된 경우 / The payment that it was issued with
             * @example null
             */
            paymentId: string | null;
            /**
             * @description 결제 부분취소로 전액 취소된 뒤 나머지 금액으로 다시 발급된 영수증 / Where a part of the payment was cancelled: the receipt for the rest that took its place
             * @example null
             */
            replacedById: string | null;
            /**
             * @example ISSUED
             * @enum {string}
             */
            status: "IN_PROGRESS" | "ISSUED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "UNCONFIRMED";
            /**
             * @example INCOME_DEDUCTION
             * @enum {string}
             */
            purpose: "INCOME_DEDUCTION" | "EXPENSE_PROOF" | "VOLUNTARY";
            /**
             * @description 가린 식별번호 / Masked
             * @example 010****5678
             */
            identifier: string;
            /**
             * @example PHONE
             * @enum {string}
             */
            identifierKind: "PHONE" | "CARD" | "BUSINESS_NUMBER" | "VOLUNTARY";
            /** @example 만년필 */
            goodsName: string;
            /**
             * Format: int64
             * @description 취소되지 않은 금액 / Not cancelled
             * @example 55000
             */
            balanceAmount: number;
            /**
             * Format: int64
             * @example 0
             */
            cancelledAmount: number;
            /**
             * Format: int64
             * @description 취소 중인 금액 / Being cancelled
             * @example 0
             */
            pendingCancelAmount: number;
            /**
             * @description 발급처 / Who issued it
             * @example popbill
             */
            provider: string;
            /**
             * @description 국세청 승인번호 / Approval number
             * @example 123456789
             */
            approvalNo: string | null;
            /** @example 2026-01-02T03:04:05.000+09:00 */
            issuedAt: string | null;
            failure: components["schemas"]["CashReceiptFailureResponse"] | null;
            /** @example 2026-01-02T03:04:05.000+09:00 */
            createdAt: string;
            /**
             * @description 처리 중일 때 다음 확인 시각 / When it is looked up next
             * @example null
             */
            nextCheckAt: string | null;
            cancels: components["schemas"]["CashReceiptCancelResponse"][];
            events: components["schemas"]["CashReceiptEventResponse"][];
        };
        CancelCashReceiptRequest: {
            /**
             * Format: int64
             * @description 취소 금액(원), 없으면 남은 전액 / Absent: all that is left
             * @example 15000
             */
            cancelAmount?: number;
            /**
             * Format: int64
             * @description 취소 금액 중 면세 금액, 없으면 과세부터 / Tax-free part of it; absent: the taxable part first
             * @example 0
             */
            taxFreeAmount?: number;
            /**
             * @description 취소 사유 / Why
             * @example 고객 변심
             */
            reason: string;
        };
        CancelledCashReceiptResponse: {
            /**
             * Format: int64
             * @description 금액(원) / Won
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 공급가액 / Supply value
             * @example 50000
             */
            supplyAmount: number;
            /**
             * Format: int64
             * @description 부가세 / VAT
             * @example 5000
             */
            vat: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free
             * @example 0
             */
            taxFreeAmount: number;
            /**
             * Format: int64
             * @description 봉사료 / Service charge
             * @example 0
             */
            serviceCharge: number;
            /** @example crc_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            receiptId: string;
            /**
             * @description DUPLICATE: 이미 처리된 같은 주문 / The same order was done before
             * @example SUCCESS
             * @enum {string}
             */
            outcome?: "SUCCESS" | "DUPLICATE";
            /** @example M0000001 */
            mid: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * @description 결제와 함께 자동으로 발급된 경우 / The payment that it was issued with
             * @example null
             */
            paymentId: string | null;
            /**
             * @description 결제 부분취소로 전액 취소된 뒤 나머지 금액으로 다시 발급된 영수증 / Where a part of the payment was cancelled: the receipt for the rest that took its place
             * @example null
             */
            replacedById: string | null;
            /**
             * @example ISSUED
             * @enum {string}
             */
            status: "IN_PROGRESS" | "ISSUED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "UNCONFIRMED";
            /**
             * @example INCOME_DEDUCTION
             * @enum {string}
             */
            purpose: "INCOME_DEDUCTION" | "EXPENSE_PROOF" | "VOLUNTARY";
            /**
             * @description 가린 식별번호 / Masked
             * @example 010****5678
             */
            identifier: string;
            /**
             * @example PHONE
             * @enum {string}
             */
            identifierKind: "PHONE" | "CARD" | "BUSINESS_NUMBER" | "VOLUNTARY";
            /** @example 만년필 */
            goodsName: string;
            /**
             * Format: int64
             * @description 취소되지 않은 금액 / Not cancelled
             * @example 55000
             */
            balanceAmount: number;
            /**
             * Format: int64
             * @example 0
             */
            cancelledAmount: number;
            /**
             * Format: int64
             * @description 취소 중인 금액 / Being cancelled
             * @example 0
             */
            pendingCancelAmount: number;
            /**
             * @description 발급처 / Who issued it
             * @example popbill
             */
            provider: string;
            /**
             * @description 국세청 승인번호 / Approval number
             * @example 123456789
             */
            approvalNo: string | null;
            /** @example 2026-01-02T03:04:05.000+09:00 */
            issuedAt: string | null;
            failure: components["schemas"]["CashReceiptFailureResponse"] | null;
            /** @example 2026-01-02T03:04:05.000+09:00 */
            createdAt: string;
            /**
             * @description 처리 중일 때 다음 확인 시각 / When it is looked up next
             * @example null
             */
            nextCheckAt: string | null;
            cancels: components["schemas"]["CashReceiptCancelResponse"][];
            events: components["schemas"]["CashReceiptEventResponse"][];
            cancel: components["schemas"]["CashReceiptCancelResponse"];
        };
        SmsPaymentRequest: {
            /**
             * @description 주문번호 / Order number
             * @example SMS-20260102-0001
             */
            orderNo: string;
            /**
             * Format: int64
             * @description 결제 금액(원) / Amount in won
             * @example 50000
             */
            amount: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free part of the amount
             * @example 0
             */
            taxFreeAmount?: number;
            /**
             * @description 상품명 / What is bought
             * @example 수제 만년필
             */
            goodsName: string;
            /**
             * @description 구매자 이름 / Buyer name
             * @example 홍길동
             */
            buyerName?: string;
            /**
             * @description 링크와 인증번호를 받을 휴대폰 / The phone that gets link and code
             * @example 010-1234-5678
             */
            buyerPhone: string;
            /**
             * Format: int64
             * @description 링크가 유효한 시간(분), 없으면 24시간 / Minutes that the link is good for; absent: 24 hours
             * @example 1440
             */
            expiresInMinutes?: number;
            /**
             * Format: int64
             * @description 고를 수 있는 최대 할부 개월, 없으면 50,000원부터 12 / The most months that may be chosen; absent: 12 from 50,000 won
             * @example 12
             */
            installmentMonthsMax?: number;
            /**
             * @description 영업점 / Branch
             * @example brn_0000000000DEM0BRANCH000001
             */
            branchId?: string;
        };
        SmsMessageResponse: {
            /**
             * @description 문자의 종류 / What it is for
             * @example sms-payment.link
             */
            purpose: string;
            /**
             * @description 상태 / Status
             * @example DELIVERED
             * @enum {string}
             */
            status: "QUEUED" | "SENT" | "DELIVERED" | "FAILED";
            /**
             * @description 문자 사업자의 오류 코드 / Provider code
             * @example null
             */
            failureCode: string | null;
            /**
             * @description 보낸 시각 / Sent
             * @example 2026-01-02T03:04:05.000+09:00
             */
            sentAt: string | null;
        };
        SmsPaymentEventResponse: {
            /**
             * @description 이전 상태 / From
             * @example REQUESTED
             * @enum {string|null}
             */
            from: "REQUESTED" | "PAYING" | "PAID" | "FAILED" | "EXPIRED" | "CANCELLED" | null;
            /**
             * @description 다음 상태 / To
             * @example PAYING
             * @enum {string}
             */
            to: "REQUESTED" | "PAYING" | "PAID" | "FAILED" | "EXPIRED" | "CANCELLED";
            /**
             * @description 누가 / Who
             * @example payer:sms_01JDEMOSMS000000000000001
             */
            actor: string;
            /**
             * @description 이유 / Why
             * @example the code was right
             */
            reason: string;
            /**
             * @description 시각 / When
             * @example 2026-01-02T03:04:05.000+09:00
             */
            occurredAt: string;
        };
        SmsPaymentResponse: {
            /**
             * @description SMS 결제 번호 / Its id
             * @example sms_01JDEMOSMS0000000000000001
             */
            smsPaymentId: string;
            /**
             * @description 주문번호 / Order number
             * @example SMS-20260102-0001
             */
            orderNo: string;
            /**
             * @description 링크의 상태; 결제 뒤의 취소는 paymentStatus / Of the link; cancels afterwards are in paymentStatus
             * @example PAID
             * @enum {string}
             */
            status: "REQUESTED" | "PAYING" | "PAID" | "FAILED" | "EXPIRED" | "CANCELLED";
            /**
             * @description 결제 번호 / Payment
             * @example pay_01JDEMOPAYMENT00000000001
             */
            paymentId: string | null;
            /**
             * @description 결제의 상태 / Status of the payment
             * @example APPROVED
             */
            paymentStatus: string | null;
            /**
             * @description 마지막 거절 또는 실패 / Last decline or failure
             * @example null
             */
            failureCode: string | null;
            /**
             * @description 결제 기한 / Pay by
             * @example 2026-01-03T03:04:05.000+09:00
             */
            expiresAt: string;
            /**
             * @description 결제 시각 / Paid
             * @example 2026-01-02T03:10:00.000+09:00
             */
            paidAt: string | null;
            /**
             * @description 가맹점 / Merchant
             * @example M0000001
             */
            mid: string;
            /**
             * @description 영업점 / Branch
             * @example null
             */
            branchId: string | null;
            /**
             * Format: int64
             * @description 금액(원) / Amount in won
             * @example 50000
             */
            amount: number;
            /**
             * Format: int64
             * @description 면세 금액(원) / Tax-free part
             * @example 0
             */
            taxFreeAmount: number;
            /**
             * @description 통화 / Currency
             * @example KRW
             * @enum {string}
             */
            currency: "KRW";
            /**
             * @description 상품명 / Goods
             * @example 수제 만년필
             */
            goodsName: string;
            /**
             * @description 구매자 / Buyer
             * @example 홍길동
             */
            buyerName: string | null;
            /**
             * @description 가린 휴대폰 번호 / Phone, masked
             * @example 010****5678
             */
            buyerPhone: string;
            /**
             * Format: int64
             * @description 최대 할부 개월 / Most months
             * @example 12
             */
            installmentMonthsMax: number;
            /**
             * @description 만든 시각 / Made
             * @example 2026-01-02T03:04:05.000+09:00
             */
            createdAt: string;
            /** @description 보낸 문자, 최근 것부터 / Messages, newest first */
            messages: components["schemas"]["SmsMessageResponse"][];
            /** @description 상태의 이력 / History */
            events: components["schemas"]["SmsPaymentEventResponse"][];
        };
        SmsPaymentStatusResponse: {
            /**
             * @description SMS 결제 번호 / Its id
             * @example sms_01JDEMOSMS0000000000000001
             */
            smsPaymentId: string;
            /**
             * @description 주문번호 / Order number
             * @example SMS-20260102-0001
             */
            orderNo: string;
            /**
             * @description 링크의 상태; 결제 뒤의 취소는 paymentStatus / Of the link; cancels afterwards are in paymentStatus
             * @example PAID
             * @enum {string}
             */
            status: "REQUESTED" | "PAYING" | "PAID" | "FAILED" | "EXPIRED" | "CANCELLED";
            /**
             * @description 결제 번호 / Payment
             * @example pay_01JDEMOPAYMENT00000000001
             */
            paymentId: string | null;
            /**
             * @description 결제의 상태 / Status of the payment
             * @example APPROVED
             */
            paymentStatus: string | null;
            /**
             * @description 마지막 거절 또는 실패 / Last decline or failure
             * @example null
             */
            failureCode: string | null;
            /**
             * @description 결제 기한 / Pay by
             * @example 2026-01-03T03:04:05.000+09:00
             */
            expiresAt: string;
            /**
             * @description 결제 시각 / Paid
             * @example 2026-01-02T03:10:00.000+09:00
             */
            paidAt: string | null;
        };
        CancelSmsPaymentRequest: {
            /**
             * @description 취소 사유 / Why
             * @example 고객 변심
             */
            reason: string;
        };
        BillingKeyContent: {
            /**
             * @description 카드번호(숫자만) / Card number, digits only
             * @example 4242424242424242
             */
            cardNumber: string;
            /**
             * @description 유효기간 YYMM / Expiry YYMM
             * @example 3012
             */
            cardExpiry: string;
            /**
             * @description 생년월일 6자리 또는 사업자번호 10자리 / Birth date or business number
             * @example 900101
             */
            birthOrBusinessNo?: string;
            /**
             * @description 카드 비밀번호 앞 2자리 / First two digits of the card password
             * @example 12
             */
            cardPasswordTwoDigits?: string;
            /**
             * @description 구매자 이름 / Buyer name
             * @example 홍길동
             */
            buyerName?: string;
            /**
             * @description 구매자 전화번호 / Buyer phone
             * @example 01012345678
             */
            buyerPhone?: string;
            /**
             * @description 구매자 이메일 / Buyer e-mail
             * @example buyer@example.com
             */
            buyerEmail?: string;
            /**
             * @description 요청 시각, 5분 안 / When you made the request
             * @example 2026-01-02T03:04:05+09:00
             */
            requestedAt: string;
            /**
             * @description 가맹점의 고객 키 / Your key of the customer
             * @example customer-0001
             */
            customerKey: string;
        };
        BillingCardResponse: {
            /**
             * @description 앞 6자리와 뒤 4자리만 / First six and last four
             * @example 424242******4242
             */
            number: string;
            /**
             * @description 카드사 / Issuer
             * @example SHINHAN
             */
            issuer: string | null;
            /** @example CREDIT */
            type: string | null;
            /** @example PERSONAL */
            ownerType: string | null;
        };
        BillingKeyResponse: {
            /**
             * @description 빌링키 / Billing key
             * @example bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            billingKey: string;
            /** @example M0000001 */
            mid: string;
            /**
             * @description 상태. ISSUE_UNKNOWN: 발급 응답을 받지 못함, 결제되지 않음. REVOKING: 결제되지 않으며 원천사에 알리는 중 / State. ISSUE_UNKNOWN: no usable answer, nothing can be charged. REVOKING: cannot pay, the acquirer is still to be told
             * @example ACTIVE
             * @enum {string}
             */
            status: "ISSUING" | "ACTIVE" | "FAILED" | "ISSUE_UNKNOWN" | "REVOKING" | "REVOKED";
            /**
             * @description 가맹점의 고객 키 / Your key of the customer
             * @example customer-0001
             */
            customerKey: string;
            /**
             * @description 보관 방식 / How it is kept
             * @example ACQUIRER_TOKEN
             * @enum {string}
             */
            storage: "ACQUIRER_TOKEN" | "SEALED_CARD";
            card: components["schemas"]["BillingCardResponse"];
            /**
             * @description 발급한 원천사 / Acquirer that issued it
             * @example toss
             */
            acquirer: string;
            /**
             * @description 실패 코드 / Why it failed
             * @example null
             */
            failureCode: string | null;
            /** @example 2026-01-02T03:04:05.000+09:00 */
            issuedAt: string | null;
            /** @example null */
            revokedAt: string | null;
            /** @example 2026-01-02T03:04:05.000+09:00 */
            createdAt: string;
        };
        BillingKeyListResponse: {
            data: components["schemas"]["BillingKeyResponse"][];
            /**
             * @description 다음 쪽 / Where to go on
             * @example null
             */
            nextCursor: string | null;
        };
        ChargeBillingKeyRequest: {
            /**
             * @description 주문번호 / Order number
             * @example ORDER-20260102-0001
             */
            orderNo: string;
            /**
             * Format: int64
             * @description 결제 금액(원), 면세·봉사료 포함 / Amount in won, all included
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free part of the amount
             * @example 0
             */
            taxFreeAmount?: number;
            /**
             * Format: int64
             * @description 봉사료 / Service charge, part of the amount
             * @example 0
             */
            serviceCharge?: number;
            /**
             * @description 상품명 / What is bought
             * @example 아메리카노 외 2건
             */
            goodsName: string;
            /**
             * Format: int64
             * @description 할부 개월, 0 = 일시불 / Installment months
             * @example 0
             */
            installmentMonths?: number;
            /**
             * @description 영업점 / Branch
             * @example brn_0000000000DEM0BRANCH000001
             */
            branchId?: string;
            /**
             * @description 가맹점이 쓰는 값(문자열) / Your own texts
             * @example {
             *       "cartId": "c-77"
             *     }
             */
            metadata?: Record<string, never>;
            /**
             * @description 구매자 이름 / Buyer name
             * @example 홍길동
             */
            buyerName?: string;
            /**
             * @description 구매자 전화번호 / Buyer phone
             * @example 01012345678
             */
            buyerPhone?: string;
            /**
             * @description 구매자 이메일 / Buyer e-mail
             * @example buyer@example.com
             */
            buyerEmail?: string;
        };
        IntervalRequest: {
            /**
             * @description 단위 / Unit
             * @example MONTH
             * @enum {string}
             */
            unit: "DAY" | "WEEK" | "MONTH" | "YEAR";
            /**
             * Format: int64
             * @description 몇 단위마다 / Every so many
             * @example 1
             */
            count: number;
        };
        NewSubscriptionRequest: {
            /**
             * @description 빌링키 / Billing key
             * @example bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            billingKey: string;
            /**
             * @description 보내면 빌링키의 고객과 같아야 함 / If given, it must be the billing key’s
             * @example customer-0001
             */
            customerKey?: string;
            /**
             * @description 상품명 / What is bought
             * @example 월간 구독
             */
            goodsName: string;
            /**
             * @description 구매자 이름 / Buyer name
             * @example 홍길동
             */
            buyerName?: string;
            /**
             * Format: int64
             * @description 회차 금액(원) / Amount of a period in won
             * @example 9900
             */
            amount: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free part of the amount
             * @example 0
             */
            taxFreeAmount?: number;
            /** @description 결제 주기 / Interval */
            interval: components["schemas"]["IntervalRequest"];
            /**
             * Format: date
             * @description 시작일(한국 날짜), 기본 오늘, 10년 안. 그 달에 없는 날이면 말일에 결제 / Korean day within ten years, default today; in a month that lacks it, its last day
             * @example 2027-01-31
             */
            startOn?: string;
            /**
             * Format: int64
             * @description 무료 체험 일수 / Days of a free trial
             * @example 0
             */
            trialDays?: number;
            /**
             * Format: int64
             * @description 전체 회차, 없으면 계속 / Number of periods; absent = without end
             * @example 12
             */
            totalCount?: number;
            /**
             * Format: date
             * @description 마지막 결제일, totalCount와 함께 쓰지 않음 / Last day to charge; not with totalCount
             * @example 2027-12-31
             */
            endOn?: string;
            /**
             * @description 지나간 회차의 처리, 기본 최근 1회만 / What happens to missed periods; default the latest only
             * @example CHARGE_LATEST
             * @enum {string}
             */
            missedPolicy?: "CHARGE_LATEST" | "CHARGE_ALL" | "SKIP";
            /**
             * Format: int64
             * @description 결제 며칠 전 알림(subscription.upcoming), 0은 없음 / Days of notice before a charge; 0 = none
             * @example 3
             */
            noticeDays?: number;
        };
        IntervalResponse: {
            /**
             * @example MONTH
             * @enum {string}
             */
            unit: "DAY" | "WEEK" | "MONTH" | "YEAR";
            /**
             * Format: int64
             * @example 1
             */
            count: number;
        };
        SubscriptionResponse: {
            /** @example sub_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            subscriptionId: string;
            /**
             * @description 상태. PAST_DUE: 모든 재시도가 실패함, resume까지 결제하지 않음 / PAST_DUE: every try failed, nothing is charged until resumed
             * @example ACTIVE
             * @enum {string}
             */
            status: "ACTIVE" | "PAUSED" | "PAST_DUE" | "CANCELLED" | "COMPLETED";
            /** @example bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            billingKey: string;
            /** @example 월간 구독 */
            goodsName: string;
            /** @example 홍길동 */
            buyerName: string | null;
            /**
             * Format: int64
             * @description 다음 회차의 금액(원) / Amount of the next period in won
             * @example 9900
             */
            amount: number;
            /**
             * Format: int64
             * @example 0
             */
            taxFreeAmount: number;
            interval: components["schemas"]["IntervalResponse"];
            /** @example 2027-01-31 */
            startOn: string;
            /**
             * Format: int64
             * @example 0
             */
            trialDays: number;
            /**
             * @description 첫 결제일 / Day of the first charge
             * @example 2027-01-31
             */
            firstChargeOn: string;
            /**
             * Format: int64
             * @example 12
             */
            totalCount: number | null;
            /** @example null */
            endOn: string | null;
            /**
             * @example CHARGE_LATEST
             * @enum {string}
             */
            missedPolicy: "CHARGE_LATEST" | "CHARGE_ALL" | "SKIP";
            /**
             * Format: int64
             * @example 3
             */
            noticeDays: number;
            /**
             * Format: int64
             * @description 다음 회차 / The next period
             * @example 2
             */
            nextPeriod: number;
            /**
             * @description 다음 결제일 / Its day
             * @example 2027-02-28
             */
            nextChargeOn: string | null;
            /**
             * @description 다음 결제일에 해지 예정 / To be cancelled instead of the next charge
             * @example false
             */
            cancelAtPeriodEnd: boolean;
            /** @example null */
            endedAt: string | null;
            /** @example 2027-01-31T03:04:05.000+09:00 */
            createdAt: string;
        };
        SubscriptionListResponse: {
            data: components["schemas"]["SubscriptionResponse"][];
            /** @example null */
            nextCursor: string | null;
        };
        SubscriptionChargeResponse: {
            /** @example sch_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            chargeId: string;
            /**
             * Format: int64
             * @description 회차 / Period
             * @example 1
             */
            period: number;
            /**
             * @description 결제일 / Day of the period
             * @example 2027-01-31
             */
            chargeOn: string;
            /**
             * @description WAITING: 결제 결과를 아직 모름. RETRY: 거절되었거나 되돌려짐, 다시 시도함 / WAITING: its payment is not settled. RETRY: declined or undone, to be tried again
             * @example PAID
             * @enum {string}
             */
            status: "DUE" | "CHARGING" | "WAITING" | "RETRY" | "PAID" | "FAILED" | "SKIPPED" | "VOIDED";
            /**
             * Format: int64
             * @example 9900
             */
            amount: number;
            /**
             * Format: int64
             * @description 시도 횟수 / Number of tries
             * @example 1
             */
            tries: number;
            /**
             * Format: int64
             * @description 그중 응답이 없어 되돌린 시도: 청구되지 않았고 거절도 아님, 같은 날 다시 시도 / Of these, undone for want of an answer: neither charged nor declined, tried again on the same day
             * @example 0
             */
            undoneTries: number;
            /** @example sub_01K9Z3V4T5W6X7Y8Z9ABCDEFGH-1-1 */
            orderNo: string | null;
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string | null;
            /**
             * @description 다음 시도일 / Day of the next try
             * @example null
             */
            nextTryOn: string | null;
            /**
             * @description 실패 코드 / Why it failed
             * @example null
             */
            failureCode: string | null;
            /** @example 2027-01-31T00:00:03.000+09:00 */
            endedAt: string | null;
        };
        SubscriptionChargeListResponse: {
            data: components["schemas"]["SubscriptionChargeResponse"][];
            /** @example null */
            nextCursor: string | null;
        };
        SubscriptionChangeRequest: {
            /**
             * @description 다른 카드; 재시도에도 적용 / Another card, for tries to come, too
             * @example bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            billingKey?: string;
            /**
             * Format: int64
             * @description 다음 회차부터의 금액 / Amount from the next period on
             * @example 12900
             */
            amount?: number;
            /**
             * Format: int64
             * @description 다음 회차부터의 면세 금액 / Tax-free part from the next period on
             * @example 0
             */
            taxFreeAmount?: number;
            /**
             * @description 상품명 / What is bought
             * @example 월간 구독 플러스
             */
            goodsName?: string;
        };
        CancelSubscriptionRequest: {
            /**
             * @description 지금, 또는 다음 결제일에 결제 없이 / Now, or instead of the next charge
             * @example PERIOD_END
             * @enum {string}
             */
            when: "NOW" | "PERIOD_END";
        };
        CapturedDayResponse: {
            /**
             * Format: date
             * @description 매입일 / Day of capture
             * @example 2026-09-23
             */
            capturedOn: string;
            /**
             * Format: date
             * @description 지급일 / Day of payout
             * @example 2026-09-29
             */
            payoutOn: string;
        };
        SettlementCalendarResponse: {
            /** @description 기간의 모든 날 / Every day of the period */
            data: components["schemas"]["CapturedDayResponse"][];
        };
        SettlementResponse: {
            /** @example stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            settlementId: string;
            /** @example M0000001 */
            mid: string;
            /**
             * @description 원천사 계약 / Contract
             * @example ctr_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            contractId: string;
            /**
             * Format: date
             * @description 지급일 / Payout day
             * @example 2026-11-23
             */
            payoutOn: string;
            /**
             * @example CONFIRMED
             * @enum {string}
             */
            status: "SCHEDULED" | "CONFIRMED" | "HELD" | "PAYOUT_FAILED" | "PAID" | "CARRIED_OVER";
            /**
             * Format: int64
             * @description 내역의 수 / Number of lines
             * @example 2
             */
            lineCount: number;
            /**
             * Format: int64
             * @description 승인 금액, 원 / Approved, won
             * @example 100000
             */
            approvalAmount: number;
            /**
             * Format: int64
             * @description 취소 금액, 0 이하 / Cancelled, 0 or less
             * @example -10000
             */
            cancelAmount: number;
            /**
             * Format: int64
             * @description 수수료 / Fee
             * @example 2970
             */
            fee: number;
            /**
             * Format: int64
             * @description 수수료의 부가세 / VAT on the fee
             * @example 297
             */
            vat: number;
            /**
             * Format: int64
             * @description 조정 / Adjustments
             * @example 0
             */
            adjustmentAmount: number;
            /**
             * Format: int64
             * @description 앞 정산에서 이월됨, 0 이하 / Carried in, 0 or less
             * @example 0
             */
            carriedIn: number;
            /**
             * Format: int64
             * @description 다음 정산으로 이월함, 0 이하 / Carried out, 0 or less
             * @example 0
             */
            carriedOut: number;
            /**
             * Format: int64
             * @description 지급액 / What is paid out
             * @example 86733
             */
            payoutAmount: number;
            /**
             * @description 보류한 까닭 / Why it is held
             * @example null
             */
            holdReason: string | null;
            /**
             * @description 지급 실패의 까닭 / Why it failed
             * @example null
             */
            failureReason: string | null;
            /**
             * @description 은행의 이체 번호 / Bank reference
             * @example null
             */
            payoutReference: string | null;
            /** @example 2026-11-23T00:10:04.000+09:00 */
            confirmedAt: string | null;
            /** @example null */
            paidAt: string | null;
        };
        StatusGroupResponse: {
            /**
             * @example SCHEDULED
             * @enum {string}
             */
            status: "SCHEDULED" | "CONFIRMED" | "HELD" | "PAYOUT_FAILED" | "PAID" | "CARRIED_OVER";
            /**
             * Format: int64
             * @example 2
             */
            count: number;
            /**
             * Format: int64
             * @description 지급액, 원 / What is paid out, won
             * @example 120000
             */
            amount: number;
        };
        NextPayoutResponse: {
            /**
             * Format: date
             * @example 2026-11-23
             */
            payoutOn: string;
            /**
             * Format: int64
             * @example 86733
             */
            amount: number;
        };
        UnsettledResponse: {
            /**
             * Format: int64
             * @example 1
             */
            count: number;
            /**
             * Format: int64
             * @example 40000
             */
            amount: number;
        };
        SettlementStatusResponse: {
            /** @description 모든 상태 / Every state */
            data: components["schemas"]["StatusGroupResponse"][];
            /** @description 다음에 실제로 지급되는 날과 금액. 0원 미만은 다음 정산으로 이월되어 그 금액에 반영되고, 보류 중인 가맹점은 빠집니다. / The next day on which anything is paid, and how much: what is below zero is carried over into it, merchants on hold are left out */
            nextPayout: components["schemas"]["NextPayoutResponse"] | null;
            /** @description 아직 정산되지 않은 거래 / Movements not settled yet */
            unsettled: components["schemas"]["UnsettledResponse"];
        };
        SalesGroupResponse: {
            /**
             * Format: int64
             * @description 승인 건수 / Approvals
             * @example 3
             */
            approvalCount: number;
            /**
             * Format: int64
             * @description 승인 금액, 원 / Approved, won
             * @example 150000
             */
            approvalAmount: number;
            /**
             * Format: int64
             * @description 취소 건수 / Cancels
             * @example 1
             */
            cancelCount: number;
            /**
             * Format: int64
             * @description 취소 금액, 0 이하 / Cancelled, 0 or less
             * @example -20000
             */
            cancelAmount: number;
            /**
             * Format: int64
             * @description 정산된 것의 수수료 / Fee of what is settled
             * @example 2970
             */
            fee: number;
            /**
             * Format: int64
             * @description 그 부가세 / VAT on it
             * @example 297
             */
            vat: number;
            /**
             * Format: int64
             * @description 정산된 승인·취소에서 수수료와 부가세를 뺀 것 / Net of what is settled
             * @example 86733
             */
            net: number;
            /**
             * Format: int64
             * @description 아직 정산되지 않은 건수 / Movements not settled yet
             * @example 1
             */
            unsettledCount: number;
            /**
             * Format: int64
             * @description 그 금액; 수수료는 정산될 때 정해집니다 / Their amount; their fee is not reckoned yet
             * @example 40000
             */
            unsettledAmount: number;
            /**
             * @description 날, 달, 영업점 또는 수단; 영업점이 없는 결제는 null / Day, month, branch or method; null = no branch
             * @example 2026-11-20
             */
            group: string | null;
        };
        SalesFiguresResponse: {
            /**
             * Format: int64
             * @description 승인 건수 / Approvals
             * @example 3
             */
            approvalCount: number;
            /**
             * Format: int64
             * @description 승인 금액, 원 / Approved, won
             * @example 150000
             */
            approvalAmount: number;
            /**
             * Format: int64
             * @description 취소 건수 / Cancels
             * @example 1
             */
            cancelCount: number;
            /**
             * Format: int64
             * @description 취소 금액, 0 이하 / Cancelled, 0 or less
             * @example -20000
             */
            cancelAmount: number;
            /**
             * Format: int64
             * @description 정산된 것의 수수료 / Fee of what is settled
             * @example 2970
             */
            fee: number;
            /**
             * Format: int64
             * @description 그 부가세 / VAT on it
             * @example 297
             */
            vat: number;
            /**
             * Format: int64
             * @description 정산된 승인·취소에서 수수료와 부가세를 뺀 것 / Net of what is settled
             * @example 86733
             */
            net: number;
            /**
             * Format: int64
             * @description 아직 정산되지 않은 건수 / Movements not settled yet
             * @example 1
             */
            unsettledCount: number;
            /**
             * Format: int64
             * @description 그 금액; 수수료는 정산될 때 정해집니다 / Their amount; their fee is not reckoned yet
             * @example 40000
             */
            unsettledAmount: number;
        };
        SalesReportResponse: {
            /** @description 이름 차례 / In the order of their names */
            data: components["schemas"]["SalesGroupResponse"][];
            /** @description 기간 전체 / The whole period */
            total: components["schemas"]["SalesFiguresResponse"];
            /**
             * @description 다음 쪽 / The next page
             * @example MC4yMDI2LTExLTIw
             */
            nextCursor: string | null;
        };
        SettlementListResponse: {
            /** @description 늦은 지급일부터 / Latest payout day first */
            data: components["schemas"]["SettlementResponse"][];
            /**
             * @description 다음 쪽 / The next page
             * @example MTc2MzY5MDQwMDAwMC5zdGxfMDFLOVozVjRUNVc2WDdZOFo5QUJDREVGR0g
             */
            nextCursor: string | null;
        };
        ExplainedStepResponse: {
            /** @example 승인 금액 50,000원 × 2.9 %, 원 미만 버림 */
            ko: string;
            /** @example 50,000 won approved × 2.9 %, cut down to the won */
            en: string;
            /**
             * Format: int64
             * @description 원 / Won
             * @example 1450
             */
            amount: number;
        };
        ExplainedLineResponse: {
            /**
             * @description 정산 내역 ID / Line id
             * @example stn_1204
             */
            lineId: string;
            /**
             * @example APPROVAL
             * @enum {string}
             */
            kind: "APPROVAL" | "CANCEL" | "REVERSAL";
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string;
            /**
             * @description 결제나 취소 / Payment or cancel
             * @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            sourceId: string;
            /** @example brn_0000000000DEM0BRANCH000001 */
            branchId: string | null;
            /** @example CARD */
            method: string;
            /**
             * Format: date
             * @example 2026-11-20
             */
            capturedOn: string;
            /**
             * Format: int64
             * @example 50000
             */
            amount: number;
            /**
             * Format: int64
             * @example 1450
             */
            fee: number;
            /**
             * Format: int64
             * @example 145
             */
            vat: number;
            /**
             * Format: int64
             * @description amount − fee − vat
             * @example 48405
             */
            net: number;
            /** @example stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            settlementId: string;
            /**
             * @description 수수료 정책 / The fee policy
             * @example fpl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            policyId: string;
            /**
             * Format: int64
             * @description 수수료율, 백만분율 / Rate, parts per million
             * @example 29000
             */
            ratePpm: number;
            /**
             * Format: int64
             * @description 건당 수수료, 원 / Fixed fee, won
             * @example 0
             */
            fixedFee: number;
            /**
             * Format: int64
             * @description 최저 수수료, 원 / Minimum fee, won
             * @example 0
             */
            minimumFee: number;
            /** @description 계산의 차례 / How it was reckoned */
            steps: components["schemas"]["ExplainedStepResponse"][];
        };
        SettlementLineResponse: {
            /**
             * @description 정산 내역 ID / Line id
             * @example stn_1204
             */
            lineId: string;
            /**
             * @example APPROVAL
             * @enum {string}
             */
            kind: "APPROVAL" | "CANCEL" | "REVERSAL";
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string;
            /**
             * @description 결제나 취소 / Payment or cancel
             * @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            sourceId: string;
            /** @example brn_0000000000DEM0BRANCH000001 */
            branchId: string | null;
            /** @example CARD */
            method: string;
            /**
             * Format: date
             * @example 2026-11-20
             */
            capturedOn: string;
            /**
             * Format: int64
             * @example 50000
             */
            amount: number;
            /**
             * Format: int64
             * @example 1450
             */
            fee: number;
            /**
             * Format: int64
             * @example 145
             */
            vat: number;
            /**
             * Format: int64
             * @description amount − fee − vat
             * @example 48405
             */
            net: number;
        };
        SettlementDetailsResponse: {
            /** @description 정산 / The settlement */
            settlement: components["schemas"]["SettlementResponse"];
            /** @description 생긴 차례 / In the order in which they came */
            data: components["schemas"]["SettlementLineResponse"][];
            /** @example MC4yMDI2LTExLTIw */
            nextCursor: string | null;
        };
        SalesDetailResponse: {
            /**
             * @example APPROVAL
             * @enum {string}
             */
            kind: "APPROVAL" | "CANCEL" | "REVERSAL";
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string;
            /**
             * @description 결제나 취소 / Payment or cancel
             * @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            sourceId: string;
            /** @example CARD */
            method: string;
            /**
             * Format: date
             * @description 매입일 / Day of capture
             * @example 2026-11-20
             */
            capturedOn: string;
            /**
             * Format: int64
             * @example 50000
             */
            amount: number;
            /**
             * Format: int64
             * @description 정산 전에는 null / null until settled
             * @example 1450
             */
            fee: number | null;
            /**
             * Format: int64
             * @example 145
             */
            vat: number | null;
            /** @example stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            settlementId: string | null;
            /**
             * @description 정산 내역 / Its line
             * @example stn_1204
             */
            lineId: string | null;
        };
        SalesDetailListResponse: {
            /** @description 매입일 차례 / In the order of capture */
            data: components["schemas"]["SalesDetailResponse"][];
            /** @example MC4yMDI2LTExLTIw */
            nextCursor: string | null;
        };
        TransactionCardResponse: {
            /**
             * @description 앞 6자리와 뒤 4자리만 / First six and last four digits
             * @example 424242******4242
             */
            number: string;
            /**
             * @description 카드사 / Issuer
             * @example SHINHAN
             */
            issuer: string | null;
            /**
             * @example CREDIT
             * @enum {string|null}
             */
            type: "CREDIT" | "CHECK" | "GIFT" | "UNKNOWN" | null;
            /**
             * Format: int64
             * @description 할부 개월, 0 = 일시불 / Installment months
             * @example 0
             */
            installmentMonths: number;
        };
        TransactionCancelResponse: {
            /** @example pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            cancelId: string;
            /**
             * Format: int64
             * @description 취소 금액, 포인트 포함 / Amount cancelled, points included
             * @example 15000
             */
            amount: number;
            /** @example 고객 변심 */
            reason: string;
            /** @example 2026-01-02T03:04:05.000+09:00 */
            cancelledAt: string;
        };
        TransactionResponse: {
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string;
            /** @example M0000001 */
            mid: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * Format: int64
             * @description 승인 금액, 포인트 포함 / Amount approved, points included, in won
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 그중 포인트로 낸 금액 / What of it points paid
             * @example 0
             */
            pointAmount: number;
            /**
             * Format: int64
             * @description 남은 금액 / What may still be cancelled
             * @example 55000
             */
            balanceAmount: number;
            /**
             * Format: int64
             * @description 취소된 금액 / What was cancelled
             * @example 0
             */
            cancelledAmount: number;
            /** @example 아메리카노 외 2건 */
            goodsName: string;
            /** @example 홍길동 */
            buyerName: string | null;
            /** @example null */
            branchId: string | null;
            /**
             * @description 원천사 / Acquirer
             * @example toss
             */
            acquirer: string;
            /**
             * @description 원천사 거래 키 / Its key
             * @example tk_20260102030405abcd1
             */
            acquirerTransactionId: string | null;
            /**
             * @description 승인번호 / Approval number
             * @example 00012345
             */
            approvalNo: string | null;
            /** @example 2026-01-02T03:04:06.000+09:00 */
            approvedAt: string | null;
            /** @example 2026-01-02T03:04:05.123+09:00 */
            createdAt: string;
            /**
             * @description 결제 번호, 취소이면 취소 번호 / Payment id, of a cancel the cancel id
             * @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            transactionId: string;
            /**
             * @example PAYMENT
             * @enum {string}
             */
            type: "PAYMENT" | "CANCEL";
            /**
             * @description 목록의 기준 시각: 승인, 요청 또는 취소 / The time that the list goes by: approval, creation or cancel
             * @example 2026-01-02T03:04:05.000+09:00
             */
            occurredAt: string;
            /**
             * @description 결제의 상태 / State of the payment
             * @example APPROVED
             * @enum {string}
             */
            status: "CREATED" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" | "APPROVED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "EXPIRED" | "REVERSING" | "REVERSED";
            /**
             * @example CARD
             * @enum {string}
             */
            method: "CARD" | "EASY_PAY" | "BANK_TRANSFER" | "VIRTUAL_ACCOUNT" | "OTHER";
            card: components["schemas"]["TransactionCardResponse"] | null;
            /**
             * @description 실패 코드 / Why it failed
             * @example null
             */
            failureCode: string | null;
            /** @description type이 CANCEL일 때 그 취소 / The cancel, where type is CANCEL */
            cancel: components["schemas"]["TransactionCancelResponse"] | null;
        };
        TransactionSummaryResponse: {
            /**
             * Format: int64
             * @description 줄 수 / Rows
             * @example 120
             */
            count: number;
            /**
             * Format: int64
             * @description 승인된 결제 수, 취소된 것도 / Payments charged, cancelled ones too
             * @example 110
             */
            approvedCount: number;
            /**
             * Format: int64
             * @description 승인 금액 합계(원) / Won approved
             * @example 5500000
             */
            approvedAmount: number;
            /**
             * Format: int64
             * @description 취소 금액 합계(원) / Won cancelled
             * @example 300000
             */
            cancelledAmount: number;
            /**
             * Format: int64
             * @description 승인에서 취소를 뺀 금액(원) / Approved less cancelled
             * @example 5200000
             */
            netAmount: number;
        };
        TransactionListResponse: {
            data: components["schemas"]["TransactionResponse"][];
            /**
             * @description 이어서 볼 곳, 끝이면 null. 조건에 맞는 것이 드물면 limit보다 적게(없이도) 오고 이어질 수 있습니다. / Where to go on, null at the end. Where few match, a page may hold fewer than limit, even none, and yet go on.
             * @example MTc2MzY5MDQwMDAwMC40Mg
             */
            nextCursor: string | null;
            /** @description summary=true일 때 / With summary=true */
            summary?: components["schemas"]["TransactionSummaryResponse"];
        };
        BankAccountResponse: {
            /** @example vac_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            virtualAccountId: string;
            /**
             * @description 은행 / Bank
             * @example 088
             */
            bankCode: string;
            /**
             * @description 가린 계좌번호 / Masked
             * @example 1101******78
             */
            accountNumber: string | null;
            /**
             * @description 예금주 / Account holder
             * @example 홍길동
             */
            holderName: string;
            /**
             * @description 입금자 / Who paid
             * @example 홍길동
             */
            depositor: string | null;
            /**
             * @description 입금 기한 / Due
             * @example 2026-01-02T03:04:05.000+09:00
             */
            dueAt: string;
            /**
             * @description 입금 시각 / When it was paid
             * @example 2026-01-02T03:04:05.000+09:00
             */
            depositedAt: string | null;
        };
        BankTransactionResponse: {
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string;
            /** @example M0000001 */
            mid: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * Format: int64
             * @description 승인 금액, 포인트 포함 / Amount approved, points included, in won
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 그중 포인트로 낸 금액 / What of it points paid
             * @example 0
             */
            pointAmount: number;
            /**
             * Format: int64
             * @description 남은 금액 / What may still be cancelled
             * @example 55000
             */
            balanceAmount: number;
            /**
             * Format: int64
             * @description 취소된 금액 / What was cancelled
             * @example 0
             */
            cancelledAmount: number;
            /** @example 아메리카노 외 2건 */
            goodsName: string;
            /** @example 홍길동 */
            buyerName: string | null;
            /** @example null */
            branchId: string | null;
            /**
             * @description 원천사 / Acquirer
             * @example toss
             */
            acquirer: string;
            /**
             * @description 원천사 거래 키 / Its key
             * @example tk_20260102030405abcd1
             */
            acquirerTransactionId: string | null;
            /**
             * @description 승인번호 / Approval number
             * @example 00012345
             */
            approvalNo: string | null;
            /** @example 2026-01-02T03:04:06.000+09:00 */
            approvedAt: string | null;
            /** @example 2026-01-02T03:04:05.123+09:00 */
            createdAt: string;
            /**
             * @description 결제 번호, 취소이면 취소 번호 / Payment id, of a cancel the cancel id
             * @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            transactionId: string;
            /**
             * @example PAYMENT
             * @enum {string}
             */
            type: "PAYMENT" | "CANCEL";
            /**
             * @description 목록의 기준 시각: 승인, 요청 또는 취소 / The time that the list goes by: approval, creation or cancel
             * @example 2026-01-02T03:04:05.000+09:00
             */
            occurredAt: string;
            /**
             * @description 결제의 상태 / State of the payment
             * @example APPROVED
             * @enum {string}
             */
            status: "CREATED" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" | "APPROVED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "EXPIRED" | "REVERSING" | "REVERSED";
            /**
             * @example CARD
             * @enum {string}
             */
            method: "CARD" | "EASY_PAY" | "BANK_TRANSFER" | "VIRTUAL_ACCOUNT" | "OTHER";
            card: components["schemas"]["TransactionCardResponse"] | null;
            /**
             * @description 실패 코드 / Why it failed
             * @example null
             */
            failureCode: string | null;
            /** @description type이 CANCEL일 때 그 취소 / The cancel, where type is CANCEL */
            cancel: components["schemas"]["TransactionCancelResponse"] | null;
            /** @description 가상계좌, 계좌이체이면 null / The virtual account, null for a bank transfer */
            account: components["schemas"]["BankAccountResponse"] | null;
        };
        BankTransactionListResponse: {
            data: components["schemas"]["BankTransactionResponse"][];
            /**
             * @description 이어서 볼 곳, 끝이면 null. 조건에 맞는 것이 드물면 limit보다 적게(없이도) 오고 이어질 수 있습니다. / Where to go on, null at the end. Where few match, a page may hold fewer than limit, even none, and yet go on.
             * @example MTc2MzY5MDQwMDAwMC40Mg
             */
            nextCursor: string | null;
        };
        CashReceiptListResponse: {
            data: components["schemas"]["CashReceiptResponse"][];
            /** @example MTc2MzY5MDQwMDAwMC40Mg */
            nextCursor: string | null;
        };
        MovementResponse: {
            /**
             * @example APPROVAL
             * @enum {string}
             */
            kind: "APPROVAL" | "CANCEL" | "REVERSAL";
            /**
             * @description 결제 번호 또는 취소 번호 / Payment id or cancel id
             * @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            sourceId: string;
            /**
             * Format: int64
             * @description 금액(원), 돌려준 것은 음수 / Won, negative where it went back
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 그중 정산 대상 / What of it is settled
             * @example 55000
             */
            settledAmount: number;
            /**
             * @description 매입일 / Captured on
             * @example 2026-01-02
             */
            capturedOn: string;
            /** @example 2026-01-02T03:04:05.000+09:00 */
            occurredAt: string;
        };
        TransactionDetailResponse: {
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string;
            /**
             * @description 이 호출의 결과 / What this call came to; only on calls that change something
             * @example SUCCESS
             * @enum {string}
             */
            outcome?: "SUCCESS" | "DUPLICATE" | "FAILURE";
            /** @example M0000001 */
            mid: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * @example APPROVED
             * @enum {string}
             */
            status: "CREATED" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" | "APPROVED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "EXPIRED" | "REVERSING" | "REVERSED";
            /** @example CARD */
            method: string;
            /** @example KRW */
            currency: string;
            /**
             * Format: int64
             * @description 승인 금액, 포인트 포함 / Amount approved, points included, in won
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 그중 포인트로 낸 금액 / What of it points paid
             * @example 0
             */
            pointAmount: number;
            /**
             * Format: int64
             * @description 그중 포인트가 아닌 금액: 원천사가 승인한 금액 / The rest: what the acquirer approved
             * @example 55000
             */
            cardAmount: number;
            /**
             * Format: int64
             * @description 남은 금액 / What may still be cancelled
             * @example 55000
             */
            balanceAmount: number;
            /**
             * Format: int64
             * @description 취소된 금액 / What was cancelled
             * @example 0
             */
            cancelledAmount: number;
            /**
             * Format: int64
             * @description 결과를 확인 중인 취소 금액 / Cancels whose outcome is not known yet
             * @example 0
             */
            pendingCancelAmount: number;
            /**
             * Format: int64
             * @description 공급가액 / Supply value
             * @example 50000
             */
            supplyAmount: number;
            /**
             * Format: int64
             * @description 부가세 / VAT
             * @example 5000
             */
            vat: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free amount
             * @example 0
             */
            taxFreeAmount: number;
            /**
             * Format: int64
             * @description 봉사료 / Service charge
             * @example 0
             */
            serviceCharge: number;
            /** @example 아메리카노 외 2건 */
            goodsName: string;
            /** @example 홍길동 */
            buyerName: string | null;
            /** @example customer-0001 */
            customerKey: string | null;
            /** @example null */
            branchId: string | null;
            card: components["schemas"]["CardResponse"] | null;
            /**
             * @description 원천사 / Acquirer
             * @example toss
             */
            acquirer: string;
            /**
             * @description 원천사 거래 키 / Its key
             * @example tk_20260102030405abcd1
             */
            acquirerTransactionId: string | null;
            /**
             * @description 승인번호 / Approval number
             * @example 00012345
             */
            approvalNo: string | null;
            failure: components["schemas"]["FailureResponse"] | null;
            /**
             * @example {
             *       "cartId": "c-77"
             *     }
             */
            metadata: Record<string, never> | null;
            /** @example 2026-01-02T03:04:06.000+09:00 */
            approvedAt: string | null;
            /** @example 2026-01-02T03:04:05.123+09:00 */
            createdAt: string;
            /**
             * @description 되돌리는 중일 때 다음 확인 시각 / Next check while reversing
             * @example null
             */
            nextCheckAt: string | null;
            cancels: components["schemas"]["CancelResponse"][];
            events: components["schemas"]["EventResponse"][];
            attempts: components["schemas"]["AttemptResponse"][];
            /** @description 돈의 움직임 / Movements of money */
            movements: components["schemas"]["MovementResponse"][];
            /** @description 현금영수증 / Cash receipts */
            cashReceipts: components["schemas"]["CashReceiptDetailResponse"][];
        };
        WebhookEndpointResponse: {
            /** @example whe_01KAJR38VNR81X7S9FZBZ4D62E */
            endpointId: string;
            /** @example https://shop.example.com/webhooks */
            url: string;
            /** @example 주문 서버 */
            description: string | null;
            /**
             * @description null이면 모두 / null = all
             * @example [
             *       "payment.approved",
             *       "payment.cancelled"
             *     ]
             */
            eventTypes: ("payment.approved" | "payment.failed" | "payment.cancelled" | "payment.partially_cancelled" | "payment.reversed" | "virtual_account.issued" | "virtual_account.deposited" | "virtual_account.expired" | "virtual_account.closed" | "billing_key.issued" | "billing_key.revoked" | "subscription.charged" | "subscription.failed" | "subscription.past_due" | "subscription.upcoming" | "subscription.cancelled" | "subscription.completed" | "cash_receipt.issued" | "cash_receipt.cancelled" | "settlement.confirmed" | "settlement.paid" | "webhook_endpoint.disabled")[] | null;
            /** @example true */
            enabled: boolean;
            /**
             * @description MERCHANT: 가맹점이 끔, GONE: 410으로 답함, EXHAUSTED: 모든 시도가 실패 / Why it is disabled: by the merchant, it answered 410, or every try failed
             * @enum {string|null}
             */
            disabledReason: "MERCHANT" | "GONE" | "EXHAUSTED" | null;
            /**
             * Format: date-time
             * @description 그때까지 앞의 비밀로도 서명 / Until then the secret before signs too
             * @example null
             */
            previousSecretUntil: string | null;
            /**
             * Format: date-time
             * @example 2026-11-21T15:04:05.000+09:00
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-21T15:04:05.000+09:00
             */
            updatedAt: string;
        };
        WebhookEndpointListResponse: {
            /** @description 최근 것부터 / Newest first */
            data: components["schemas"]["WebhookEndpointResponse"][];
            /**
             * @description 다음 쪽의 cursor, 없으면 null / Cursor of the next page; null = the last
             * @example null
             */
            nextCursor: string | null;
        };
        NewWebhookEndpointRequest: {
            /**
             * @description 받을 이벤트, null이면 모두 / Event types; null = all, later ones too
             * @example [
             *       "payment.approved",
             *       "payment.cancelled"
             *     ]
             */
            eventTypes?: ("payment.approved" | "payment.failed" | "payment.cancelled" | "payment.partially_cancelled" | "payment.reversed" | "virtual_account.issued" | "virtual_account.deposited" | "virtual_account.expired" | "virtual_account.closed" | "billing_key.issued" | "billing_key.revoked" | "subscription.charged" | "subscription.failed" | "subscription.past_due" | "subscription.upcoming" | "subscription.cancelled" | "subscription.completed" | "cash_receipt.issued" | "cash_receipt.cancelled" | "settlement.confirmed" | "settlement.paid" | "webhook_endpoint.disabled")[] | null;
            /**
             * @description 메모 / A note
             * @example 주문 서버
             */
            description?: string | null;
            /**
             * @description 밖에서 닿는 https 주소, 포트는 443이나 8443 / An https address that can be reached from outside, at port 443 or 8443
             * @example https://shop.example.com/webhooks
             */
            url: string;
        };
        WebhookEndpointWithSecretResponse: {
            /** @example whe_01KAJR38VNR81X7S9FZBZ4D62E */
            endpointId: string;
            /** @example https://shop.example.com/webhooks */
            url: string;
            /** @example 주문 서버 */
            description: string | null;
            /**
             * @description null이면 모두 / null = all
             * @example [
             *       "payment.approved",
             *       "payment.cancelled"
             *     ]
             */
            eventTypes: ("payment.approved" | "payment.failed" | "payment.cancelled" | "payment.partially_cancelled" | "payment.reversed" | "virtual_account.issued" | "virtual_account.deposited" | "virtual_account.expired" | "virtual_account.closed" | "billing_key.issued" | "billing_key.revoked" | "subscription.charged" | "subscription.failed" | "subscription.past_due" | "subscription.upcoming" | "subscription.cancelled" | "subscription.completed" | "cash_receipt.issued" | "cash_receipt.cancelled" | "settlement.confirmed" | "settlement.paid" | "webhook_endpoint.disabled")[] | null;
            /** @example true */
            enabled: boolean;
            /**
             * @description MERCHANT: 가맹점이 끔, GONE: 410으로 답함, EXHAUSTED: 모든 시도가 실패 / Why it is disabled: by the merchant, it answered 410, or every try failed
             * @enum {string|null}
             */
            disabledReason: "MERCHANT" | "GONE" | "EXHAUSTED" | null;
            /**
             * Format: date-time
             * @description 그때까지 앞의 비밀로도 서명 / Until then the secret before signs too
             * @example null
             */
            previousSecretUntil: string | null;
            /**
             * Format: date-time
             * @example 2026-11-21T15:04:05.000+09:00
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-21T15:04:05.000+09:00
             */
            updatedAt: string;
            /**
             * @description 서명을 확인할 비밀. 이 응답에서 한 번만 보입니다 / For verifying signatures. Shown in this answer only
             * @example whsec_q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=
             */
            secret: string;
        };
        ChangeWebhookEndpointRequest: {
            /**
             * @description 받을 이벤트, null이면 모두 / Event types; null = all, later ones too
             * @example [
             *       "payment.approved",
             *       "payment.cancelled"
             *     ]
             */
            eventTypes?: ("payment.approved" | "payment.failed" | "payment.cancelled" | "payment.partially_cancelled" | "payment.reversed" | "virtual_account.issued" | "virtual_account.deposited" | "virtual_account.expired" | "virtual_account.closed" | "billing_key.issued" | "billing_key.revoked" | "subscription.charged" | "subscription.failed" | "subscription.past_due" | "subscription.upcoming" | "subscription.cancelled" | "subscription.completed" | "cash_receipt.issued" | "cash_receipt.cancelled" | "settlement.confirmed" | "settlement.paid" | "webhook_endpoint.disabled")[] | null;
            /**
             * @description 메모 / A note
             * @example 주문 서버
             */
            description?: string | null;
            /** @example https://shop.example.com/webhooks */
            url?: string;
            /**
             * @description false면 끄고 true면 다시 켭니다. 켜면 그동안 기다린 것이 이어서 갑니다 / Off, or on again; what has waited goes on then
             * @example true
             */
            enabled?: boolean;
        };
        RotateSecretRequest: {
            /**
             * Format: int64
             * @description 앞의 비밀로도 서명할 초, 없으면 하루. 새어 나갔으면 0 / Seconds in which the secret before signs too, a day when absent; 0 when it has leaked
             * @example 86400
             */
            overlapSeconds?: number;
        };
        WebhookDeliveryResponse: {
            /** @example whd_01KAJR38VNR81X7S9FZBZ4D62E */
            deliveryId: string;
            /** @example evt_01KAJR38VNR81X7S9FZBZ4D62E */
            eventId: string;
            /** @example whe_01KAJR38VNR81X7S9FZBZ4D62E */
            endpointId: string;
            /** @example payment.approved */
            eventType: string;
            /**
             * Format: int64
             * @description 이벤트의 순번 / Sequence of the event
             * @example 17
             */
            sequence: number;
            /**
             * Format: int64
             * @description 몇 번째 재전송, 처음은 0 / Which redelivery; 0 = the first delivery
             * @example 0
             */
            round: number;
            /**
             * @example DELIVERED
             * @enum {string}
             */
            status: "PENDING" | "SENDING" | "DELIVERED" | "FAILED" | "DISCARDED";
            /**
             * Format: int64
             * @description 보낸 횟수 / Tries made
             * @example 1
             */
            tries: number;
            /**
             * Format: date-time
             * @example null
             */
            nextTryAt: string | null;
            /**
             * @example DELIVERED
             * @enum {string|null}
             */
            lastOutcome: "DELIVERED" | "HTTP_ERROR" | "REDIRECTED" | "GONE" | "TIMED_OUT" | "CONNECTION_FAILED" | "TLS_FAILED" | "NAME_UNKNOWN" | "ADDRESS_REFUSED" | null;
            /**
             * Format: int64
             * @example 200
             */
            lastHttpStatus: number | null;
            /**
             * Format: int64
             * @example 84
             */
            lastDurationMs: number | null;
            /**
             * Format: date-time
             * @example 2026-11-21T15:04:05.000+09:00
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-21T15:04:05.000+09:00
             */
            endedAt: string | null;
        };
        RedeliverRangeRequest: {
            /**
             * Format: date-time
             * @description 이 시각부터 / From
             * @example 2026-11-21T00:00:00+09:00
             */
            from: string;
            /**
             * Format: date-time
             * @description 이 시각 전까지 / Before
             * @example 2026-11-21T12:00:00+09:00
             */
            to: string;
            /**
             * @description 마지막 전송이 이렇게 끝난 것만. 없으면 꺼져 있어 보내지 않은 것까지 / Only events whose latest delivery ended so; without it also those that were never sent, as while it was disabled
             * @example FAILED
             * @enum {string}
             */
            state?: "DELIVERED" | "FAILED" | "DISCARDED";
        };
        RedeliveryResponse: {
            /**
             * Format: int64
             * @description 다시 보낼 이벤트 수 / How many events are sent again
             * @example 12
             */
            count: number;
        };
        WebhookDeliveryListResponse: {
            /** @description 최근 것부터 / Newest first */
            data: components["schemas"]["WebhookDeliveryResponse"][];
            /**
             * @description 다음 쪽의 cursor, 없으면 null / Cursor of the next page; null = the last
             * @example null
             */
            nextCursor: string | null;
        };
        TriedResponse: {
            /**
             * @description 결과 / Outcome
             * @example DELIVERED
             * @enum {string}
             */
            outcome: "DELIVERED" | "HTTP_ERROR" | "REDIRECTED" | "GONE" | "TIMED_OUT" | "CONNECTION_FAILED" | "TLS_FAILED" | "NAME_UNKNOWN" | "ADDRESS_REFUSED";
            /**
             * Format: int64
             * @description HTTP 상태 / HTTP status
             * @example 200
             */
            httpStatus: number | null;
            /**
             * Format: int64
             * @description 걸린 시간(ms) / Milliseconds that it took
             * @example 84
             */
            durationMs: number;
            /**
             * Format: date-time
             * @example 2026-11-21T15:04:05.000+09:00
             */
            startedAt: string;
        };
        WebhookDeliveryDetailResponse: {
            /** @example whd_01KAJR38VNR81X7S9FZBZ4D62E */
            deliveryId: string;
            /** @example evt_01KAJR38VNR81X7S9FZBZ4D62E */
            eventId: string;
            /** @example whe_01KAJR38VNR81X7S9FZBZ4D62E */
            endpointId: string;
            /** @example payment.approved */
            eventType: string;
            /**
             * Format: int64
             * @description 이벤트의 순번 / Sequence of the event
             * @example 17
             */
            sequence: number;
            /**
             * Format: int64
             * @description 몇 번째 재전송, 처음은 0 / Which redelivery; 0 = the first delivery
             * @example 0
             */
            round: number;
            /**
             * @example DELIVERED
             * @enum {string}
             */
            status: "PENDING" | "SENDING" | "DELIVERED" | "FAILED" | "DISCARDED";
            /**
             * Format: int64
             * @description 보낸 횟수 / Tries made
             * @example 1
             */
            tries: number;
            /**
             * Format: date-time
             * @example null
             */
            nextTryAt: string | null;
            /**
             * @example DELIVERED
             * @enum {string|null}
             */
            lastOutcome: "DELIVERED" | "HTTP_ERROR" | "REDIRECTED" | "GONE" | "TIMED_OUT" | "CONNECTION_FAILED" | "TLS_FAILED" | "NAME_UNKNOWN" | "ADDRESS_REFUSED" | null;
            /**
             * Format: int64
             * @example 200
             */
            lastHttpStatus: number | null;
            /**
             * Format: int64
             * @example 84
             */
            lastDurationMs: number | null;
            /**
             * Format: date-time
             * @example 2026-11-21T15:04:05.000+09:00
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-21T15:04:05.000+09:00
             */
            endedAt: string | null;
            /** @description 오래된 것부터, 최근 100번 / Oldest first, the latest 100 */
            attempts: components["schemas"]["TriedResponse"][];
        };
        PaymentEventData: {
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId: string;
            /**
             * @description 이 호출의 결과 / What this call came to; only on calls that change something
             * @example SUCCESS
             * @enum {string}
             */
            outcome?: "SUCCESS" | "DUPLICATE" | "FAILURE";
            /** @example M0000001 */
            mid: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * @example APPROVED
             * @enum {string}
             */
            status: "CREATED" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" | "APPROVED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "EXPIRED" | "REVERSING" | "REVERSED";
            /** @example CARD */
            method: string;
            /** @example KRW */
            currency: string;
            /**
             * Format: int64
             * @description 승인 금액, 포인트 포함 / Amount approved, points included, in won
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @description 그중 포인트로 낸 금액 / What of it points paid
             * @example 0
             */
            pointAmount: number;
            /**
             * Format: int64
             * @description 그중 포인트가 아닌 금액: 원천사가 승인한 금액 / The rest: what the acquirer approved
             * @example 55000
             */
            cardAmount: number;
            /**
             * Format: int64
             * @description 남은 금액 / What may still be cancelled
             * @example 55000
             */
            balanceAmount: number;
            /**
             * Format: int64
             * @description 취소된 금액 / What was cancelled
             * @example 0
             */
            cancelledAmount: number;
            /**
             * Format: int64
             * @description 결과를 확인 중인 취소 금액 / Cancels whose outcome is not known yet
             * @example 0
             */
            pendingCancelAmount: number;
            /**
             * Format: int64
             * @description 공급가액 / Supply value
             * @example 50000
             */
            supplyAmount: number;
            /**
             * Format: int64
             * @description 부가세 / VAT
             * @example 5000
             */
            vat: number;
            /**
             * Format: int64
             * @description 면세 금액 / Tax-free amount
             * @example 0
             */
            taxFreeAmount: number;
            /**
             * Format: int64
             * @description 봉사료 / Service charge
             * @example 0
             */
            serviceCharge: number;
            /** @example 아메리카노 외 2건 */
            goodsName: string;
            /** @example 홍길동 */
            buyerName: string | null;
            /** @example customer-0001 */
            customerKey: string | null;
            /** @example null */
            branchId: string | null;
            card: components["schemas"]["CardResponse"] | null;
            /**
             * @description 원천사 / Acquirer
             * @example toss
             */
            acquirer: string;
            /**
             * @description 원천사 거래 키 / Its key
             * @example tk_20260102030405abcd1
             */
            acquirerTransactionId: string | null;
            /**
             * @description 승인번호 / Approval number
             * @example 00012345
             */
            approvalNo: string | null;
            failure: components["schemas"]["FailureResponse"] | null;
            /**
             * @example {
             *       "cartId": "c-77"
             *     }
             */
            metadata: Record<string, never> | null;
            /** @example 2026-01-02T03:04:06.000+09:00 */
            approvedAt: string | null;
            /** @example 2026-01-02T03:04:05.123+09:00 */
            createdAt: string;
            /**
             * @description 되돌리는 중일 때 다음 확인 시각 / Next check while reversing
             * @example null
             */
            nextCheckAt: string | null;
            /** @description 이 이벤트의 취소, 취소가 아니면 null / The cancel that it is about; null if about none */
            cancel: components["schemas"]["CancelResponse"] | null;
        };
        VirtualAccountEventData: {
            /** @example vac_01KAJR38VNR81X7S9FZBZ4D62E */
            virtualAccountId: string;
            /** @example pay_01KAJR38VNR81X7S9FZBZ4D62E */
            paymentId: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /**
             * @description 결제 상태 / State of the payment
             * @example APPROVED
             */
            status: string;
            /**
             * Format: int64
             * @description 원 / Won
             * @example 50000
             */
            amount: number;
            /** @example 088 */
            bankCode: string | null;
            /**
             * @description 가린 번호 / Masked
             * @example 110****7890
             */
            accountNumber: string | null;
            /** @example 2026-11-21T15:04:05.000+09:00 */
            dueAt: string;
            /** @example 2026-11-21T15:04:05.000+09:00 */
            depositedAt: string | null;
        };
        BillingKeyEventData: {
            /** @example bil_01KAJR38VNR81X7S9FZBZ4D62E */
            billingKey: string;
            /** @example M0000001 */
            mid: string;
            /** @example toss */
            acquirer: string | null;
            /** @example 4242 */
            cardLast4: string | null;
            /** @example 2026-11-21T15:04:05.000+09:00 */
            occurredAt: string;
        };
        SubscriptionEventData: {
            /** @example sub_01KAJR38VNR81X7S9FZBZ4D62E */
            subscriptionId: string;
            /** @example bil_01KAJR38VNR81X7S9FZBZ4D62E */
            billingKey: string;
            /** @example sch_01KAJR38VNR81X7S9FZBZ4D62E */
            chargeId?: string;
            /**
             * Format: int64
             * @description 회차 / Period
             * @example 2
             */
            period?: number;
            /**
             * @description 결제일 / Day of the charge
             * @example 2026-12-21
             */
            chargeOn?: string;
            /**
             * Format: int64
             * @description 원 / Won
             * @example 9900
             */
            amount?: number;
            /** @example sub_01KAJR38VNR81X7S9FZBZ4D62E-2-1 */
            orderNo?: string;
            /**
             * Format: int64
             * @description 그 회차의 시도 / Try of that period
             * @example 1
             */
            tryNumber?: number;
            /** @example pay_01KAJR38VNR81X7S9FZBZ4D62E */
            paymentId?: string | null;
            /** @example CARD_LIMIT_EXCEEDED */
            failureCode?: string;
            /**
             * @description 다음 시도 / Next try
             * @example 2026-12-21
             */
            retryOn?: string | null;
            /** @example 2026-11-21T15:04:05.000+09:00 */
            occurredAt: string;
        };
        CashReceiptCancelData: {
            /**
             * Format: int64
             * @description 원 / Won
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @example 50000
             */
            supplyAmount: number;
            /**
             * Format: int64
             * @example 5000
             */
            vat: number;
            /**
             * Format: int64
             * @example 0
             */
            taxFreeAmount: number;
            /**
             * Format: int64
             * @example 0
             */
            serviceCharge: number;
            /** @example 123456789 */
            approvalNo: string | null;
            /** @example crn_01KAJR38VNR81X7S9FZBZ4D62E */
            cancelId: string;
            /** @example 2026-11-21T15:04:05.000+09:00 */
            cancelledAt: string;
        };
        CashReceiptEventData: {
            /**
             * Format: int64
             * @description 원 / Won
             * @example 55000
             */
            amount: number;
            /**
             * Format: int64
             * @example 50000
             */
            supplyAmount: number;
            /**
             * Format: int64
             * @example 5000
             */
            vat: number;
            /**
             * Format: int64
             * @example 0
             */
            taxFreeAmount: number;
            /**
             * Format: int64
             * @example 0
             */
            serviceCharge: number;
            /** @example 123456789 */
            approvalNo: string | null;
            /** @example crc_01KAJR38VNR81X7S9FZBZ4D62E */
            receiptId: string;
            /** @example ORDER-20260102-0001 */
            orderNo: string;
            /** @example null */
            paymentId: string | null;
            /** @example INCOME_DEDUCTION */
            purpose: string;
            /**
             * @description 가린 값 / Masked
             * @example 010****5599
             */
            identifier: string;
            /** @example ISSUED */
            status: string;
            /** @example 2026-11-21T15:04:05.000+09:00 */
            issuedAt?: string;
            /**
             * Format: int64
             * @example 55000
             */
            cancelledAmount?: number;
            cancel?: components["schemas"]["CashReceiptCancelData"];
        };
        SettlementEventData: {
            /** @example stl_01KAJR38VNR81X7S9FZBZ4D62E */
            settlementId: string;
            /** @example ctr_01KAJR38VNR81X7S9FZBZ4D62E */
            contractId: string;
            /** @example 2026-12-21 */
            payoutOn: string;
            /** @example CONFIRMED */
            status: string;
            /**
             * Format: int64
             * @example 12
             */
            lineCount: number;
            /**
             * Format: int64
             * @example 1000000
             */
            approvalAmount: number;
            /**
             * Format: int64
             * @example -50000
             */
            cancelAmount: number;
            /**
             * Format: int64
             * @example 30400
             */
            fee: number;
            /**
             * Format: int64
             * @example 3040
             */
            vat: number;
            /**
             * Format: int64
             * @example 0
             */
            adjustmentAmount: number;
            /**
             * Format: int64
             * @example 0
             */
            carriedIn: number;
            /**
             * Format: int64
             * @example 916560
             */
            payoutAmount: number;
            /** @example 2026-11-21T15:04:05.000+09:00 */
            at: string;
        };
        EndpointEventData: {
            /** @example whe_01KAJR38VNR81X7S9FZBZ4D62E */
            endpointId: string;
            /** @example https://shop.example.com/webhooks */
            url: string;
            /** @example DISABLED */
            status: string;
            /**
             * @example EXHAUSTED
             * @enum {string}
             */
            reason: "GONE" | "EXHAUSTED";
            /** @example 2026-11-21T15:04:05.000+09:00 */
            occurredAt: string;
        };
        TestEventData: {
            /** @example whe_01KAJR38VNR81X7S9FZBZ4D62E */
            endpointId: string;
            /** @example 2026-11-21T15:04:05.000+09:00 */
            occurredAt: string;
        };
        WebhookEventResponse: {
            /**
             * @description 언제나 같은 값. 같은 이벤트가 두 번 오면 이것으로 거릅니다 / Stable: tells an event that comes twice; also the header webhook-id
             * @example evt_01KAJR38VNR81X7S9FZBZ4D62E
             */
            id: string;
            /**
             * @example payment.approved
             * @enum {string}
             */
            type: "payment.approved" | "payment.failed" | "payment.cancelled" | "payment.partially_cancelled" | "payment.reversed" | "virtual_account.issued" | "virtual_account.deposited" | "virtual_account.expired" | "virtual_account.closed" | "billing_key.issued" | "billing_key.revoked" | "subscription.charged" | "subscription.failed" | "subscription.past_due" | "subscription.upcoming" | "subscription.cancelled" | "subscription.completed" | "cash_receipt.issued" | "cash_receipt.cancelled" | "settlement.confirmed" | "settlement.paid" | "webhook_endpoint.disabled" | "webhook.test";
            /**
             * @description data 형식의 날짜. 항목이 늘 수는 있고, 그 밖의 변경은 새 날짜가 됩니다 / Date of the form of data; fields may be added to it, any other change gets a new date
             * @example 2026-11-21
             */
            schemaVersion: string;
            /** @example M0000001 */
            mid: string;
            /**
             * Format: int64
             * @description 가맹점 안의 순번. 늦게 온 것을 가려냅니다 / Number within the merchant: tells what came late. Changes of one thing are numbered in their order
             * @example 17
             */
            sequence: number;
            /**
             * Format: date-time
             * @description 일어난 시각 / When it happened
             * @example 2026-11-21T15:04:05.000+09:00
             */
            timestamp: string;
            /** @description type의 앞부분에 따른 내용 / By the first part of type */
            data: components["schemas"]["PaymentEventData"] | components["schemas"]["VirtualAccountEventData"] | components["schemas"]["BillingKeyEventData"] | components["schemas"]["SubscriptionEventData"] | components["schemas"]["CashReceiptEventData"] | components["schemas"]["SettlementEventData"] | components["schemas"]["EndpointEventData"] | components["schemas"]["TestEventData"];
        };
        WebhookEventListResponse: {
            data: components["schemas"]["WebhookEventResponse"][];
            /**
             * @description 다음 쪽의 cursor, 없으면 null / Cursor of the next page; null = the last
             * @example null
             */
            nextCursor: string | null;
        };
        ProblemField: {
            /** @example amount */
            field: string;
            /** @example OUT_OF_RANGE */
            code: string;
            /** @example 허용 범위를 벗어났습니다. */
            message: string;
        };
        ProblemAcquirer: {
            /** @example toss */
            name: string;
            /** @example REJECT_CARD_COMPANY */
            code: string;
            /** @example 결제 승인이 거절되었습니다. */
            message: string;
        };
        Problem: {
            /** @example pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH */
            paymentId?: string;
            /**
             * @description 결제 상태 / Status of the payment
             * @example FAILED
             */
            paymentStatus?: string;
            /**
             * @example FAILURE
             * @enum {string}
             */
            outcome?: "FAILURE" | "UNKNOWN";
            /**
             * @description 취소 / The cancel
             * @example pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            cancelId?: string;
            /**
             * Format: int64
             * @description 취소할 수 있는 금액(원) / Won that can still be cancelled
             * @example 45000
             */
            balanceAmount?: number;
            /**
             * @description 취소의 상태 / Status of the cancel
             * @example IN_PROGRESS
             */
            cancelStatus?: string;
            /**
             * @description 주문번호를 막아 두었음 / The order number is barred from now on
             * @example true
             */
            barred?: boolean;
            /**
             * @description 다시 확인하는 시각 / When it is looked at again
             * @example 2026-01-02T03:04:15.000+09:00
             */
            nextCheckAt?: string;
            /**
             * @description 빌링키 / The billing key
             * @example bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            billingKey?: string;
            /**
             * @description 빌링키의 상태 / Status of the billing key
             * @example REVOKED
             */
            billingKeyStatus?: string;
            /**
             * @description 구독의 상태 / Status of the subscription
             * @example PAUSED
             */
            subscriptionStatus?: string;
            /**
             * @description 현금영수증 / The cash receipt
             * @example crc_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            receiptId?: string;
            /**
             * @description 현금영수증의 상태 / Status of the cash receipt
             * @example CANCELLED
             */
            receiptStatus?: string;
            /**
             * @description SMS 결제의 상태 / Status of the SMS payment
             * @example EXPIRED
             */
            smsPaymentStatus?: string;
            /**
             * @description 다시 보낼 수 있는 시각 / When the next one may be sent
             * @example 2026-01-02T03:05:05.000+09:00
             */
            nextSendAt?: string;
            /**
             * Format: int64
             * @description 남은 입력 횟수 / Tries that are left
             * @example 4
             */
            triesLeft?: number;
            /**
             * @description 정산의 상태 / Status of the settlement
             * @example CONFIRMED
             */
            settlementStatus?: string;
            /**
             * @description 지급 보류 / The hold on payouts
             * @example hld_01K9Z3V4T5W6X7Y8Z9ABCDEFGH
             */
            holdId?: string;
            /**
             * @description 가맹점 / The merchant
             * @example M0000001
             */
            mid?: string;
            /**
             * @description 대리점 / The agency
             * @example AG0001
             */
            agencyCode?: string;
            /**
             * @description 그날 / The day it is about
             * @example 2026-02-01
             */
            day?: string;
            /**
             * Format: int64
             * @description 수수료율의 합(백만분율) / Sum of the rates, in parts per million
             * @example 33000
             */
            sumPpm?: number;
            /**
             * @description 달력에 없는 해 / The year that the calendar does not know
             * @example 2030
             */
            year?: string;
            /**
             * @description 이날까지 정산이 끝남 / Days up to this one are settled
             * @example 2026-01-31
             */
            closedThrough?: string;
            /**
             * @description 대사 건의 상태 / Status of the reconciliation case
             * @example RESOLVED
             */
            caseStatus?: string;
            /**
             * @description 지급일 / Day of the payout
             * @example 2026-02-03
             */
            payoutDay?: string;
            /** @example https://api.example.com/docs/errors/VALIDATION_FAILED */
            type: string;
            /** @example 입력값이 올바르지 않습니다 */
            title: string;
            /**
             * @description HTTP 상태. ACQUIRER_TIMEOUT만 결제 상태(REVERSED, REVERSING …)를 담습니다. / HTTP status; only ACQUIRER_TIMEOUT carries the status of the payment instead
             * @example 400
             */
            status: number | string;
            /** @example errors에 적힌 항목을 고쳐 다시 보내 주세요. */
            detail: string;
            /**
             * @description 바뀌지 않는 코드 / Stable code
             * @example VALIDATION_FAILED
             */
            code: string;
            /** @example req_5f0c1c2e-6f0f-4d3a-9a53-0d7a3c1b2a10 */
            traceId: string;
            errors?: components["schemas"]["ProblemField"][];
            acquirer?: components["schemas"]["ProblemAcquirer"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    branchesList: {
        parameters: {
            query?: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
                /** @description 가맹점. 대리점은 꼭, 운영자는 query나 code로 찾을 때 필요 / Merchant; agencies always name one, operators for a search by query or code */
                mid?: string;
                /** @description 상태 / Status */
                status?: "ACTIVE" | "SUSPENDED" | "CLOSED";
                /** @description 이름의 앞부분. 이름순으로 보여 줍니다 / How the name begins; listed by name */
                query?: string;
                /** @description 영업점 코드 / Branch code */
                code?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 영업점 / The branches */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "branchId": "brn_0000000000DEM0BRANCH000001",
                     *           "mid": "M0000001",
                     *           "code": "GANAM-01",
                     *           "name": "모두의문구 가온점",
                     *           "status": "ACTIVE",
                     *           "statusReason": null,
                     *           "statusChangedAt": null,
                     *           "version": 1,
                     *           "createdAt": "2026-11-21T15:04:05.000+09:00"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["BranchListResponse"];
                };
            };
        };
    };
    branchesOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 영업점 ID / Branch id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 영업점 / The branch */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "branchId": "brn_0000000000DEM0BRANCH000001",
                     *       "mid": "M0000001",
                     *       "code": "GANAM-01",
                     *       "name": "모두의문구 가온점",
                     *       "status": "ACTIVE",
                     *       "statusReason": null,
                     *       "statusChangedAt": null,
                     *       "version": 1,
                     *       "createdAt": "2026-11-21T15:04:05.000+09:00",
                     *       "address": "서울특별시 중구 가온로 11",
                     *       "phone": "0200002001",
                     *       "events": [
                     *         {
                     *           "from": "ACTIVE",
                     *           "to": "SUSPENDED",
                     *           "actor": "member:mem_01KAJR38VNR81X7S9FZBZ4D62E",
                     *           "reason": "정기 점검",
                     *           "occurredAt": "2026-11-21T15:04:05.000+09:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BranchDetailResponse"];
                };
            };
        };
    };
    pointsAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 가맹점의 고객 키 / Your key of the customer */
                customerKey: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 포인트 / The points */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "customerKey": "customer-0001",
                     *       "balance": 12000,
                     *       "heldAmount": 3000,
                     *       "debtAmount": 0,
                     *       "updatedAt": "2026-01-02T03:04:06.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["PointAccountResponse"];
                };
            };
        };
    };
    pointsHistory: {
        parameters: {
            query?: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description 가맹점의 고객 키 / Your key of the customer */
                customerKey: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 이력 / The history */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "entryId": "pnt_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "kind": "HOLD",
                     *           "amount": 3000,
                     *           "balanceChange": -3000,
                     *           "heldChange": 3000,
                     *           "debtChange": 0,
                     *           "balanceAfter": 9000,
                     *           "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "cancelId": null,
                     *           "reason": "held for a payment",
                     *           "actor": "merchant:M0000001",
                     *           "occurredAt": "2026-01-02T03:04:06.000+09:00"
                     *         }
                     *       ],
                     *       "nextCursor": "MTc2MzY5MDQwMDAwMC40Mg"
                     *     }
                     */
                    "application/json": components["schemas"]["PointHistoryResponse"];
                };
            };
        };
    };
    pointsQuote: {
        parameters: {
            query: {
                /** @description 결제 수단 / Payment method */
                method: "CARD" | "VIRTUAL_ACCOUNT" | "BANK_TRANSFER" | "EASY_PAY";
                /** @description 할인 전 주문 금액(원) / Order before discount */
                amount: number;
                /** @description 쓰고 싶은 포인트 / Points that are to be used */
                pointAmount?: number;
            };
            header?: never;
            path: {
                /** @description 가맹점의 고객 키 / Your key of the customer */
                customerKey: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 미리 보기 / The reckoning */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "balance": 12000,
                     *       "discountAmount": 1500,
                     *       "payableAmount": 48500,
                     *       "minimumUse": 1000,
                     *       "maximumUse": 12000,
                     *       "pointAmount": 10000,
                     *       "cardAmount": 38500,
                     *       "earnedPoints": 385
                     *     }
                     */
                    "application/json": components["schemas"]["PointQuoteResponse"];
                };
            };
        };
    };
    pointsAdjust: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 가맹점의 고객 키 / Your key of the customer */
                customerKey: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amount": 5000,
                 *       "reason": "가입 축하"
                 *     }
                 */
                "application/json": components["schemas"]["AdjustPointsRequest"];
            };
        };
        responses: {
            /** @description 이력의 한 줄 / Its line of the history */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entryId": "pnt_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "kind": "HOLD",
                     *       "amount": 3000,
                     *       "balanceChange": -3000,
                     *       "heldChange": 3000,
                     *       "debtChange": 0,
                     *       "balanceAfter": 9000,
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "cancelId": null,
                     *       "reason": "held for a payment",
                     *       "actor": "merchant:M0000001",
                     *       "occurredAt": "2026-01-02T03:04:06.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["PointEntryResponse"];
                };
            };
        };
    };
    pointPoliciesList: {
        parameters: {
            query?: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description 결제 수단 / Payment method */
                method: "CARD" | "VIRTUAL_ACCOUNT" | "BANK_TRANSFER" | "EASY_PAY";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 정책 / The policies */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "current": {
                     *         "policyId": "ppl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *         "method": "CARD",
                     *         "effectiveFrom": "2026-01-01T00:00:00.000+09:00",
                     *         "earnRatePpm": 10000,
                     *         "minimumUse": 1000,
                     *         "maximumSharePpm": 500000,
                     *         "discount": {
                     *           "kind": "RATE",
                     *           "value": 30000
                     *         },
                     *         "refundOrder": "CARD_FIRST",
                     *         "createdBy": "member:mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *         "createdAt": "2026-01-01T00:00:00.000+09:00"
                     *       },
                     *       "data": [
                     *         {
                     *           "policyId": "ppl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "method": "CARD",
                     *           "effectiveFrom": "2026-01-01T00:00:00.000+09:00",
                     *           "earnRatePpm": 10000,
                     *           "minimumUse": 1000,
                     *           "maximumSharePpm": 500000,
                     *           "discount": {
                     *             "kind": "RATE",
                     *             "value": 30000
                     *           },
                     *           "refundOrder": "CARD_FIRST",
                     *           "createdBy": "member:mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "createdAt": "2026-01-01T00:00:00.000+09:00"
                     *         }
                     *       ],
                     *       "nextCursor": "MTc2MzY5MDQwMDAwMC40Mg"
                     *     }
                     */
                    "application/json": components["schemas"]["PointPoliciesResponse"];
                };
            };
        };
    };
    paymentsApprove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mid": "M0000001",
                 *       "encData": "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZWtfdGVzdF9NMDAwMDAwMSJ9..iv.ciphertext.tag",
                 *       "iv": "MDEyMzQ1Njc4OWFiY2RlZg==",
                 *       "mac": "b94d27…"
                 *     }
                 */
                "application/json": components["schemas"]["EncryptedRequest"];
            };
        };
        responses: {
            /** @description 승인됨 / Approved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "outcome": "SUCCESS",
                     *       "mid": "M0000001",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "status": "APPROVED",
                     *       "method": "CARD",
                     *       "currency": "KRW",
                     *       "amount": 55000,
                     *       "pointAmount": 0,
                     *       "cardAmount": 55000,
                     *       "balanceAmount": 55000,
                     *       "cancelledAmount": 0,
                     *       "pendingCancelAmount": 0,
                     *       "supplyAmount": 50000,
                     *       "vat": 5000,
                     *       "taxFreeAmount": 0,
                     *       "serviceCharge": 0,
                     *       "goodsName": "아메리카노 외 2건",
                     *       "buyerName": "홍길동",
                     *       "customerKey": "customer-0001",
                     *       "branchId": null,
                     *       "card": {
                     *         "number": "424242******4242",
                     *         "issuer": "SHINHAN",
                     *         "type": "CREDIT",
                     *         "ownerType": "PERSONAL",
                     *         "installmentMonths": 0,
                     *         "interestFree": false
                     *       },
                     *       "acquirer": "toss",
                     *       "acquirerTransactionId": "tk_20260102030405abcd1",
                     *       "approvalNo": "00012345",
                     *       "failure": {
                     *         "code": "CARD_LIMIT_EXCEEDED",
                     *         "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *         "acquirerMessage": "한도를 초과했습니다."
                     *       },
                     *       "metadata": {
                     *         "cartId": "c-77"
                     *       },
                     *       "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *       "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *       "nextCheckAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentResponse"];
                };
            };
        };
    };
    paymentsNetCancelOrder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "orderNo": "ORDER-20260102-0001",
                 *       "reason": "응답을 받지 못함"
                 *     }
                 */
                "application/json": components["schemas"]["NetCancelRequest"];
            };
        };
        responses: {
            /** @description 아무도 청구되지 않음 / Nobody is charged */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "outcome": "SUCCESS",
                     *       "mid": "M0000001",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "status": "APPROVED",
                     *       "method": "CARD",
                     *       "currency": "KRW",
                     *       "amount": 55000,
                     *       "pointAmount": 0,
                     *       "cardAmount": 55000,
                     *       "balanceAmount": 55000,
                     *       "cancelledAmount": 0,
                     *       "pendingCancelAmount": 0,
                     *       "supplyAmount": 50000,
                     *       "vat": 5000,
                     *       "taxFreeAmount": 0,
                     *       "serviceCharge": 0,
                     *       "goodsName": "아메리카노 외 2건",
                     *       "buyerName": "홍길동",
                     *       "customerKey": "customer-0001",
                     *       "branchId": null,
                     *       "card": {
                     *         "number": "424242******4242",
                     *         "issuer": "SHINHAN",
                     *         "type": "CREDIT",
                     *         "ownerType": "PERSONAL",
                     *         "installmentMonths": 0,
                     *         "interestFree": false
                     *       },
                     *       "acquirer": "toss",
                     *       "acquirerTransactionId": "tk_20260102030405abcd1",
                     *       "approvalNo": "00012345",
                     *       "failure": {
                     *         "code": "CARD_LIMIT_EXCEEDED",
                     *         "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *         "acquirerMessage": "한도를 초과했습니다."
                     *       },
                     *       "metadata": {
                     *         "cartId": "c-77"
                     *       },
                     *       "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *       "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *       "nextCheckAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentResponse"];
                };
            };
        };
    };
    paymentsStats: {
        parameters: {
            query?: {
                /** @description 시작일 / First day */
                from?: string;
                /** @description 종료일 / Last day */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 통계 / Statistics */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "total": 120,
                     *       "completed": 100,
                     *       "cancelled": 10,
                     *       "pending": 1,
                     *       "failed": 9,
                     *       "totalAmount": 5500000,
                     *       "cancelledAmount": 300000
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentStatsResponse"];
                };
            };
        };
    };
    paymentsByOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderNo: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 결제 / The payment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "outcome": "SUCCESS",
                     *       "mid": "M0000001",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "status": "APPROVED",
                     *       "method": "CARD",
                     *       "currency": "KRW",
                     *       "amount": 55000,
                     *       "pointAmount": 0,
                     *       "cardAmount": 55000,
                     *       "balanceAmount": 55000,
                     *       "cancelledAmount": 0,
                     *       "pendingCancelAmount": 0,
                     *       "supplyAmount": 50000,
                     *       "vat": 5000,
                     *       "taxFreeAmount": 0,
                     *       "serviceCharge": 0,
                     *       "goodsName": "아메리카노 외 2건",
                     *       "buyerName": "홍길동",
                     *       "customerKey": "customer-0001",
                     *       "branchId": null,
                     *       "card": {
                     *         "number": "424242******4242",
                     *         "issuer": "SHINHAN",
                     *         "type": "CREDIT",
                     *         "ownerType": "PERSONAL",
                     *         "installmentMonths": 0,
                     *         "interestFree": false
                     *       },
                     *       "acquirer": "toss",
                     *       "acquirerTransactionId": "tk_20260102030405abcd1",
                     *       "approvalNo": "00012345",
                     *       "failure": {
                     *         "code": "CARD_LIMIT_EXCEEDED",
                     *         "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *         "acquirerMessage": "한도를 초과했습니다."
                     *       },
                     *       "metadata": {
                     *         "cartId": "c-77"
                     *       },
                     *       "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *       "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *       "nextCheckAt": null,
                     *       "cancels": [
                     *         {
                     *           "cancelId": "pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "status": "DONE",
                     *           "amount": 15000,
                     *           "pointAmount": 0,
                     *           "cardAmount": 15000,
                     *           "taxFreeAmount": 0,
                     *           "reason": "고객 변심",
                     *           "refundAccount": {
                     *             "bankCode": "088",
                     *             "accountNumber": "********6789"
                     *           },
                     *           "acquirerCancelId": "0AB12CD34EF56GH78IJ90KL12MN34OP5",
                     *           "failure": {
                     *             "code": "CARD_LIMIT_EXCEEDED",
                     *             "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *             "acquirerMessage": "한도를 초과했습니다."
                     *           },
                     *           "balanceAfter": 40000,
                     *           "requestedAt": "2026-01-02T04:04:05.123+09:00",
                     *           "cancelledAt": "2026-01-02T04:04:06.000+09:00"
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "from": "IN_PROGRESS",
                     *           "to": "APPROVED",
                     *           "actor": "merchant:M0000001",
                     *           "reason": "approved by the acquirer",
                     *           "cancelId": null,
                     *           "occurredAt": "2026-01-02T03:04:06.000+09:00"
                     *         }
                     *       ],
                     *       "attempts": [
                     *         {
                     *           "acquirer": "toss",
                     *           "acquirerOrderNo": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "acquirerTransactionId": "tk_20260102030405abcd1",
                     *           "operation": "APPROVE",
                     *           "outcome": "APPROVED",
                     *           "code": null,
                     *           "latencyMs": 120,
                     *           "startedAt": "2026-01-02T03:04:05.130+09:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentDetailResponse"];
                };
            };
        };
    };
    paymentsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                paymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 결제 / The payment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "outcome": "SUCCESS",
                     *       "mid": "M0000001",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "status": "APPROVED",
                     *       "method": "CARD",
                     *       "currency": "KRW",
                     *       "amount": 55000,
                     *       "pointAmount": 0,
                     *       "cardAmount": 55000,
                     *       "balanceAmount": 55000,
                     *       "cancelledAmount": 0,
                     *       "pendingCancelAmount": 0,
                     *       "supplyAmount": 50000,
                     *       "vat": 5000,
                     *       "taxFreeAmount": 0,
                     *       "serviceCharge": 0,
                     *       "goodsName": "아메리카노 외 2건",
                     *       "buyerName": "홍길동",
                     *       "customerKey": "customer-0001",
                     *       "branchId": null,
                     *       "card": {
                     *         "number": "424242******4242",
                     *         "issuer": "SHINHAN",
                     *         "type": "CREDIT",
                     *         "ownerType": "PERSONAL",
                     *         "installmentMonths": 0,
                     *         "interestFree": false
                     *       },
                     *       "acquirer": "toss",
                     *       "acquirerTransactionId": "tk_20260102030405abcd1",
                     *       "approvalNo": "00012345",
                     *       "failure": {
                     *         "code": "CARD_LIMIT_EXCEEDED",
                     *         "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *         "acquirerMessage": "한도를 초과했습니다."
                     *       },
                     *       "metadata": {
                     *         "cartId": "c-77"
                     *       },
                     *       "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *       "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *       "nextCheckAt": null,
                     *       "cancels": [
                     *         {
                     *           "cancelId": "pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "status": "DONE",
                     *           "amount": 15000,
                     *           "pointAmount": 0,
                     *           "cardAmount": 15000,
                     *           "taxFreeAmount": 0,
                     *           "reason": "고객 변심",
                     *           "refundAccount": {
                     *             "bankCode": "088",
                     *             "accountNumber": "********6789"
                     *           },
                     *           "acquirerCancelId": "0AB12CD34EF56GH78IJ90KL12MN34OP5",
                     *           "failure": {
                     *             "code": "CARD_LIMIT_EXCEEDED",
                     *             "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *             "acquirerMessage": "한도를 초과했습니다."
                     *           },
                     *           "balanceAfter": 40000,
                     *           "requestedAt": "2026-01-02T04:04:05.123+09:00",
                     *           "cancelledAt": "2026-01-02T04:04:06.000+09:00"
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "from": "IN_PROGRESS",
                     *           "to": "APPROVED",
                     *           "actor": "merchant:M0000001",
                     *           "reason": "approved by the acquirer",
                     *           "cancelId": null,
                     *           "occurredAt": "2026-01-02T03:04:06.000+09:00"
                     *         }
                     *       ],
                     *       "attempts": [
                     *         {
                     *           "acquirer": "toss",
                     *           "acquirerOrderNo": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "acquirerTransactionId": "tk_20260102030405abcd1",
                     *           "operation": "APPROVE",
                     *           "outcome": "APPROVED",
                     *           "code": null,
                     *           "latencyMs": 120,
                     *           "startedAt": "2026-01-02T03:04:05.130+09:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentDetailResponse"];
                };
            };
        };
    };
    paymentsCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                paymentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "cancelAmount": 15000,
                 *       "taxFreeAmount": 0,
                 *       "expectedBalanceAmount": 55000,
                 *       "reason": "고객 변심",
                 *       "refundAccount": {
                 *         "bankCode": "088",
                 *         "accountNumber": "110123456789",
                 *         "holderName": "홍길동"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CancelPaymentRequest"];
            };
        };
        responses: {
            /** @description 취소됨 / Cancelled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "outcome": "SUCCESS",
                     *       "mid": "M0000001",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "status": "APPROVED",
                     *       "method": "CARD",
                     *       "currency": "KRW",
                     *       "amount": 55000,
                     *       "pointAmount": 0,
                     *       "cardAmount": 55000,
                     *       "balanceAmount": 55000,
                     *       "cancelledAmount": 0,
                     *       "pendingCancelAmount": 0,
                     *       "supplyAmount": 50000,
                     *       "vat": 5000,
                     *       "taxFreeAmount": 0,
                     *       "serviceCharge": 0,
                     *       "goodsName": "아메리카노 외 2건",
                     *       "buyerName": "홍길동",
                     *       "customerKey": "customer-0001",
                     *       "branchId": null,
                     *       "card": {
                     *         "number": "424242******4242",
                     *         "issuer": "SHINHAN",
                     *         "type": "CREDIT",
                     *         "ownerType": "PERSONAL",
                     *         "installmentMonths": 0,
                     *         "interestFree": false
                     *       },
                     *       "acquirer": "toss",
                     *       "acquirerTransactionId": "tk_20260102030405abcd1",
                     *       "approvalNo": "00012345",
                     *       "failure": {
                     *         "code": "CARD_LIMIT_EXCEEDED",
                     *         "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *         "acquirerMessage": "한도를 초과했습니다."
                     *       },
                     *       "metadata": {
                     *         "cartId": "c-77"
                     *       },
                     *       "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *       "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *       "nextCheckAt": null,
                     *       "cancels": [
                     *         {
                     *           "cancelId": "pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "status": "DONE",
                     *           "amount": 15000,
                     *           "pointAmount": 0,
                     *           "cardAmount": 15000,
                     *           "taxFreeAmount": 0,
                     *           "reason": "고객 변심",
                     *           "refundAccount": {
                     *             "bankCode": "088",
                     *             "accountNumber": "********6789"
                     *           },
                     *           "acquirerCancelId": "0AB12CD34EF56GH78IJ90KL12MN34OP5",
                     *           "failure": {
                     *             "code": "CARD_LIMIT_EXCEEDED",
                     *             "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *             "acquirerMessage": "한도를 초과했습니다."
                     *           },
                     *           "balanceAfter": 40000,
                     *           "requestedAt": "2026-01-02T04:04:05.123+09:00",
                     *           "cancelledAt": "2026-01-02T04:04:06.000+09:00"
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "from": "IN_PROGRESS",
                     *           "to": "APPROVED",
                     *           "actor": "merchant:M0000001",
                     *           "reason": "approved by the acquirer",
                     *           "cancelId": null,
                     *           "occurredAt": "2026-01-02T03:04:06.000+09:00"
                     *         }
                     *       ],
                     *       "attempts": [
                     *         {
                     *           "acquirer": "toss",
                     *           "acquirerOrderNo": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "acquirerTransactionId": "tk_20260102030405abcd1",
                     *           "operation": "APPROVE",
                     *           "outcome": "APPROVED",
                     *           "code": null,
                     *           "latencyMs": 120,
                     *           "startedAt": "2026-01-02T03:04:05.130+09:00"
                     *         }
                     *       ],
                     *       "cancel": {
                     *         "cancelId": "pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *         "status": "DONE",
                     *         "amount": 15000,
                     *         "pointAmount": 0,
                     *         "cardAmount": 15000,
                     *         "taxFreeAmount": 0,
                     *         "reason": "고객 변심",
                     *         "refundAccount": {
                     *           "bankCode": "088",
                     *           "accountNumber": "********6789"
                     *         },
                     *         "acquirerCancelId": "0AB12CD34EF56GH78IJ90KL12MN34OP5",
                     *         "failure": {
                     *           "code": "CARD_LIMIT_EXCEEDED",
                     *           "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *           "acquirerMessage": "한도를 초과했습니다."
                     *         },
                     *         "balanceAfter": 40000,
                     *         "requestedAt": "2026-01-02T04:04:05.123+09:00",
                     *         "cancelledAt": "2026-01-02T04:04:06.000+09:00"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CancelledPaymentResponse"];
                };
            };
        };
    };
    paymentsReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                paymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 매출전표 / Sales slip */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "status": "APPROVED",
                     *       "goodsName": "아메리카노 외 2건",
                     *       "buyerName": "홍길동",
                     *       "card": {
                     *         "number": "424242******4242",
                     *         "issuer": "SHINHAN",
                     *         "type": "CREDIT",
                     *         "ownerType": "PERSONAL",
                     *         "installmentMonths": 0,
                     *         "interestFree": false
                     *       },
                     *       "approvalNo": "00012345",
                     *       "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *       "amount": 55000,
                     *       "pointAmount": 0,
                     *       "cardAmount": 55000,
                     *       "supplyAmount": 50000,
                     *       "vat": 5000,
                     *       "taxFreeAmount": 0,
                     *       "serviceCharge": 0,
                     *       "cancelledAmount": 15000,
                     *       "balanceAmount": 40000,
                     *       "cancels": [
                     *         {
                     *           "amount": 15000,
                     *           "cancelledAt": "2026-01-02T04:04:06.000+09:00"
                     *         }
                     *       ],
                     *       "merchant": {
                     *         "mid": "M0000001",
                     *         "name": "한빛상점",
                     *         "businessNumber": "1234567891",
                     *         "representative": "홍길동",
                     *         "address": "서울특별시 중구 세종대로 110",
                     *         "phone": "02-120"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SalesSlipResponse"];
                    "text/html": components["schemas"]["SalesSlipResponse"];
                };
            };
        };
    };
    checkoutsCreate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "orderNo": "ORDER-20260102-0001",
                 *       "amount": 55000,
                 *       "taxFreeAmount": 0,
                 *       "goodsName": "아메리카노 외 2건",
                 *       "metadata": {
                 *         "cartId": "c-77"
                 *       },
                 *       "buyerName": "홍길동",
                 *       "buyerPhone": "01012345678",
                 *       "buyerEmail": "buyer@example.com",
                 *       "customerKey": "customer-0001",
                 *       "acquirer": "toss",
                 *       "method": "BANK_TRANSFER",
                 *       "returnUrl": "https://shop.example.com/paid",
                 *       "acknowledgeWithinSeconds": 600,
                 *       "cashReceipt": {
                 *         "purpose": "INCOME_DEDUCTION",
                 *         "identifier": "01012345678"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateCheckoutRequest"];
            };
        };
        responses: {
            /** @description 만들어짐 / Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "checkoutId": "chk_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "amount": 30000,
                     *       "status": "CREATED",
                     *       "acquirer": "toss",
                     *       "expiresAt": "2026-01-02T03:34:05+09:00",
                     *       "acknowledgedAt": null,
                     *       "paymentToken": "k3XdR0v2mQz8yTn5sLw7pBhJ4cFg6aUe",
                     *       "clientParams": {
                     *         "orderId": "ORDER-20260102-0001",
                     *         "amount": 30000
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedCheckoutResponse"];
                };
            };
        };
    };
    checkoutsConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                checkoutId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "paymentToken": "k3XdR0v2mQz8yTn5sLw7pBhJ4cFg6aUe",
                 *       "amount": 30000,
                 *       "paymentKey": "tk_20260102030405abcd1",
                 *       "impUid": "imp_000000000001",
                 *       "tid": "nicetest04m01012601020304050001",
                 *       "pgToken": "pg_token",
                 *       "paymentId": "20260102NP0000000001",
                 *       "authToken": "authToken",
                 *       "idcName": "fc"
                 *     }
                 */
                "application/json": components["schemas"]["ConfirmCheckoutRequest"];
            };
        };
        responses: {
            /** @description 승인됨 / Approved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "SUCCESS",
                     *       "payment": {
                     *         "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *         "outcome": "SUCCESS",
                     *         "mid": "M0000001",
                     *         "orderNo": "ORDER-20260102-0001",
                     *         "status": "APPROVED",
                     *         "method": "CARD",
                     *         "currency": "KRW",
                     *         "amount": 55000,
                     *         "pointAmount": 0,
                     *         "cardAmount": 55000,
                     *         "balanceAmount": 55000,
                     *         "cancelledAmount": 0,
                     *         "pendingCancelAmount": 0,
                     *         "supplyAmount": 50000,
                     *         "vat": 5000,
                     *         "taxFreeAmount": 0,
                     *         "serviceCharge": 0,
                     *         "goodsName": "아메리카노 외 2건",
                     *         "buyerName": "홍길동",
                     *         "customerKey": "customer-0001",
                     *         "branchId": null,
                     *         "card": {
                     *           "number": "424242******4242",
                     *           "issuer": "SHINHAN",
                     *           "type": "CREDIT",
                     *           "ownerType": "PERSONAL",
                     *           "installmentMonths": 0,
                     *           "interestFree": false
                     *         },
                     *         "acquirer": "toss",
                     *         "acquirerTransactionId": "tk_20260102030405abcd1",
                     *         "approvalNo": "00012345",
                     *         "failure": {
                     *           "code": "CARD_LIMIT_EXCEEDED",
                     *           "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *           "acquirerMessage": "한도를 초과했습니다."
                     *         },
                     *         "metadata": {
                     *           "cartId": "c-77"
                     *         },
                     *         "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *         "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *         "nextCheckAt": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ConfirmedCheckoutResponse"];
                };
            };
        };
    };
    checkoutsFail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                checkoutId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "USER_CANCEL",
                 *       "message": "구매자가 창을 닫음",
                 *       "paymentToken": "k3XdR0v2mQz8yTn5sLw7pBhJ4cFg6aUe"
                 *     }
                 */
                "application/json": components["schemas"]["FailCheckoutRequest"];
            };
        };
        responses: {
            /** @description 끝난 체크아웃 / The checkout as it stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "checkoutId": "chk_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "amount": 30000,
                     *       "status": "CREATED",
                     *       "acquirer": "toss",
                     *       "expiresAt": "2026-01-02T03:34:05+09:00",
                     *       "acknowledgedAt": null,
                     *       "payment": {
                     *         "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *         "outcome": "SUCCESS",
                     *         "mid": "M0000001",
                     *         "orderNo": "ORDER-20260102-0001",
                     *         "status": "APPROVED",
                     *         "method": "CARD",
                     *         "currency": "KRW",
                     *         "amount": 55000,
                     *         "pointAmount": 0,
                     *         "cardAmount": 55000,
                     *         "balanceAmount": 55000,
                     *         "cancelledAmount": 0,
                     *         "pendingCancelAmount": 0,
                     *         "supplyAmount": 50000,
                     *         "vat": 5000,
                     *         "taxFreeAmount": 0,
                     *         "serviceCharge": 0,
                     *         "goodsName": "아메리카노 외 2건",
                     *         "buyerName": "홍길동",
                     *         "customerKey": "customer-0001",
                     *         "branchId": null,
                     *         "card": {
                     *           "number": "424242******4242",
                     *           "issuer": "SHINHAN",
                     *           "type": "CREDIT",
                     *           "ownerType": "PERSONAL",
                     *           "installmentMonths": 0,
                     *           "interestFree": false
                     *         },
                     *         "acquirer": "toss",
                     *         "acquirerTransactionId": "tk_20260102030405abcd1",
                     *         "approvalNo": "00012345",
                     *         "failure": {
                     *           "code": "CARD_LIMIT_EXCEEDED",
                     *           "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *           "acquirerMessage": "한도를 초과했습니다."
                     *         },
                     *         "metadata": {
                     *           "cartId": "c-77"
                     *         },
                     *         "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *         "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *         "nextCheckAt": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CheckoutDetailResponse"];
                };
            };
        };
    };
    checkoutsAcknowledge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                checkoutId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 확인됨 / Acknowledged */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "checkoutId": "chk_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "amount": 30000,
                     *       "status": "CREATED",
                     *       "acquirer": "toss",
                     *       "expiresAt": "2026-01-02T03:34:05+09:00",
                     *       "acknowledgedAt": null,
                     *       "payment": {
                     *         "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *         "outcome": "SUCCESS",
                     *         "mid": "M0000001",
                     *         "orderNo": "ORDER-20260102-0001",
                     *         "status": "APPROVED",
                     *         "method": "CARD",
                     *         "currency": "KRW",
                     *         "amount": 55000,
                     *         "pointAmount": 0,
                     *         "cardAmount": 55000,
                     *         "balanceAmount": 55000,
                     *         "cancelledAmount": 0,
                     *         "pendingCancelAmount": 0,
                     *         "supplyAmount": 50000,
                     *         "vat": 5000,
                     *         "taxFreeAmount": 0,
                     *         "serviceCharge": 0,
                     *         "goodsName": "아메리카노 외 2건",
                     *         "buyerName": "홍길동",
                     *         "customerKey": "customer-0001",
                     *         "branchId": null,
                     *         "card": {
                     *           "number": "424242******4242",
                     *           "issuer": "SHINHAN",
                     *           "type": "CREDIT",
                     *           "ownerType": "PERSONAL",
                     *           "installmentMonths": 0,
                     *           "interestFree": false
                     *         },
                     *         "acquirer": "toss",
                     *         "acquirerTransactionId": "tk_20260102030405abcd1",
                     *         "approvalNo": "00012345",
                     *         "failure": {
                     *           "code": "CARD_LIMIT_EXCEEDED",
                     *           "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *           "acquirerMessage": "한도를 초과했습니다."
                     *         },
                     *         "metadata": {
                     *           "cartId": "c-77"
                     *         },
                     *         "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *         "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *         "nextCheckAt": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CheckoutDetailResponse"];
                };
            };
        };
    };
    checkoutsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                checkoutId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 체크아웃 / The checkout */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "checkoutId": "chk_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "amount": 30000,
                     *       "status": "CREATED",
                     *       "acquirer": "toss",
                     *       "expiresAt": "2026-01-02T03:34:05+09:00",
                     *       "acknowledgedAt": null,
                     *       "payment": {
                     *         "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *         "outcome": "SUCCESS",
                     *         "mid": "M0000001",
                     *         "orderNo": "ORDER-20260102-0001",
                     *         "status": "APPROVED",
                     *         "method": "CARD",
                     *         "currency": "KRW",
                     *         "amount": 55000,
                     *         "pointAmount": 0,
                     *         "cardAmount": 55000,
                     *         "balanceAmount": 55000,
                     *         "cancelledAmount": 0,
                     *         "pendingCancelAmount": 0,
                     *         "supplyAmount": 50000,
                     *         "vat": 5000,
                     *         "taxFreeAmount": 0,
                     *         "serviceCharge": 0,
                     *         "goodsName": "아메리카노 외 2건",
                     *         "buyerName": "홍길동",
                     *         "customerKey": "customer-0001",
                     *         "branchId": null,
                     *         "card": {
                     *           "number": "424242******4242",
                     *           "issuer": "SHINHAN",
                     *           "type": "CREDIT",
                     *           "ownerType": "PERSONAL",
                     *           "installmentMonths": 0,
                     *           "interestFree": false
                     *         },
                     *         "acquirer": "toss",
                     *         "acquirerTransactionId": "tk_20260102030405abcd1",
                     *         "approvalNo": "00012345",
                     *         "failure": {
                     *           "code": "CARD_LIMIT_EXCEEDED",
                     *           "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *           "acquirerMessage": "한도를 초과했습니다."
                     *         },
                     *         "metadata": {
                     *           "cartId": "c-77"
                     *         },
                     *         "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *         "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *         "nextCheckAt": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CheckoutDetailResponse"];
                };
            };
        };
    };
    virtualAccountsIssue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "orderNo": "ORDER-20260102-0001",
                 *       "amount": 55000,
                 *       "taxFreeAmount": 0,
                 *       "goodsName": "아메리카노 외 2건",
                 *       "branchId": "brn_0000000000DEM0BRANCH000001",
                 *       "metadata": {
                 *         "cartId": "c-77"
                 *       },
                 *       "buyerPhone": "01012345678",
                 *       "buyerEmail": "buyer@example.com",
                 *       "customerKey": "customer-0001",
                 *       "customerName": "홍길동",
                 *       "bankCode": "088",
                 *       "expiresAt": "2026-01-09T23:59:59+09:00",
                 *       "validHours": 168,
                 *       "acquirer": "toss",
                 *       "cashReceipt": {
                 *         "purpose": "INCOME_DEDUCTION",
                 *         "identifier": "01012345678"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["IssueVirtualAccountRequest"];
            };
        };
        responses: {
            /** @description 이미 발급된 계좌 / The account of this order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "virtualAccountId": "vac_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "outcome": "SUCCESS",
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "status": "WAITING_FOR_DEPOSIT",
                     *       "amount": 55000,
                     *       "bankCode": "088",
                     *       "bankName": "신한은행",
                     *       "accountNumber": "56211900001234",
                     *       "holderName": "홍길동",
                     *       "dueAt": "2026-01-09T23:59:59+09:00",
                     *       "acquirer": "toss",
                     *       "depositedAt": null,
                     *       "depositor": null,
                     *       "endedAt": null,
                     *       "closeRequestedAt": null,
                     *       "createdAt": "2026-01-02T03:04:05.123+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["VirtualAccountResponse"];
                };
            };
            /** @description 발급됨 / Issued */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "virtualAccountId": "vac_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "outcome": "SUCCESS",
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "status": "WAITING_FOR_DEPOSIT",
                     *       "amount": 55000,
                     *       "bankCode": "088",
                     *       "bankName": "신한은행",
                     *       "accountNumber": "56211900001234",
                     *       "holderName": "홍길동",
                     *       "dueAt": "2026-01-09T23:59:59+09:00",
                     *       "acquirer": "toss",
                     *       "depositedAt": null,
                     *       "depositor": null,
                     *       "endedAt": null,
                     *       "closeRequestedAt": null,
                     *       "createdAt": "2026-01-02T03:04:05.123+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["VirtualAccountResponse"];
                };
            };
        };
    };
    virtualAccountsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                virtualAccountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 가상계좌 / The account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "virtualAccountId": "vac_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "outcome": "SUCCESS",
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "status": "WAITING_FOR_DEPOSIT",
                     *       "amount": 55000,
                     *       "bankCode": "088",
                     *       "bankName": "신한은행",
                     *       "accountNumber": "56211900001234",
                     *       "holderName": "홍길동",
                     *       "dueAt": "2026-01-09T23:59:59+09:00",
                     *       "acquirer": "toss",
                     *       "depositedAt": null,
                     *       "depositor": null,
                     *       "endedAt": null,
                     *       "closeRequestedAt": null,
                     *       "createdAt": "2026-01-02T03:04:05.123+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["VirtualAccountResponse"];
                };
            };
        };
    };
    virtualAccountsClose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                virtualAccountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 닫힘 / Closed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "virtualAccountId": "vac_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "outcome": "SUCCESS",
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "status": "WAITING_FOR_DEPOSIT",
                     *       "amount": 55000,
                     *       "bankCode": "088",
                     *       "bankName": "신한은행",
                     *       "accountNumber": "56211900001234",
                     *       "holderName": "홍길동",
                     *       "dueAt": "2026-01-09T23:59:59+09:00",
                     *       "acquirer": "toss",
                     *       "depositedAt": null,
                     *       "depositor": null,
                     *       "endedAt": null,
                     *       "closeRequestedAt": null,
                     *       "createdAt": "2026-01-02T03:04:05.123+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["VirtualAccountResponse"];
                };
            };
        };
    };
    cashReceiptsIssue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "orderNo": "ORDER-20260102-0001",
                 *       "amount": 55000,
                 *       "taxFreeAmount": 0,
                 *       "serviceCharge": 0,
                 *       "purpose": "INCOME_DEDUCTION",
                 *       "identifier": "01012345678",
                 *       "goodsName": "만년필"
                 *     }
                 */
                "application/json": components["schemas"]["IssueCashReceiptRequest"];
            };
        };
        responses: {
            /** @description 발급됨 / Issued */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "amount": 55000,
                     *       "supplyAmount": 50000,
                     *       "vat": 5000,
                     *       "taxFreeAmount": 0,
                     *       "serviceCharge": 0,
                     *       "receiptId": "crc_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "outcome": "SUCCESS",
                     *       "mid": "M0000001",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "paymentId": null,
                     *       "replacedById": null,
                     *       "status": "ISSUED",
                     *       "purpose": "INCOME_DEDUCTION",
                     *       "identifier": "010****5678",
                     *       "identifierKind": "PHONE",
                     *       "goodsName": "만년필",
                     *       "balanceAmount": 55000,
                     *       "cancelledAmount": 0,
                     *       "pendingCancelAmount": 0,
                     *       "provider": "popbill",
                     *       "approvalNo": "123456789",
                     *       "issuedAt": "2026-01-02T03:04:05.000+09:00",
                     *       "failure": {
                     *         "code": "CASH_RECEIPT_REFUSED",
                     *         "providerCode": "-14001001",
                     *         "providerMessage": "필수항목이 없습니다."
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.000+09:00",
                     *       "nextCheckAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["CashReceiptResponse"];
                };
            };
        };
    };
    cashReceiptsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                receiptId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 현금영수증 / The receipt */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "amount": 55000,
                     *       "supplyAmount": 50000,
                     *       "vat": 5000,
                     *       "taxFreeAmount": 0,
                     *       "serviceCharge": 0,
                     *       "receiptId": "crc_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "outcome": "SUCCESS",
                     *       "mid": "M0000001",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "paymentId": null,
                     *       "replacedById": null,
                     *       "status": "ISSUED",
                     *       "purpose": "INCOME_DEDUCTION",
                     *       "identifier": "010****5678",
                     *       "identifierKind": "PHONE",
                     *       "goodsName": "만년필",
                     *       "balanceAmount": 55000,
                     *       "cancelledAmount": 0,
                     *       "pendingCancelAmount": 0,
                     *       "provider": "popbill",
                     *       "approvalNo": "123456789",
                     *       "issuedAt": "2026-01-02T03:04:05.000+09:00",
                     *       "failure": {
                     *         "code": "CASH_RECEIPT_REFUSED",
                     *         "providerCode": "-14001001",
                     *         "providerMessage": "필수항목이 없습니다."
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.000+09:00",
                     *       "nextCheckAt": null,
                     *       "cancels": [
                     *         {
                     *           "amount": 55000,
                     *           "supplyAmount": 50000,
                     *           "vat": 5000,
                     *           "taxFreeAmount": 0,
                     *           "serviceCharge": 0,
                     *           "cancelId": "crn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "status": "DONE",
                     *           "reason": "고객 변심",
                     *           "approvalNo": "123456790",
                     *           "failure": {
                     *             "code": "CASH_RECEIPT_REFUSED",
                     *             "providerCode": "-14001001",
                     *             "providerMessage": "필수항목이 없습니다."
                     *           },
                     *           "requestedAt": "2026-01-02T03:04:05.000+09:00",
                     *           "cancelledAt": "2026-01-02T03:04:05.000+09:00"
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "cancelId": null,
                     *           "from": "IN_PROGRESS",
                     *           "to": "ISSUED",
                     *           "actor": "merchant:M0000001",
                     *           "reason": "issued",
                     *           "occurredAt": "2026-01-02T03:04:05.000+09:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CashReceiptDetailResponse"];
                };
            };
        };
    };
    cashReceiptsCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                receiptId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "cancelAmount": 15000,
                 *       "taxFreeAmount": 0,
                 *       "reason": "고객 변심"
                 *     }
                 */
                "application/json": components["schemas"]["CancelCashReceiptRequest"];
            };
        };
        responses: {
            /** @description 취소됨 / Cancelled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "amount": 55000,
                     *       "supplyAmount": 50000,
                     *       "vat": 5000,
                     *       "taxFreeAmount": 0,
                     *       "serviceCharge": 0,
                     *       "receiptId": "crc_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "outcome": "SUCCESS",
                     *       "mid": "M0000001",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "paymentId": null,
                     *       "replacedById": null,
                     *       "status": "ISSUED",
                     *       "purpose": "INCOME_DEDUCTION",
                     *       "identifier": "010****5678",
                     *       "identifierKind": "PHONE",
                     *       "goodsName": "만년필",
                     *       "balanceAmount": 55000,
                     *       "cancelledAmount": 0,
                     *       "pendingCancelAmount": 0,
                     *       "provider": "popbill",
                     *       "approvalNo": "123456789",
                     *       "issuedAt": "2026-01-02T03:04:05.000+09:00",
                     *       "failure": {
                     *         "code": "CASH_RECEIPT_REFUSED",
                     *         "providerCode": "-14001001",
                     *         "providerMessage": "필수항목이 없습니다."
                     *       },
                     *       "createdAt": "2026-01-02T03:04:05.000+09:00",
                     *       "nextCheckAt": null,
                     *       "cancels": [
                     *         {
                     *           "amount": 55000,
                     *           "supplyAmount": 50000,
                     *           "vat": 5000,
                     *           "taxFreeAmount": 0,
                     *           "serviceCharge": 0,
                     *           "cancelId": "crn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "status": "DONE",
                     *           "reason": "고객 변심",
                     *           "approvalNo": "123456790",
                     *           "failure": {
                     *             "code": "CASH_RECEIPT_REFUSED",
                     *             "providerCode": "-14001001",
                     *             "providerMessage": "필수항목이 없습니다."
                     *           },
                     *           "requestedAt": "2026-01-02T03:04:05.000+09:00",
                     *           "cancelledAt": "2026-01-02T03:04:05.000+09:00"
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "cancelId": null,
                     *           "from": "IN_PROGRESS",
                     *           "to": "ISSUED",
                     *           "actor": "merchant:M0000001",
                     *           "reason": "issued",
                     *           "occurredAt": "2026-01-02T03:04:05.000+09:00"
                     *         }
                     *       ],
                     *       "cancel": {
                     *         "amount": 55000,
                     *         "supplyAmount": 50000,
                     *         "vat": 5000,
                     *         "taxFreeAmount": 0,
                     *         "serviceCharge": 0,
                     *         "cancelId": "crn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *         "status": "DONE",
                     *         "reason": "고객 변심",
                     *         "approvalNo": "123456790",
                     *         "failure": {
                     *           "code": "CASH_RECEIPT_REFUSED",
                     *           "providerCode": "-14001001",
                     *           "providerMessage": "필수항목이 없습니다."
                     *         },
                     *         "requestedAt": "2026-01-02T03:04:05.000+09:00",
                     *         "cancelledAt": "2026-01-02T03:04:05.000+09:00"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CancelledCashReceiptResponse"];
                };
            };
        };
    };
    smsPaymentsRequest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "orderNo": "SMS-20260102-0001",
                 *       "amount": 50000,
                 *       "taxFreeAmount": 0,
                 *       "goodsName": "수제 만년필",
                 *       "buyerName": "홍길동",
                 *       "buyerPhone": "010-1234-5678",
                 *       "expiresInMinutes": 1440,
                 *       "installmentMonthsMax": 12,
                 *       "branchId": "brn_0000000000DEM0BRANCH000001"
                 *     }
                 */
                "application/json": components["schemas"]["SmsPaymentRequest"];
            };
        };
        responses: {
            /** @description 요청됨 / Asked for */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "smsPaymentId": "sms_01JDEMOSMS0000000000000001",
                     *       "orderNo": "SMS-20260102-0001",
                     *       "status": "PAID",
                     *       "paymentId": "pay_01JDEMOPAYMENT00000000001",
                     *       "paymentStatus": "APPROVED",
                     *       "failureCode": null,
                     *       "expiresAt": "2026-01-03T03:04:05.000+09:00",
                     *       "paidAt": "2026-01-02T03:10:00.000+09:00",
                     *       "mid": "M0000001",
                     *       "branchId": null,
                     *       "amount": 50000,
                     *       "taxFreeAmount": 0,
                     *       "currency": "KRW",
                     *       "goodsName": "수제 만년필",
                     *       "buyerName": "홍길동",
                     *       "buyerPhone": "010****5678",
                     *       "installmentMonthsMax": 12,
                     *       "createdAt": "2026-01-02T03:04:05.000+09:00",
                     *       "messages": [
                     *         {
                     *           "purpose": "sms-payment.link",
                     *           "status": "DELIVERED",
                     *           "failureCode": null,
                     *           "sentAt": "2026-01-02T03:04:05.000+09:00"
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "from": "REQUESTED",
                     *           "to": "PAYING",
                     *           "actor": "payer:sms_01JDEMOSMS000000000000001",
                     *           "reason": "the code was right",
                     *           "occurredAt": "2026-01-02T03:04:05.000+09:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SmsPaymentResponse"];
                };
            };
        };
    };
    smsPaymentsInfo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                smsPaymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description SMS 결제 / The SMS payment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "smsPaymentId": "sms_01JDEMOSMS0000000000000001",
                     *       "orderNo": "SMS-20260102-0001",
                     *       "status": "PAID",
                     *       "paymentId": "pay_01JDEMOPAYMENT00000000001",
                     *       "paymentStatus": "APPROVED",
                     *       "failureCode": null,
                     *       "expiresAt": "2026-01-03T03:04:05.000+09:00",
                     *       "paidAt": "2026-01-02T03:10:00.000+09:00",
                     *       "mid": "M0000001",
                     *       "branchId": null,
                     *       "amount": 50000,
                     *       "taxFreeAmount": 0,
                     *       "currency": "KRW",
                     *       "goodsName": "수제 만년필",
                     *       "buyerName": "홍길동",
                     *       "buyerPhone": "010****5678",
                     *       "installmentMonthsMax": 12,
                     *       "createdAt": "2026-01-02T03:04:05.000+09:00",
                     *       "messages": [
                     *         {
                     *           "purpose": "sms-payment.link",
                     *           "status": "DELIVERED",
                     *           "failureCode": null,
                     *           "sentAt": "2026-01-02T03:04:05.000+09:00"
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "from": "REQUESTED",
                     *           "to": "PAYING",
                     *           "actor": "payer:sms_01JDEMOSMS000000000000001",
                     *           "reason": "the code was right",
                     *           "occurredAt": "2026-01-02T03:04:05.000+09:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SmsPaymentResponse"];
                };
            };
        };
    };
    smsPaymentsStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                smsPaymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 상태 / Status */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "smsPaymentId": "sms_01JDEMOSMS0000000000000001",
                     *       "orderNo": "SMS-20260102-0001",
                     *       "status": "PAID",
                     *       "paymentId": "pay_01JDEMOPAYMENT00000000001",
                     *       "paymentStatus": "APPROVED",
                     *       "failureCode": null,
                     *       "expiresAt": "2026-01-03T03:04:05.000+09:00",
                     *       "paidAt": "2026-01-02T03:10:00.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["SmsPaymentStatusResponse"];
                };
            };
        };
    };
    smsPaymentsReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                smsPaymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 매출전표 / Sales slip */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "paymentId": "pay_01JDEMOPAYMENT00000000001",
                     *       "status": "APPROVED",
                     *       "amount": 50000
                     *     }
                     */
                    "application/json": Record<string, never>;
                    "text/html": Record<string, never>;
                };
            };
        };
    };
    smsPaymentsResend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                smsPaymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 보냄 / Sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "smsPaymentId": "sms_01JDEMOSMS0000000000000001",
                     *       "orderNo": "SMS-20260102-0001",
                     *       "status": "PAID",
                     *       "paymentId": "pay_01JDEMOPAYMENT00000000001",
                     *       "paymentStatus": "APPROVED",
                     *       "failureCode": null,
                     *       "expiresAt": "2026-01-03T03:04:05.000+09:00",
                     *       "paidAt": "2026-01-02T03:10:00.000+09:00",
                     *       "mid": "M0000001",
                     *       "branchId": null,
                     *       "amount": 50000,
                     *       "taxFreeAmount": 0,
                     *       "currency": "KRW",
                     *       "goodsName": "수제 만년필",
                     *       "buyerName": "홍길동",
                     *       "buyerPhone": "010****5678",
                     *       "installmentMonthsMax": 12,
                     *       "createdAt": "2026-01-02T03:04:05.000+09:00",
                     *       "messages": [
                     *         {
                     *           "purpose": "sms-payment.link",
                     *           "status": "DELIVERED",
                     *           "failureCode": null,
                     *           "sentAt": "2026-01-02T03:04:05.000+09:00"
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "from": "REQUESTED",
                     *           "to": "PAYING",
                     *           "actor": "payer:sms_01JDEMOSMS000000000000001",
                     *           "reason": "the code was right",
                     *           "occurredAt": "2026-01-02T03:04:05.000+09:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SmsPaymentResponse"];
                };
            };
        };
    };
    smsPaymentsCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                smsPaymentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "고객 변심"
                 *     }
                 */
                "application/json": components["schemas"]["CancelSmsPaymentRequest"];
            };
        };
        responses: {
            /** @description 취소됨 / Cancelled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "smsPaymentId": "sms_01JDEMOSMS0000000000000001",
                     *       "orderNo": "SMS-20260102-0001",
                     *       "status": "PAID",
                     *       "paymentId": "pay_01JDEMOPAYMENT00000000001",
                     *       "paymentStatus": "APPROVED",
                     *       "failureCode": null,
                     *       "expiresAt": "2026-01-03T03:04:05.000+09:00",
                     *       "paidAt": "2026-01-02T03:10:00.000+09:00",
                     *       "mid": "M0000001",
                     *       "branchId": null,
                     *       "amount": 50000,
                     *       "taxFreeAmount": 0,
                     *       "currency": "KRW",
                     *       "goodsName": "수제 만년필",
                     *       "buyerName": "홍길동",
                     *       "buyerPhone": "010****5678",
                     *       "installmentMonthsMax": 12,
                     *       "createdAt": "2026-01-02T03:04:05.000+09:00",
                     *       "messages": [
                     *         {
                     *           "purpose": "sms-payment.link",
                     *           "status": "DELIVERED",
                     *           "failureCode": null,
                     *           "sentAt": "2026-01-02T03:04:05.000+09:00"
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "from": "REQUESTED",
                     *           "to": "PAYING",
                     *           "actor": "payer:sms_01JDEMOSMS000000000000001",
                     *           "reason": "the code was right",
                     *           "occurredAt": "2026-01-02T03:04:05.000+09:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SmsPaymentResponse"];
                };
            };
        };
    };
    billingKeysList: {
        parameters: {
            query: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
                /** @description 가맹점의 고객 키 / Your key of the customer */
                customerKey: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 빌링키 목록 / Billing keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "billingKey": "bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "mid": "M0000001",
                     *           "status": "ACTIVE",
                     *           "customerKey": "customer-0001",
                     *           "storage": "ACQUIRER_TOKEN",
                     *           "card": {
                     *             "number": "424242******4242",
                     *             "issuer": "SHINHAN",
                     *             "type": "CREDIT",
                     *             "ownerType": "PERSONAL"
                     *           },
                     *           "acquirer": "toss",
                     *           "failureCode": null,
                     *           "issuedAt": "2026-01-02T03:04:05.000+09:00",
                     *           "revokedAt": null,
                     *           "createdAt": "2026-01-02T03:04:05.000+09:00"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["BillingKeyListResponse"];
                };
            };
        };
    };
    billingKeysIssue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mid": "M0000001",
                 *       "encData": "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZWtfdGVzdF9NMDAwMDAwMSJ9..iv.ciphertext.tag",
                 *       "iv": "MDEyMzQ1Njc4OWFiY2RlZg==",
                 *       "mac": "b94d27…"
                 *     }
                 */
                "application/json": components["schemas"]["EncryptedRequest"];
            };
        };
        responses: {
            /** @description 발급됨 / Issued */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "billingKey": "bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "mid": "M0000001",
                     *       "status": "ACTIVE",
                     *       "customerKey": "customer-0001",
                     *       "storage": "ACQUIRER_TOKEN",
                     *       "card": {
                     *         "number": "424242******4242",
                     *         "issuer": "SHINHAN",
                     *         "type": "CREDIT",
                     *         "ownerType": "PERSONAL"
                     *       },
                     *       "acquirer": "toss",
                     *       "failureCode": null,
                     *       "issuedAt": "2026-01-02T03:04:05.000+09:00",
                     *       "revokedAt": null,
                     *       "createdAt": "2026-01-02T03:04:05.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["BillingKeyResponse"];
                };
            };
        };
    };
    billingKeysById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                billingKey: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 빌링키 / The billing key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "billingKey": "bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "mid": "M0000001",
                     *       "status": "ACTIVE",
                     *       "customerKey": "customer-0001",
                     *       "storage": "ACQUIRER_TOKEN",
                     *       "card": {
                     *         "number": "424242******4242",
                     *         "issuer": "SHINHAN",
                     *         "type": "CREDIT",
                     *         "ownerType": "PERSONAL"
                     *       },
                     *       "acquirer": "toss",
                     *       "failureCode": null,
                     *       "issuedAt": "2026-01-02T03:04:05.000+09:00",
                     *       "revokedAt": null,
                     *       "createdAt": "2026-01-02T03:04:05.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["BillingKeyResponse"];
                };
            };
        };
    };
    billingKeysRevoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                billingKey: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 해지된 빌링키 / The billing key as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "billingKey": "bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "mid": "M0000001",
                     *       "status": "ACTIVE",
                     *       "customerKey": "customer-0001",
                     *       "storage": "ACQUIRER_TOKEN",
                     *       "card": {
                     *         "number": "424242******4242",
                     *         "issuer": "SHINHAN",
                     *         "type": "CREDIT",
                     *         "ownerType": "PERSONAL"
                     *       },
                     *       "acquirer": "toss",
                     *       "failureCode": null,
                     *       "issuedAt": "2026-01-02T03:04:05.000+09:00",
                     *       "revokedAt": null,
                     *       "createdAt": "2026-01-02T03:04:05.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["BillingKeyResponse"];
                };
            };
        };
    };
    billingKeysPay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                billingKey: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "orderNo": "ORDER-20260102-0001",
                 *       "amount": 55000,
                 *       "taxFreeAmount": 0,
                 *       "serviceCharge": 0,
                 *       "goodsName": "아메리카노 외 2건",
                 *       "installmentMonths": 0,
                 *       "branchId": "brn_0000000000DEM0BRANCH000001",
                 *       "metadata": {
                 *         "cartId": "c-77"
                 *       },
                 *       "buyerName": "홍길동",
                 *       "buyerPhone": "01012345678",
                 *       "buyerEmail": "buyer@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["ChargeBillingKeyRequest"];
            };
        };
        responses: {
            /** @description 승인됨 / Approved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "outcome": "SUCCESS",
                     *       "mid": "M0000001",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "status": "APPROVED",
                     *       "method": "CARD",
                     *       "currency": "KRW",
                     *       "amount": 55000,
                     *       "pointAmount": 0,
                     *       "cardAmount": 55000,
                     *       "balanceAmount": 55000,
                     *       "cancelledAmount": 0,
                     *       "pendingCancelAmount": 0,
                     *       "supplyAmount": 50000,
                     *       "vat": 5000,
                     *       "taxFreeAmount": 0,
                     *       "serviceCharge": 0,
                     *       "goodsName": "아메리카노 외 2건",
                     *       "buyerName": "홍길동",
                     *       "customerKey": "customer-0001",
                     *       "branchId": null,
                     *       "card": {
                     *         "number": "424242******4242",
                     *         "issuer": "SHINHAN",
                     *         "type": "CREDIT",
                     *         "ownerType": "PERSONAL",
                     *         "installmentMonths": 0,
                     *         "interestFree": false
                     *       },
                     *       "acquirer": "toss",
                     *       "acquirerTransactionId": "tk_20260102030405abcd1",
                     *       "approvalNo": "00012345",
                     *       "failure": {
                     *         "code": "CARD_LIMIT_EXCEEDED",
                     *         "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *         "acquirerMessage": "한도를 초과했습니다."
                     *       },
                     *       "metadata": {
                     *         "cartId": "c-77"
                     *       },
                     *       "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *       "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *       "nextCheckAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentResponse"];
                };
            };
        };
    };
    subscriptionsList: {
        parameters: {
            query?: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
                /** @description 상태 / State */
                status?: "ACTIVE" | "PAUSED" | "PAST_DUE" | "CANCELLED" | "COMPLETED";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 정기결제 목록 / Subscriptions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "subscriptionId": "sub_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "status": "ACTIVE",
                     *           "billingKey": "bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "goodsName": "월간 구독",
                     *           "buyerName": "홍길동",
                     *           "amount": 9900,
                     *           "taxFreeAmount": 0,
                     *           "interval": {
                     *             "unit": "MONTH",
                     *             "count": 1
                     *           },
                     *           "startOn": "2027-01-31",
                     *           "trialDays": 0,
                     *           "firstChargeOn": "2027-01-31",
                     *           "totalCount": 12,
                     *           "endOn": null,
                     *           "missedPolicy": "CHARGE_LATEST",
                     *           "noticeDays": 3,
                     *           "nextPeriod": 2,
                     *           "nextChargeOn": "2027-02-28",
                     *           "cancelAtPeriodEnd": false,
                     *           "endedAt": null,
                     *           "createdAt": "2027-01-31T03:04:05.000+09:00"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionListResponse"];
                };
            };
        };
    };
    subscriptionsCreate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "billingKey": "bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                 *       "customerKey": "customer-0001",
                 *       "goodsName": "월간 구독",
                 *       "buyerName": "홍길동",
                 *       "amount": 9900,
                 *       "taxFreeAmount": 0,
                 *       "interval": {
                 *         "unit": "MONTH",
                 *         "count": 1
                 *       },
                 *       "startOn": "2027-01-31",
                 *       "trialDays": 0,
                 *       "totalCount": 12,
                 *       "endOn": "2027-12-31",
                 *       "missedPolicy": "CHARGE_LATEST",
                 *       "noticeDays": 3
                 *     }
                 */
                "application/json": components["schemas"]["NewSubscriptionRequest"];
            };
        };
        responses: {
            /** @description 만들어짐 / Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "subscriptionId": "sub_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "status": "ACTIVE",
                     *       "billingKey": "bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "goodsName": "월간 구독",
                     *       "buyerName": "홍길동",
                     *       "amount": 9900,
                     *       "taxFreeAmount": 0,
                     *       "interval": {
                     *         "unit": "MONTH",
                     *         "count": 1
                     *       },
                     *       "startOn": "2027-01-31",
                     *       "trialDays": 0,
                     *       "firstChargeOn": "2027-01-31",
                     *       "totalCount": 12,
                     *       "endOn": null,
                     *       "missedPolicy": "CHARGE_LATEST",
                     *       "noticeDays": 3,
                     *       "nextPeriod": 2,
                     *       "nextChargeOn": "2027-02-28",
                     *       "cancelAtPeriodEnd": false,
                     *       "endedAt": null,
                     *       "createdAt": "2027-01-31T03:04:05.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
        };
    };
    subscriptionsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 정기결제 / The subscription */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "subscriptionId": "sub_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "status": "ACTIVE",
                     *       "billingKey": "bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "goodsName": "월간 구독",
                     *       "buyerName": "홍길동",
                     *       "amount": 9900,
                     *       "taxFreeAmount": 0,
                     *       "interval": {
                     *         "unit": "MONTH",
                     *         "count": 1
                     *       },
                     *       "startOn": "2027-01-31",
                     *       "trialDays": 0,
                     *       "firstChargeOn": "2027-01-31",
                     *       "totalCount": 12,
                     *       "endOn": null,
                     *       "missedPolicy": "CHARGE_LATEST",
                     *       "noticeDays": 3,
                     *       "nextPeriod": 2,
                     *       "nextChargeOn": "2027-02-28",
                     *       "cancelAtPeriodEnd": false,
                     *       "endedAt": null,
                     *       "createdAt": "2027-01-31T03:04:05.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
        };
    };
    subscriptionsChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "billingKey": "bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                 *       "amount": 12900,
                 *       "taxFreeAmount": 0,
                 *       "goodsName": "월간 구독 플러스"
                 *     }
                 */
                "application/json": components["schemas"]["SubscriptionChangeRequest"];
            };
        };
        responses: {
            /** @description 바뀐 정기결제 / The subscription now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "subscriptionId": "sub_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "status": "ACTIVE",
                     *       "billingKey": "bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "goodsName": "월간 구독",
                     *       "buyerName": "홍길동",
                     *       "amount": 9900,
                     *       "taxFreeAmount": 0,
                     *       "interval": {
                     *         "unit": "MONTH",
                     *         "count": 1
                     *       },
                     *       "startOn": "2027-01-31",
                     *       "trialDays": 0,
                     *       "firstChargeOn": "2027-01-31",
                     *       "totalCount": 12,
                     *       "endOn": null,
                     *       "missedPolicy": "CHARGE_LATEST",
                     *       "noticeDays": 3,
                     *       "nextPeriod": 2,
                     *       "nextChargeOn": "2027-02-28",
                     *       "cancelAtPeriodEnd": false,
                     *       "endedAt": null,
                     *       "createdAt": "2027-01-31T03:04:05.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
        };
    };
    subscriptionsCharges: {
        parameters: {
            query?: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
            };
            header?: never;
            path: {
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 회차별 결제 / Charges */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "chargeId": "sch_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "period": 1,
                     *           "chargeOn": "2027-01-31",
                     *           "status": "PAID",
                     *           "amount": 9900,
                     *           "tries": 1,
                     *           "undoneTries": 0,
                     *           "orderNo": "sub_01K9Z3V4T5W6X7Y8Z9ABCDEFGH-1-1",
                     *           "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "nextTryOn": null,
                     *           "failureCode": null,
                     *           "endedAt": "2027-01-31T00:00:03.000+09:00"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionChargeListResponse"];
                };
            };
        };
    };
    subscriptionsPause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 중지됨 / Paused */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "subscriptionId": "sub_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "status": "ACTIVE",
                     *       "billingKey": "bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "goodsName": "월간 구독",
                     *       "buyerName": "홍길동",
                     *       "amount": 9900,
                     *       "taxFreeAmount": 0,
                     *       "interval": {
                     *         "unit": "MONTH",
                     *         "count": 1
                     *       },
                     *       "startOn": "2027-01-31",
                     *       "trialDays": 0,
                     *       "firstChargeOn": "2027-01-31",
                     *       "totalCount": 12,
                     *       "endOn": null,
                     *       "missedPolicy": "CHARGE_LATEST",
                     *       "noticeDays": 3,
                     *       "nextPeriod": 2,
                     *       "nextChargeOn": "2027-02-28",
                     *       "cancelAtPeriodEnd": false,
                     *       "endedAt": null,
                     *       "createdAt": "2027-01-31T03:04:05.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
        };
    };
    subscriptionsResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 다시 시작됨 / Resumed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "subscriptionId": "sub_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "status": "ACTIVE",
                     *       "billingKey": "bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "goodsName": "월간 구독",
                     *       "buyerName": "홍길동",
                     *       "amount": 9900,
                     *       "taxFreeAmount": 0,
                     *       "interval": {
                     *         "unit": "MONTH",
                     *         "count": 1
                     *       },
                     *       "startOn": "2027-01-31",
                     *       "trialDays": 0,
                     *       "firstChargeOn": "2027-01-31",
                     *       "totalCount": 12,
                     *       "endOn": null,
                     *       "missedPolicy": "CHARGE_LATEST",
                     *       "noticeDays": 3,
                     *       "nextPeriod": 2,
                     *       "nextChargeOn": "2027-02-28",
                     *       "cancelAtPeriodEnd": false,
                     *       "endedAt": null,
                     *       "createdAt": "2027-01-31T03:04:05.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
        };
    };
    subscriptionsCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "when": "PERIOD_END"
                 *     }
                 */
                "application/json": components["schemas"]["CancelSubscriptionRequest"];
            };
        };
        responses: {
            /** @description 해지됨, 또는 예정 / Cancelled, or to be */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "subscriptionId": "sub_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "status": "ACTIVE",
                     *       "billingKey": "bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "goodsName": "월간 구독",
                     *       "buyerName": "홍길동",
                     *       "amount": 9900,
                     *       "taxFreeAmount": 0,
                     *       "interval": {
                     *         "unit": "MONTH",
                     *         "count": 1
                     *       },
                     *       "startOn": "2027-01-31",
                     *       "trialDays": 0,
                     *       "firstChargeOn": "2027-01-31",
                     *       "totalCount": 12,
                     *       "endOn": null,
                     *       "missedPolicy": "CHARGE_LATEST",
                     *       "noticeDays": 3,
                     *       "nextPeriod": 2,
                     *       "nextChargeOn": "2027-02-28",
                     *       "cancelAtPeriodEnd": false,
                     *       "endedAt": null,
                     *       "createdAt": "2027-01-31T03:04:05.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
        };
    };
    calendarRead: {
        parameters: {
            query: {
                /** @description 매입 시작일(한국 날짜) / First day */
                from: string;
                /** @description 매입 종료일, 400일까지 / Last day, 400 days at most */
                to: string;
                /** @description 정산 주기. D+N, W-요일+N(그 요일에 마감), M-일+N(그날 마감, M-31은 말일), N은 영업일 0~30. 없으면 가맹점의 주기. / Cycle to reckon with instead of the merchant’s own: D+N, W-weekday+N, M-day+N (31 = the month’s end), N business days, 0 to 30 */
                cycle?: string;
                /** @description 운영자와 대리점만: 가맹점. 없으면 기본 주기. / For operators and agencies: whose cycle; absent = the default cycle */
                mid?: string;
                /** @description 결제 수단, 주기가 다를 수 있음 / Payment method: terms may differ by it */
                method?: "CARD" | "VIRTUAL_ACCOUNT" | "BANK_TRANSFER" | "EASY_PAY";
                /** @description 원천사 계약, 주기가 다를 수 있음 / Contract with an acquirer: terms may differ by it */
                contractId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 달력 / The calendar */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "capturedOn": "2026-09-23",
                     *           "payoutOn": "2026-09-29"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SettlementCalendarResponse"];
                };
            };
        };
    };
    settlementReportsStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 정산 현황 / The status */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "status": "SCHEDULED",
                     *           "count": 2,
                     *           "amount": 120000
                     *         }
                     *       ],
                     *       "nextPayout": {
                     *         "payoutOn": "2026-11-23",
                     *         "amount": 86733
                     *       },
                     *       "unsettled": {
                     *         "count": 1,
                     *         "amount": 40000
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SettlementStatusResponse"];
                };
            };
        };
    };
    settlementReportsAggregates: {
        parameters: {
            query: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
                /** @description 매입일부터 / First day of capture */
                from: string;
                /** @description 매입일까지, 포함, 400일까지 / Last day of capture, 400 days at most */
                to: string;
                /** @description 묶는 기준 / What is grouped by */
                groupBy: "day" | "month" | "branch" | "method";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 정산 집계 / The aggregates */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "approvalCount": 3,
                     *           "approvalAmount": 150000,
                     *           "cancelCount": 1,
                     *           "cancelAmount": -20000,
                     *           "fee": 2970,
                     *           "vat": 297,
                     *           "net": 86733,
                     *           "unsettledCount": 1,
                     *           "unsettledAmount": 40000,
                     *           "group": "2026-11-20"
                     *         }
                     *       ],
                     *       "total": {
                     *         "approvalCount": 3,
                     *         "approvalAmount": 150000,
                     *         "cancelCount": 1,
                     *         "cancelAmount": -20000,
                     *         "fee": 2970,
                     *         "vat": 297,
                     *         "net": 86733,
                     *         "unsettledCount": 1,
                     *         "unsettledAmount": 40000
                     *       },
                     *       "nextCursor": "MC4yMDI2LTExLTIw"
                     *     }
                     */
                    "application/json": components["schemas"]["SalesReportResponse"];
                };
            };
        };
    };
    settlementReportsPayouts: {
        parameters: {
            query: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
                /** @description 지급일부터 / First payout day */
                from: string;
                /** @description 지급일까지, 포함 / Last payout day */
                to: string;
                /** @description 상태 / State */
                status?: "SCHEDULED" | "CONFIRMED" | "HELD" | "PAYOUT_FAILED" | "PAID" | "CARRIED_OVER";
                /** @description 가맹점, 없으면 모두 / Merchant; absent = all */
                mid?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 정산 / The settlements */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "settlementId": "stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "mid": "M0000001",
                     *           "contractId": "ctr_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "payoutOn": "2026-11-23",
                     *           "status": "CONFIRMED",
                     *           "lineCount": 2,
                     *           "approvalAmount": 100000,
                     *           "cancelAmount": -10000,
                     *           "fee": 2970,
                     *           "vat": 297,
                     *           "adjustmentAmount": 0,
                     *           "carriedIn": 0,
                     *           "carriedOut": 0,
                     *           "payoutAmount": 86733,
                     *           "holdReason": null,
                     *           "failureReason": null,
                     *           "payoutReference": null,
                     *           "confirmedAt": "2026-11-23T00:10:04.000+09:00",
                     *           "paidAt": null
                     *         }
                     *       ],
                     *       "nextCursor": "MTc2MzY5MDQwMDAwMC5zdGxfMDFLOVozVjRUNVc2WDdZOFo5QUJDREVGR0g"
                     *     }
                     */
                    "application/json": components["schemas"]["SettlementListResponse"];
                };
            };
        };
    };
    settlementReportsExport: {
        parameters: {
            query: {
                /** @description 파일 형식 / Form of the file */
                format: "csv" | "xlsx";
                /** @description 정산마다, 또는 결제와 취소마다 한 줄 / A row for each settlement, or for each of its lines */
                level?: "settlements" | "lines";
                /** @description 지급일부터 / First payout day */
                from: string;
                /** @description 지급일까지, 포함, 400일까지 / Last payout day, 400 days at most */
                to: string;
                /** @description 상태 / State */
                status?: "SCHEDULED" | "CONFIRMED" | "HELD" | "PAYOUT_FAILED" | "PAID" | "CARRIED_OVER";
                /** @description 가맹점, 없으면 모두 / Merchant; absent = all */
                mid?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 파일 / The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example "지급일","상태","가맹점 ID"
                     *     "2026-11-23","확정","M0000001"
                     */
                    "text/csv": string;
                    /** @example PK (ZIP, ECMA-376) */
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
        };
    };
    settlementReportsExplain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 정산 내역 ID / Line id */
                lineId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 계산 / The steps */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "lineId": "stn_1204",
                     *       "kind": "APPROVAL",
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "sourceId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "branchId": "brn_0000000000DEM0BRANCH000001",
                     *       "method": "CARD",
                     *       "capturedOn": "2026-11-20",
                     *       "amount": 50000,
                     *       "fee": 1450,
                     *       "vat": 145,
                     *       "net": 48405,
                     *       "settlementId": "stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "policyId": "fpl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "ratePpm": 29000,
                     *       "fixedFee": 0,
                     *       "minimumFee": 0,
                     *       "steps": [
                     *         {
                     *           "ko": "승인 금액 50,000원 × 2.9 %, 원 미만 버림",
                     *           "en": "50,000 won approved × 2.9 %, cut down to the won",
                     *           "amount": 1450
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ExplainedLineResponse"];
                };
            };
        };
    };
    settlementReportsDetails: {
        parameters: {
            query?: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description 정산 ID / Settlement id */
                settlementId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 정산 내역 / The lines */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "settlement": {
                     *         "settlementId": "stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *         "mid": "M0000001",
                     *         "contractId": "ctr_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *         "payoutOn": "2026-11-23",
                     *         "status": "CONFIRMED",
                     *         "lineCount": 2,
                     *         "approvalAmount": 100000,
                     *         "cancelAmount": -10000,
                     *         "fee": 2970,
                     *         "vat": 297,
                     *         "adjustmentAmount": 0,
                     *         "carriedIn": 0,
                     *         "carriedOut": 0,
                     *         "payoutAmount": 86733,
                     *         "holdReason": null,
                     *         "failureReason": null,
                     *         "payoutReference": null,
                     *         "confirmedAt": "2026-11-23T00:10:04.000+09:00",
                     *         "paidAt": null
                     *       },
                     *       "data": [
                     *         {
                     *           "lineId": "stn_1204",
                     *           "kind": "APPROVAL",
                     *           "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "sourceId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "branchId": "brn_0000000000DEM0BRANCH000001",
                     *           "method": "CARD",
                     *           "capturedOn": "2026-11-20",
                     *           "amount": 50000,
                     *           "fee": 1450,
                     *           "vat": 145,
                     *           "net": 48405
                     *         }
                     *       ],
                     *       "nextCursor": "MC4yMDI2LTExLTIw"
                     *     }
                     */
                    "application/json": components["schemas"]["SettlementDetailsResponse"];
                };
            };
        };
    };
    branchSalesAll: {
        parameters: {
            query: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
                /** @description 매입일부터 / First day of capture */
                from: string;
                /** @description 매입일까지, 포함, 400일까지 / Last day of capture, 400 days at most */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 매출 / The sales */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "approvalCount": 3,
                     *           "approvalAmount": 150000,
                     *           "cancelCount": 1,
                     *           "cancelAmount": -20000,
                     *           "fee": 2970,
                     *           "vat": 297,
                     *           "net": 86733,
                     *           "unsettledCount": 1,
                     *           "unsettledAmount": 40000,
                     *           "group": "2026-11-20"
                     *         }
                     *       ],
                     *       "total": {
                     *         "approvalCount": 3,
                     *         "approvalAmount": 150000,
                     *         "cancelCount": 1,
                     *         "cancelAmount": -20000,
                     *         "fee": 2970,
                     *         "vat": 297,
                     *         "net": 86733,
                     *         "unsettledCount": 1,
                     *         "unsettledAmount": 40000
                     *       },
                     *       "nextCursor": "MC4yMDI2LTExLTIw"
                     *     }
                     */
                    "application/json": components["schemas"]["SalesReportResponse"];
                };
            };
        };
    };
    branchSalesOne: {
        parameters: {
            query: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
                /** @description 매입일부터 / First day of capture */
                from: string;
                /** @description 매입일까지, 포함, 400일까지 / Last day of capture, 400 days at most */
                to: string;
                /** @description 묶는 기준 / What is grouped by */
                groupBy: "day" | "method";
            };
            header?: never;
            path: {
                /** @description 영업점 ID / Branch id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 매출 / The sales */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "approvalCount": 3,
                     *           "approvalAmount": 150000,
                     *           "cancelCount": 1,
                     *           "cancelAmount": -20000,
                     *           "fee": 2970,
                     *           "vat": 297,
                     *           "net": 86733,
                     *           "unsettledCount": 1,
                     *           "unsettledAmount": 40000,
                     *           "group": "2026-11-20"
                     *         }
                     *       ],
                     *       "total": {
                     *         "approvalCount": 3,
                     *         "approvalAmount": 150000,
                     *         "cancelCount": 1,
                     *         "cancelAmount": -20000,
                     *         "fee": 2970,
                     *         "vat": 297,
                     *         "net": 86733,
                     *         "unsettledCount": 1,
                     *         "unsettledAmount": 40000
                     *       },
                     *       "nextCursor": "MC4yMDI2LTExLTIw"
                     *     }
                     */
                    "application/json": components["schemas"]["SalesReportResponse"];
                };
            };
        };
    };
    branchSalesDetails: {
        parameters: {
            query: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
                /** @description 매입일부터 / First day of capture */
                from: string;
                /** @description 매입일까지, 포함, 400일까지 / Last day of capture, 400 days at most */
                to: string;
            };
            header?: never;
            path: {
                /** @description 영업점 ID / Branch id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 매출 상세 / The movements */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "kind": "APPROVAL",
                     *           "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "sourceId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "method": "CARD",
                     *           "capturedOn": "2026-11-20",
                     *           "amount": 50000,
                     *           "fee": 1450,
                     *           "vat": 145,
                     *           "settlementId": "stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "lineId": "stn_1204"
                     *         }
                     *       ],
                     *       "nextCursor": "MC4yMDI2LTExLTIw"
                     *     }
                     */
                    "application/json": components["schemas"]["SalesDetailListResponse"];
                };
            };
        };
    };
    transactionsList: {
        parameters: {
            query?: {
                /** @description 시작일, 없으면 종료일까지 30일 / First day; 30 days to the last one when absent */
                from?: string;
                /** @description 종료일, 없으면 오늘; 기간은 366일까지 / Last day, today when absent; 366 days at most */
                to?: string;
                /** @description 금액 최소(원) / Won, at least */
                minAmount?: number;
                /** @description 금액 최대(원) / Won, at most */
                maxAmount?: number;
                /** @description 가맹점, 운영자와 대리점용 / Merchant, for operators and agencies */
                mid?: string;
                /** @description 영업점 / Branch */
                branchId?: string;
                /** @description 결제 상태 / State of the payment */
                status?: "CREATED" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" | "APPROVED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "EXPIRED" | "REVERSING" | "REVERSED";
                /** @description approved: 결제를 승인일로, 승인되지 않은 것은 요청일로. cancelled: 취소를 취소일로, 취소 하나가 한 줄. / approved: payments by their approval, those never approved by their creation. cancelled: cancels by when they were done, a row for each. */
                dateBasis?: "approved" | "cancelled";
                /** @description 결제 수단 / Payment method */
                method?: "CARD" | "EASY_PAY" | "BANK_TRANSFER" | "VIRTUAL_ACCOUNT" | "OTHER";
                /** @description 주문번호; from과 to가 없으면 모든 기간 / Order number; of any time without from and to */
                orderNo?: string;
                /** @description 승인번호; from과 to가 없으면 모든 기간 / Approval number; of any time without from and to */
                approvalNo?: string;
                /** @description 카드번호 끝 네 자리 / Last four digits */
                cardLast4?: string;
                /** @description 구매자 이름의 앞부분 / Beginning of the buyer’s name */
                buyerName?: string;
                /** @description 원천사 / Acquirer */
                acquirer?: string;
                /** @description 원천사 거래 키; from과 to가 없으면 모든 기간 / Acquirer’s key; of any time without from and to */
                acquirerTransactionId?: string;
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
                /** @description true이면 조건 전체의 건수와 합계를 더합니다 / With true, counts and sums over all that matches */
                summary?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 거래 / The transactions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "mid": "M0000001",
                     *           "orderNo": "ORDER-20260102-0001",
                     *           "amount": 55000,
                     *           "pointAmount": 0,
                     *           "balanceAmount": 55000,
                     *           "cancelledAmount": 0,
                     *           "goodsName": "아메리카노 외 2건",
                     *           "buyerName": "홍길동",
                     *           "branchId": null,
                     *           "acquirer": "toss",
                     *           "acquirerTransactionId": "tk_20260102030405abcd1",
                     *           "approvalNo": "00012345",
                     *           "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *           "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *           "transactionId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "type": "PAYMENT",
                     *           "occurredAt": "2026-01-02T03:04:05.000+09:00",
                     *           "status": "APPROVED",
                     *           "method": "CARD",
                     *           "card": {
                     *             "number": "424242******4242",
                     *             "issuer": "SHINHAN",
                     *             "type": "CREDIT",
                     *             "installmentMonths": 0
                     *           },
                     *           "failureCode": null,
                     *           "cancel": {
                     *             "cancelId": "pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *             "amount": 15000,
                     *             "reason": "고객 변심",
                     *             "cancelledAt": "2026-01-02T03:04:05.000+09:00"
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": "MTc2MzY5MDQwMDAwMC40Mg",
                     *       "summary": {
                     *         "count": 120,
                     *         "approvedCount": 110,
                     *         "approvedAmount": 5500000,
                     *         "cancelledAmount": 300000,
                     *         "netAmount": 5200000
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["TransactionListResponse"];
                };
            };
        };
    };
    transactionsBank: {
        parameters: {
            query?: {
                /** @description 시작일, 없으면 종료일까지 30일 / First day; 30 days to the last one when absent */
                from?: string;
                /** @description 종료일, 없으면 오늘; 기간은 366일까지 / Last day, today when absent; 366 days at most */
                to?: string;
                /** @description 금액 최소(원) / Won, at least */
                minAmount?: number;
                /** @description 금액 최대(원) / Won, at most */
                maxAmount?: number;
                /** @description 가맹점, 운영자와 대리점용 / Merchant, for operators and agencies */
                mid?: string;
                /** @description 영업점 / Branch */
                branchId?: string;
                /** @description 결제 상태 / State of the payment */
                status?: "CREATED" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" | "APPROVED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "EXPIRED" | "REVERSING" | "REVERSED";
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
                /** @description 없으면 둘 다 / Both when absent */
                method?: "BANK_TRANSFER" | "VIRTUAL_ACCOUNT";
                /** @description 가상계좌의 은행 / Bank of a virtual account */
                bank?: "002" | "003" | "004" | "007" | "011" | "012" | "020" | "023" | "027" | "031" | "032" | "034" | "035" | "037" | "039" | "045" | "048" | "050" | "064" | "071" | "081" | "088" | "089" | "090" | "092";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 거래 / The transactions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "mid": "M0000001",
                     *           "orderNo": "ORDER-20260102-0001",
                     *           "amount": 55000,
                     *           "pointAmount": 0,
                     *           "balanceAmount": 55000,
                     *           "cancelledAmount": 0,
                     *           "goodsName": "아메리카노 외 2건",
                     *           "buyerName": "홍길동",
                     *           "branchId": null,
                     *           "acquirer": "toss",
                     *           "acquirerTransactionId": "tk_20260102030405abcd1",
                     *           "approvalNo": "00012345",
                     *           "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *           "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *           "transactionId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "type": "PAYMENT",
                     *           "occurredAt": "2026-01-02T03:04:05.000+09:00",
                     *           "status": "APPROVED",
                     *           "method": "CARD",
                     *           "card": {
                     *             "number": "424242******4242",
                     *             "issuer": "SHINHAN",
                     *             "type": "CREDIT",
                     *             "installmentMonths": 0
                     *           },
                     *           "failureCode": null,
                     *           "cancel": {
                     *             "cancelId": "pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *             "amount": 15000,
                     *             "reason": "고객 변심",
                     *             "cancelledAt": "2026-01-02T03:04:05.000+09:00"
                     *           },
                     *           "account": {
                     *             "virtualAccountId": "vac_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *             "bankCode": "088",
                     *             "accountNumber": "1101******78",
                     *             "holderName": "홍길동",
                     *             "depositor": "홍길동",
                     *             "dueAt": "2026-01-02T03:04:05.000+09:00",
                     *             "depositedAt": "2026-01-02T03:04:05.000+09:00"
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": "MTc2MzY5MDQwMDAwMC40Mg"
                     *     }
                     */
                    "application/json": components["schemas"]["BankTransactionListResponse"];
                };
            };
        };
    };
    transactionsCashReceipts: {
        parameters: {
            query?: {
                /** @description 시작일, 없으면 종료일까지 30일 / First day; 30 days to the last one when absent */
                from?: string;
                /** @description 종료일, 없으면 오늘; 기간은 366일까지 / Last day, today when absent; 366 days at most */
                to?: string;
                /** @description 금액 최소(원) / Won, at least */
                minAmount?: number;
                /** @description 금액 최대(원) / Won, at most */
                maxAmount?: number;
                /** @description 가맹점, 운영자와 대리점용 / Merchant, for operators and agencies */
                mid?: string;
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
                /** @description 상태 / State */
                status?: "IN_PROGRESS" | "ISSUED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "UNCONFIRMED";
                /** @description 용도 / Purpose */
                purpose?: "INCOME_DEDUCTION" | "EXPENSE_PROOF" | "VOLUNTARY";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 현금영수증 / The receipts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "amount": 55000,
                     *           "supplyAmount": 50000,
                     *           "vat": 5000,
                     *           "taxFreeAmount": 0,
                     *           "serviceCharge": 0,
                     *           "receiptId": "crc_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "outcome": "SUCCESS",
                     *           "mid": "M0000001",
                     *           "orderNo": "ORDER-20260102-0001",
                     *           "paymentId": null,
                     *           "replacedById": null,
                     *           "status": "ISSUED",
                     *           "purpose": "INCOME_DEDUCTION",
                     *           "identifier": "010****5678",
                     *           "identifierKind": "PHONE",
                     *           "goodsName": "만년필",
                     *           "balanceAmount": 55000,
                     *           "cancelledAmount": 0,
                     *           "pendingCancelAmount": 0,
                     *           "provider": "popbill",
                     *           "approvalNo": "123456789",
                     *           "issuedAt": "2026-01-02T03:04:05.000+09:00",
                     *           "failure": {
                     *             "code": "CASH_RECEIPT_REFUSED",
                     *             "providerCode": "-14001001",
                     *             "providerMessage": "필수항목이 없습니다."
                     *           },
                     *           "createdAt": "2026-01-02T03:04:05.000+09:00",
                     *           "nextCheckAt": null
                     *         }
                     *       ],
                     *       "nextCursor": "MTc2MzY5MDQwMDAwMC40Mg"
                     *     }
                     */
                    "application/json": components["schemas"]["CashReceiptListResponse"];
                };
            };
        };
    };
    transactionsExport: {
        parameters: {
            query: {
                /** @description 시작일, 없으면 종료일까지 30일 / First day; 30 days to the last one when absent */
                from?: string;
                /** @description 종료일, 없으면 오늘; 기간은 366일까지 / Last day, today when absent; 366 days at most */
                to?: string;
                /** @description 금액 최소(원) / Won, at least */
                minAmount?: number;
                /** @description 금액 최대(원) / Won, at most */
                maxAmount?: number;
                /** @description 가맹점, 운영자와 대리점용 / Merchant, for operators and agencies */
                mid?: string;
                /** @description 영업점 / Branch */
                branchId?: string;
                /** @description 결제 상태 / State of the payment */
                status?: "CREATED" | "IN_PROGRESS" | "WAITING_FOR_DEPOSIT" | "APPROVED" | "PARTIALLY_CANCELLED" | "CANCELLED" | "FAILED" | "EXPIRED" | "REVERSING" | "REVERSED";
                /** @description approved: 결제를 승인일로, 승인되지 않은 것은 요청일로. cancelled: 취소를 취소일로, 취소 하나가 한 줄. / approved: payments by their approval, those never approved by their creation. cancelled: cancels by when they were done, a row for each. */
                dateBasis?: "approved" | "cancelled";
                /** @description 결제 수단 / Payment method */
                method?: "CARD" | "EASY_PAY" | "BANK_TRANSFER" | "VIRTUAL_ACCOUNT" | "OTHER";
                /** @description 주문번호; from과 to가 없으면 모든 기간 / Order number; of any time without from and to */
                orderNo?: string;
                /** @description 승인번호; from과 to가 없으면 모든 기간 / Approval number; of any time without from and to */
                approvalNo?: string;
                /** @description 카드번호 끝 네 자리 / Last four digits */
                cardLast4?: string;
                /** @description 구매자 이름의 앞부분 / Beginning of the buyer’s name */
                buyerName?: string;
                /** @description 원천사 / Acquirer */
                acquirer?: string;
                /** @description 원천사 거래 키; from과 to가 없으면 모든 기간 / Acquirer’s key; of any time without from and to */
                acquirerTransactionId?: string;
                /** @description 파일 형식 / File format */
                format: "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 파일 / The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example "거래일시","구분","상태"
                     *     2026-01-02 03:04:05,"결제","승인"
                     */
                    "text/csv": string;
                    /** @example PK (ZIP, ECMA-376) */
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
        };
    };
    transactionsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                transactionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 거래 / The transaction */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *       "outcome": "SUCCESS",
                     *       "mid": "M0000001",
                     *       "orderNo": "ORDER-20260102-0001",
                     *       "status": "APPROVED",
                     *       "method": "CARD",
                     *       "currency": "KRW",
                     *       "amount": 55000,
                     *       "pointAmount": 0,
                     *       "cardAmount": 55000,
                     *       "balanceAmount": 55000,
                     *       "cancelledAmount": 0,
                     *       "pendingCancelAmount": 0,
                     *       "supplyAmount": 50000,
                     *       "vat": 5000,
                     *       "taxFreeAmount": 0,
                     *       "serviceCharge": 0,
                     *       "goodsName": "아메리카노 외 2건",
                     *       "buyerName": "홍길동",
                     *       "customerKey": "customer-0001",
                     *       "branchId": null,
                     *       "card": {
                     *         "number": "424242******4242",
                     *         "issuer": "SHINHAN",
                     *         "type": "CREDIT",
                     *         "ownerType": "PERSONAL",
                     *         "installmentMonths": 0,
                     *         "interestFree": false
                     *       },
                     *       "acquirer": "toss",
                     *       "acquirerTransactionId": "tk_20260102030405abcd1",
                     *       "approvalNo": "00012345",
                     *       "failure": {
                     *         "code": "CARD_LIMIT_EXCEEDED",
                     *         "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *         "acquirerMessage": "한도를 초과했습니다."
                     *       },
                     *       "metadata": {
                     *         "cartId": "c-77"
                     *       },
                     *       "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *       "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *       "nextCheckAt": null,
                     *       "cancels": [
                     *         {
                     *           "cancelId": "pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "status": "DONE",
                     *           "amount": 15000,
                     *           "pointAmount": 0,
                     *           "cardAmount": 15000,
                     *           "taxFreeAmount": 0,
                     *           "reason": "고객 변심",
                     *           "refundAccount": {
                     *             "bankCode": "088",
                     *             "accountNumber": "********6789"
                     *           },
                     *           "acquirerCancelId": "0AB12CD34EF56GH78IJ90KL12MN34OP5",
                     *           "failure": {
                     *             "code": "CARD_LIMIT_EXCEEDED",
                     *             "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *             "acquirerMessage": "한도를 초과했습니다."
                     *           },
                     *           "balanceAfter": 40000,
                     *           "requestedAt": "2026-01-02T04:04:05.123+09:00",
                     *           "cancelledAt": "2026-01-02T04:04:06.000+09:00"
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "from": "IN_PROGRESS",
                     *           "to": "APPROVED",
                     *           "actor": "merchant:M0000001",
                     *           "reason": "approved by the acquirer",
                     *           "cancelId": null,
                     *           "occurredAt": "2026-01-02T03:04:06.000+09:00"
                     *         }
                     *       ],
                     *       "attempts": [
                     *         {
                     *           "acquirer": "toss",
                     *           "acquirerOrderNo": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "acquirerTransactionId": "tk_20260102030405abcd1",
                     *           "operation": "APPROVE",
                     *           "outcome": "APPROVED",
                     *           "code": null,
                     *           "latencyMs": 120,
                     *           "startedAt": "2026-01-02T03:04:05.130+09:00"
                     *         }
                     *       ],
                     *       "movements": [
                     *         {
                     *           "kind": "APPROVAL",
                     *           "sourceId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "amount": 55000,
                     *           "settledAmount": 55000,
                     *           "capturedOn": "2026-01-02",
                     *           "occurredAt": "2026-01-02T03:04:05.000+09:00"
                     *         }
                     *       ],
                     *       "cashReceipts": [
                     *         {
                     *           "amount": 55000,
                     *           "supplyAmount": 50000,
                     *           "vat": 5000,
                     *           "taxFreeAmount": 0,
                     *           "serviceCharge": 0,
                     *           "receiptId": "crc_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "outcome": "SUCCESS",
                     *           "mid": "M0000001",
                     *           "orderNo": "ORDER-20260102-0001",
                     *           "paymentId": null,
                     *           "replacedById": null,
                     *           "status": "ISSUED",
                     *           "purpose": "INCOME_DEDUCTION",
                     *           "identifier": "010****5678",
                     *           "identifierKind": "PHONE",
                     *           "goodsName": "만년필",
                     *           "balanceAmount": 55000,
                     *           "cancelledAmount": 0,
                     *           "pendingCancelAmount": 0,
                     *           "provider": "popbill",
                     *           "approvalNo": "123456789",
                     *           "issuedAt": "2026-01-02T03:04:05.000+09:00",
                     *           "failure": {
                     *             "code": "CASH_RECEIPT_REFUSED",
                     *             "providerCode": "-14001001",
                     *             "providerMessage": "필수항목이 없습니다."
                     *           },
                     *           "createdAt": "2026-01-02T03:04:05.000+09:00",
                     *           "nextCheckAt": null,
                     *           "cancels": [
                     *             {
                     *               "amount": 55000,
                     *               "supplyAmount": 50000,
                     *               "vat": 5000,
                     *               "taxFreeAmount": 0,
                     *               "serviceCharge": 0,
                     *               "cancelId": "crn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *               "status": "DONE",
                     *               "reason": "고객 변심",
                     *               "approvalNo": "123456790",
                     *               "failure": {
                     *                 "code": "CASH_RECEIPT_REFUSED",
                     *                 "providerCode": "-14001001",
                     *                 "providerMessage": "필수항목이 없습니다."
                     *               },
                     *               "requestedAt": "2026-01-02T03:04:05.000+09:00",
                     *               "cancelledAt": "2026-01-02T03:04:05.000+09:00"
                     *             }
                     *           ],
                     *           "events": [
                     *             {
                     *               "cancelId": null,
                     *               "from": "IN_PROGRESS",
                     *               "to": "ISSUED",
                     *               "actor": "merchant:M0000001",
                     *               "reason": "issued",
                     *               "occurredAt": "2026-01-02T03:04:05.000+09:00"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TransactionDetailResponse"];
                };
            };
        };
    };
    webhookEndpointsList: {
        parameters: {
            query?: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 웹훅 주소 / The endpoints */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "endpointId": "whe_01KAJR38VNR81X7S9FZBZ4D62E",
                     *           "url": "https://shop.example.com/webhooks",
                     *           "description": "주문 서버",
                     *           "eventTypes": [
                     *             "payment.approved",
                     *             "payment.cancelled"
                     *           ],
                     *           "enabled": true,
                     *           "disabledReason": "MERCHANT",
                     *           "previousSecretUntil": null,
                     *           "createdAt": "2026-11-21T15:04:05.000+09:00",
                     *           "updatedAt": "2026-11-21T15:04:05.000+09:00"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpointListResponse"];
                };
            };
        };
    };
    webhookEndpointsCreate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "eventTypes": [
                 *         "payment.approved",
                 *         "payment.cancelled"
                 *       ],
                 *       "description": "주문 서버",
                 *       "url": "https://shop.example.com/webhooks"
                 *     }
                 */
                "application/json": components["schemas"]["NewWebhookEndpointRequest"];
            };
        };
        responses: {
            /** @description 등록한 웹훅 주소 / The endpoint */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "endpointId": "whe_01KAJR38VNR81X7S9FZBZ4D62E",
                     *       "url": "https://shop.example.com/webhooks",
                     *       "description": "주문 서버",
                     *       "eventTypes": [
                     *         "payment.approved",
                     *         "payment.cancelled"
                     *       ],
                     *       "enabled": true,
                     *       "disabledReason": "MERCHANT",
                     *       "previousSecretUntil": null,
                     *       "createdAt": "2026-11-21T15:04:05.000+09:00",
                     *       "updatedAt": "2026-11-21T15:04:05.000+09:00",
                     *       "secret": "whsec_q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k="
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpointWithSecretResponse"];
                };
            };
        };
    };
    webhookEndpointsRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 웹훅 주소 ID / Endpoint id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 지워짐 / Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    webhookEndpointsChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 웹훅 주소 ID / Endpoint id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "eventTypes": [
                 *         "payment.approved",
                 *         "payment.cancelled"
                 *       ],
                 *       "description": "주문 서버",
                 *       "url": "https://shop.example.com/webhooks",
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["ChangeWebhookEndpointRequest"];
            };
        };
        responses: {
            /** @description 웹훅 주소 / The endpoint */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "endpointId": "whe_01KAJR38VNR81X7S9FZBZ4D62E",
                     *       "url": "https://shop.example.com/webhooks",
                     *       "description": "주문 서버",
                     *       "eventTypes": [
                     *         "payment.approved",
                     *         "payment.cancelled"
                     *       ],
                     *       "enabled": true,
                     *       "disabledReason": "MERCHANT",
                     *       "previousSecretUntil": null,
                     *       "createdAt": "2026-11-21T15:04:05.000+09:00",
                     *       "updatedAt": "2026-11-21T15:04:05.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpointResponse"];
                };
            };
        };
    };
    webhookEndpointsRotateSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 웹훅 주소 ID / Endpoint id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 86400
                 *     }
                 */
                "application/json": components["schemas"]["RotateSecretRequest"];
            };
        };
        responses: {
            /** @description 새 비밀 / The new secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "endpointId": "whe_01KAJR38VNR81X7S9FZBZ4D62E",
                     *       "url": "https://shop.example.com/webhooks",
                     *       "description": "주문 서버",
                     *       "eventTypes": [
                     *         "payment.approved",
                     *         "payment.cancelled"
                     *       ],
                     *       "enabled": true,
                     *       "disabledReason": "MERCHANT",
                     *       "previousSecretUntil": null,
                     *       "createdAt": "2026-11-21T15:04:05.000+09:00",
                     *       "updatedAt": "2026-11-21T15:04:05.000+09:00",
                     *       "secret": "whsec_q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k="
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpointWithSecretResponse"];
                };
            };
        };
    };
    webhookEndpointsTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 웹훅 주소 ID / Endpoint id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 보낼 전송 / The delivery to be sent */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deliveryId": "whd_01KAJR38VNR81X7S9FZBZ4D62E",
                     *       "eventId": "evt_01KAJR38VNR81X7S9FZBZ4D62E",
                     *       "endpointId": "whe_01KAJR38VNR81X7S9FZBZ4D62E",
                     *       "eventType": "payment.approved",
                     *       "sequence": 17,
                     *       "round": 0,
                     *       "status": "DELIVERED",
                     *       "tries": 1,
                     *       "nextTryAt": null,
                     *       "lastOutcome": "DELIVERED",
                     *       "lastHttpStatus": 200,
                     *       "lastDurationMs": 84,
                     *       "createdAt": "2026-11-21T15:04:05.000+09:00",
                     *       "endedAt": "2026-11-21T15:04:05.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDeliveryResponse"];
                };
            };
        };
    };
    webhookEndpointsRedeliverRange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 웹훅 주소 ID / Endpoint id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "2026-11-21T00:00:00+09:00",
                 *       "to": "2026-11-21T12:00:00+09:00",
                 *       "state": "FAILED"
                 *     }
                 */
                "application/json": components["schemas"]["RedeliverRangeRequest"];
            };
        };
        responses: {
            /** @description 다시 보낼 수 / How many */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 12
                     *     }
                     */
                    "application/json": components["schemas"]["RedeliveryResponse"];
                };
            };
        };
    };
    webhookDeliveriesList: {
        parameters: {
            query?: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
                /** @description 시작일 / First Korean day */
                from?: string;
                /** @description 종료일, 포함 / Last Korean day */
                to?: string;
                /** @description 웹훅 주소 / Endpoint */
                endpointId?: string;
                /** @description 상태 / State */
                status?: "PENDING" | "SENDING" | "DELIVERED" | "FAILED" | "DISCARDED";
                /** @description 이벤트 종류 / Event type */
                eventType?: "payment.approved" | "payment.failed" | "payment.cancelled" | "payment.partially_cancelled" | "payment.reversed" | "virtual_account.issued" | "virtual_account.deposited" | "virtual_account.expired" | "virtual_account.closed" | "billing_key.issued" | "billing_key.revoked" | "subscription.charged" | "subscription.failed" | "subscription.past_due" | "subscription.upcoming" | "subscription.cancelled" | "subscription.completed" | "cash_receipt.issued" | "cash_receipt.cancelled" | "settlement.confirmed" | "settlement.paid" | "webhook_endpoint.disabled" | "webhook.test";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 전송 / The deliveries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "deliveryId": "whd_01KAJR38VNR81X7S9FZBZ4D62E",
                     *           "eventId": "evt_01KAJR38VNR81X7S9FZBZ4D62E",
                     *           "endpointId": "whe_01KAJR38VNR81X7S9FZBZ4D62E",
                     *           "eventType": "payment.approved",
                     *           "sequence": 17,
                     *           "round": 0,
                     *           "status": "DELIVERED",
                     *           "tries": 1,
                     *           "nextTryAt": null,
                     *           "lastOutcome": "DELIVERED",
                     *           "lastHttpStatus": 200,
                     *           "lastDurationMs": 84,
                     *           "createdAt": "2026-11-21T15:04:05.000+09:00",
                     *           "endedAt": "2026-11-21T15:04:05.000+09:00"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDeliveryListResponse"];
                };
            };
        };
    };
    webhookDeliveriesOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 전송 ID / Delivery id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 전송 / The delivery */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deliveryId": "whd_01KAJR38VNR81X7S9FZBZ4D62E",
                     *       "eventId": "evt_01KAJR38VNR81X7S9FZBZ4D62E",
                     *       "endpointId": "whe_01KAJR38VNR81X7S9FZBZ4D62E",
                     *       "eventType": "payment.approved",
                     *       "sequence": 17,
                     *       "round": 0,
                     *       "status": "DELIVERED",
                     *       "tries": 1,
                     *       "nextTryAt": null,
                     *       "lastOutcome": "DELIVERED",
                     *       "lastHttpStatus": 200,
                     *       "lastDurationMs": 84,
                     *       "createdAt": "2026-11-21T15:04:05.000+09:00",
                     *       "endedAt": "2026-11-21T15:04:05.000+09:00",
                     *       "attempts": [
                     *         {
                     *           "outcome": "DELIVERED",
                     *           "httpStatus": 200,
                     *           "durationMs": 84,
                     *           "startedAt": "2026-11-21T15:04:05.000+09:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDeliveryDetailResponse"];
                };
            };
        };
    };
    webhookDeliveriesAgain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 전송 ID / Delivery id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 보낼 전송 / The delivery to be sent */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deliveryId": "whd_01KAJR38VNR81X7S9FZBZ4D62E",
                     *       "eventId": "evt_01KAJR38VNR81X7S9FZBZ4D62E",
                     *       "endpointId": "whe_01KAJR38VNR81X7S9FZBZ4D62E",
                     *       "eventType": "payment.approved",
                     *       "sequence": 17,
                     *       "round": 0,
                     *       "status": "DELIVERED",
                     *       "tries": 1,
                     *       "nextTryAt": null,
                     *       "lastOutcome": "DELIVERED",
                     *       "lastHttpStatus": 200,
                     *       "lastDurationMs": 84,
                     *       "createdAt": "2026-11-21T15:04:05.000+09:00",
                     *       "endedAt": "2026-11-21T15:04:05.000+09:00"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDeliveryResponse"];
                };
            };
        };
    };
    webhookEventsList: {
        parameters: {
            query?: {
                /** @description 한 번에 받을 개수 / How many to return */
                limit?: number;
                /** @description 앞 응답의 nextCursor / nextCursor of the answer before */
                cursor?: string;
                /** @description 종류 / Type */
                type?: "payment.approved" | "payment.failed" | "payment.cancelled" | "payment.partially_cancelled" | "payment.reversed" | "virtual_account.issued" | "virtual_account.deposited" | "virtual_account.expired" | "virtual_account.closed" | "billing_key.issued" | "billing_key.revoked" | "subscription.charged" | "subscription.failed" | "subscription.past_due" | "subscription.upcoming" | "subscription.cancelled" | "subscription.completed" | "cash_receipt.issued" | "cash_receipt.cancelled" | "settlement.confirmed" | "settlement.paid" | "webhook_endpoint.disabled" | "webhook.test";
                /** @description 순번의 차례, asc는 오래된 것부터 / By sequence; asc = oldest first, for catching up */
                order?: "asc" | "desc";
                /** @description 이 순번 다음 것만 / Only what was numbered after it */
                afterSequence?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 이벤트 / The events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "evt_01KAJR38VNR81X7S9FZBZ4D62E",
                     *           "type": "payment.approved",
                     *           "schemaVersion": "2026-11-21",
                     *           "mid": "M0000001",
                     *           "sequence": 17,
                     *           "timestamp": "2026-11-21T15:04:05.000+09:00",
                     *           "data": {
                     *             "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *             "outcome": "SUCCESS",
                     *             "mid": "M0000001",
                     *             "orderNo": "ORDER-20260102-0001",
                     *             "status": "APPROVED",
                     *             "method": "CARD",
                     *             "currency": "KRW",
                     *             "amount": 55000,
                     *             "pointAmount": 0,
                     *             "cardAmount": 55000,
                     *             "balanceAmount": 55000,
                     *             "cancelledAmount": 0,
                     *             "pendingCancelAmount": 0,
                     *             "supplyAmount": 50000,
                     *             "vat": 5000,
                     *             "taxFreeAmount": 0,
                     *             "serviceCharge": 0,
                     *             "goodsName": "아메리카노 외 2건",
                     *             "buyerName": "홍길동",
                     *             "customerKey": "customer-0001",
                     *             "branchId": null,
                     *             "card": {
                     *               "number": "424242******4242",
                     *               "issuer": "SHINHAN",
                     *               "type": "CREDIT",
                     *               "ownerType": "PERSONAL",
                     *               "installmentMonths": 0,
                     *               "interestFree": false
                     *             },
                     *             "acquirer": "toss",
                     *             "acquirerTransactionId": "tk_20260102030405abcd1",
                     *             "approvalNo": "00012345",
                     *             "failure": {
                     *               "code": "CARD_LIMIT_EXCEEDED",
                     *               "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *               "acquirerMessage": "한도를 초과했습니다."
                     *             },
                     *             "metadata": {
                     *               "cartId": "c-77"
                     *             },
                     *             "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *             "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *             "nextCheckAt": null,
                     *             "cancel": {
                     *               "cancelId": "pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *               "status": "DONE",
                     *               "amount": 15000,
                     *               "pointAmount": 0,
                     *               "cardAmount": 15000,
                     *               "taxFreeAmount": 0,
                     *               "reason": "고객 변심",
                     *               "refundAccount": {
                     *                 "bankCode": "088",
                     *                 "accountNumber": "********6789"
                     *               },
                     *               "acquirerCancelId": "0AB12CD34EF56GH78IJ90KL12MN34OP5",
                     *               "failure": {
                     *                 "code": "CARD_LIMIT_EXCEEDED",
                     *                 "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *                 "acquirerMessage": "한도를 초과했습니다."
                     *               },
                     *               "balanceAfter": 40000,
                     *               "requestedAt": "2026-01-02T04:04:05.123+09:00",
                     *               "cancelledAt": "2026-01-02T04:04:06.000+09:00"
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEventListResponse"];
                };
            };
        };
    };
    webhookEventsOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 이벤트 ID / Event id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 이벤트 / The event */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_01KAJR38VNR81X7S9FZBZ4D62E",
                     *       "type": "payment.approved",
                     *       "schemaVersion": "2026-11-21",
                     *       "mid": "M0000001",
                     *       "sequence": 17,
                     *       "timestamp": "2026-11-21T15:04:05.000+09:00",
                     *       "data": {
                     *         "paymentId": "pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *         "outcome": "SUCCESS",
                     *         "mid": "M0000001",
                     *         "orderNo": "ORDER-20260102-0001",
                     *         "status": "APPROVED",
                     *         "method": "CARD",
                     *         "currency": "KRW",
                     *         "amount": 55000,
                     *         "pointAmount": 0,
                     *         "cardAmount": 55000,
                     *         "balanceAmount": 55000,
                     *         "cancelledAmount": 0,
                     *         "pendingCancelAmount": 0,
                     *         "supplyAmount": 50000,
                     *         "vat": 5000,
                     *         "taxFreeAmount": 0,
                     *         "serviceCharge": 0,
                     *         "goodsName": "아메리카노 외 2건",
                     *         "buyerName": "홍길동",
                     *         "customerKey": "customer-0001",
                     *         "branchId": null,
                     *         "card": {
                     *           "number": "424242******4242",
                     *           "issuer": "SHINHAN",
                     *           "type": "CREDIT",
                     *           "ownerType": "PERSONAL",
                     *           "installmentMonths": 0,
                     *           "interestFree": false
                     *         },
                     *         "acquirer": "toss",
                     *         "acquirerTransactionId": "tk_20260102030405abcd1",
                     *         "approvalNo": "00012345",
                     *         "failure": {
                     *           "code": "CARD_LIMIT_EXCEEDED",
                     *           "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *           "acquirerMessage": "한도를 초과했습니다."
                     *         },
                     *         "metadata": {
                     *           "cartId": "c-77"
                     *         },
                     *         "approvedAt": "2026-01-02T03:04:06.000+09:00",
                     *         "createdAt": "2026-01-02T03:04:05.123+09:00",
                     *         "nextCheckAt": null,
                     *         "cancel": {
                     *           "cancelId": "pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH",
                     *           "status": "DONE",
                     *           "amount": 15000,
                     *           "pointAmount": 0,
                     *           "cardAmount": 15000,
                     *           "taxFreeAmount": 0,
                     *           "reason": "고객 변심",
                     *           "refundAccount": {
                     *             "bankCode": "088",
                     *             "accountNumber": "********6789"
                     *           },
                     *           "acquirerCancelId": "0AB12CD34EF56GH78IJ90KL12MN34OP5",
                     *           "failure": {
                     *             "code": "CARD_LIMIT_EXCEEDED",
                     *             "acquirerCode": "EXCEED_MAX_PAYMENT_AMOUNT",
                     *             "acquirerMessage": "한도를 초과했습니다."
                     *           },
                     *           "balanceAfter": 40000,
                     *           "requestedAt": "2026-01-02T04:04:05.123+09:00",
                     *           "cancelledAt": "2026-01-02T04:04:06.000+09:00"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEventResponse"];
                };
            };
        };
    };
}
