interface MetricEntry {
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Only what is a handful of values for ever: never a merchant, a payment, an address. */
  readonly labels: readonly string[];
  readonly ko: string;
  readonly en: string;
  /** Of a histogram, ascending; seconds. */
  readonly buckets?: readonly number[];
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const counter = (labels: readonly string[], ko: string, en: string) =>
  ({ type: 'counter', labels, ko, en }) as const satisfies MetricEntry;
const gauge = (labels: readonly string[], ko: string, en: string) =>
  ({ type: 'gauge', labels, ko, en }) as const satisfies MetricEntry;
const histogram = (labels: readonly string[], ko: string, en: string, buckets: readonly number[] = SECONDS) =>
  ({ type: 'histogram', labels, ko, en, buckets }) as const satisfies MetricEntry;

/**
 * Everything that is measured, one line each; docs/metrics.md is written from it. Names follow Prometheus: base units,
 * `_total` for what only grows.
 */
export const METRICS = {
  pg_http_requests_total: counter(
    ['route', 'method', 'status'],
    '답한 HTTP 요청 수. status는 2xx, 4xx, 5xx처럼 묶음',
    'HTTP requests answered; status is its class, as 2xx',
  ),
  pg_http_request_duration_seconds: histogram(
    ['route', 'method'],
    'HTTP 요청의 응답까지 걸린 시간',
    'Time to the answer of an HTTP request',
  ),
  pg_http_requests_in_flight: gauge([], '처리 중인 HTTP 요청 수', 'HTTP requests under way'),
  pg_approvals_total: counter(
    ['acquirer', 'outcome'],
    '결과별 승인 수. LOST는 다른 쪽이 먼저 끝낸 것',
    'Approvals by outcome; LOST: somebody else ended it first',
  ),
  pg_acquirer_call_duration_seconds: histogram(
    ['acquirer', 'operation', 'outcome'],
    '원천사 호출 한 번의 시간. outcome은 어댑터의 답, ERROR는 우리 쪽 오류',
    'Time of one call to an acquirer; outcome as the adapter answered, ERROR: a fault of our own',
  ),
  pg_acquirer_breaker_open: gauge(
    ['acquirer', 'method'],
    '차단기가 열려 있으면 1. 프로세스마다 따로',
    '1 while the breaker is open; each process has its own',
  ),
  pg_acquirer_calls_in_flight: gauge(
    ['acquirer', 'method'],
    '원천사에서 진행 중인 승인 호출 수',
    'Approvals under way at an acquirer',
  ),
  pg_payments_unresolved: gauge(
    [],
    '원천사에서의 결과를 아직 모르는 결제 수',
    'Payments whose outcome at the acquirer is not known yet',
  ),
  pg_payments_unresolved_oldest_age_seconds: gauge(
    [],
    '그중 가장 오래된 것이 된 시간. 없으면 0',
    'For how long the oldest of them has been so; 0 when there is none',
  ),
  pg_cancels_unresolved: gauge(
    [],
    '답을 받지 못해 워커가 알아보는 취소 수',
    'Cancels without an answer that the worker looks after',
  ),
  pg_cancels_unresolved_oldest_age_seconds: gauge(
    [],
    '그중 가장 오래된 것이 된 시간',
    'For how long the oldest of them has been so',
  ),
  pg_virtual_account_cases: gauge(
    [],
    '사람만 풀 수 있는 가상계좌 건수',
    'Virtual accounts that only a person can put right',
  ),
  pg_inbound_webhooks_waiting: gauge(
    [],
    '아직 처리하지 못한 원천사 웹훅 수',
    'Webhooks of acquirers that are not dealt with yet',
  ),
  pg_inbound_webhooks_oldest_age_seconds: gauge(
    [],
    '그중 가장 오래된 것의 나이',
    'Age of the oldest of them',
  ),
  pg_ledger_breaks: gauge(
    [],
    '최근 5,000건의 결제와 거래 중 거래나 원장에 없거나 금액이 다른 것의 수',
    'Of the latest 5,000 payments and movements, those missing in movements or ledger, or there with another amount',
  ),
  pg_messages_waiting: gauge([], '아직 보내지 못한 SMS와 메일 수', 'SMS and mail not sent yet'),
  pg_messages_oldest_age_seconds: gauge([], '그중 가장 오래된 것의 나이', 'Age of the oldest of them'),
  pg_cash_receipts_unresolved: gauge(
    [],
    '발급 여부를 아직 모르는 현금영수증 수',
    'Cash receipts of which it is not known yet whether they were issued',
  ),
  pg_cash_receipts_unresolved_oldest_age_seconds: gauge(
    [],
    '그중 가장 오래된 것이 된 시간',
    'For how long the oldest of them has been so',
  ),
  pg_subscriptions_overdue: gauge(
    [],
    '청구일이 어제 이전인데 아직 청구하지 못한 구독 수',
    'Subscriptions whose day of charge is over and that were not charged',
  ),
  pg_settlement_oldest_unsettled_age_seconds: gauge(
    [],
    '정산하지 못한 가장 오래된 날(한국 시간)이 끝난 뒤 지난 시간. 없으면 0',
    'Since the end of the oldest Korean day that is not settled; 0 when there is none',
  ),
  pg_settlement_cases: gauge(
    [],
    '사람이 고쳐야 정산할 수 있는 가맹점 수',
    'Merchants whose settlement waits for a person',
  ),
  pg_reconciliation_cases: gauge(
    ['kind'],
    '원천사와 다른 것 중 아직 풀지 못한 수',
    'Differences from an acquirer that nobody has resolved',
  ),
  pg_reconciliation_oldest_case_seconds: gauge(
    [],
    '그중 가장 오래된 것의 나이. 없으면 0',
    'Age of the oldest of them; 0 when there is none',
  ),
  pg_webhook_tries_total: counter(
    ['outcome'],
    '결과별 가맹점 웹훅 시도 수',
    'Tries of deliveries to merchants by outcome',
  ),
  pg_webhook_try_duration_seconds: histogram(
    [],
    '가맹점 웹훅 시도 한 번의 시간',
    'Time of one try of a delivery to a merchant',
    [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  ),
  pg_webhook_due: gauge([], '보낼 때가 된 웹훅 수', 'Deliveries of enabled endpoints whose time has come'),
  pg_webhook_queue_age_seconds: gauge(
    [],
    '그중 가장 오래 기다린 시간. 없으면 0',
    'For how long the first of them has waited; 0 when there is none',
  ),
  pg_webhook_changes_waiting: gauge(
    [],
    '아직 이벤트로 만들지 않은 변경 수',
    'Committed changes that no event was made of yet',
  ),
  pg_webhook_gaps: gauge([], '지켜보는 빈 번호 수', 'Numbers without a row that are watched'),
  pg_webhook_endpoints_disabled: gauge(
    [],
    '답하지 않아 꺼진 웹훅 엔드포인트 수',
    'Endpoints that were disabled because they did not answer',
  ),
  pg_database_pool_busy: gauge(['pool'], '사용 중인 연결 수', 'Connections in use'),
  pg_database_pool_waiting: gauge(['pool'], '연결을 기다리는 호출 수', 'Callers that wait for a connection'),
  pg_database_pool_max: gauge(['pool'], '연결의 최대 수', 'Connections at most'),
  pg_database_pool_wait_seconds: histogram(
    ['pool'],
    '빈 연결이 없어 기다린 시간. 바로 얻은 것은 세지 않음',
    'Time waited where no connection was free; those had at once are not counted',
  ),
  pg_database_pool_refusals_total: counter(
    ['pool'],
    '연결을 기다리다 포기한 수',
    'Callers that gave up waiting for a connection',
  ),
  pg_database_gauges_age_seconds: gauge(
    [],
    '데이터베이스에서 읽는 값 중 가장 오래된 것의 나이',
    'Age of the oldest value that is read from the database',
  ),
  pg_worker_sweep_duration_seconds: histogram(
    ['sweep'],
    '워커의 작업 한 바퀴에 걸린 시간',
    'Time of one sweep of the worker',
    [0.01, 0.1, 1, 10, 60, 600],
  ),
  pg_worker_sweep_items_total: counter(
    ['sweep'],
    '워커가 맡은 일의 수',
    'Pieces of work that the worker took up',
  ),
  pg_worker_sweep_failures_total: counter(['sweep'], '실패한 바퀴 수', 'Sweeps that failed'),
  pg_worker_sweep_last_success_timestamp_seconds: gauge(
    ['sweep'],
    '마지막으로 성공한 시각(Unix)',
    'When one last succeeded, Unix time',
  ),
  pg_trace_spans_total: counter(
    ['outcome'],
    '보낸(taken), 잃은(lost) 스팬 수. 추적이 꺼져 있으면 없음',
    'Spans taken by the collector, or lost; none where tracing is off',
  ),
} as const satisfies Record<string, MetricEntry>;

export type MetricName = keyof typeof METRICS;
type NamesOf<Type extends MetricEntry['type']> = {
  [Name in MetricName]: (typeof METRICS)[Name]['type'] extends Type ? Name : never;
}[MetricName];
export type CounterName = NamesOf<'counter'>;
export type GaugeName = NamesOf<'gauge'>;
export type HistogramName = NamesOf<'histogram'>;
