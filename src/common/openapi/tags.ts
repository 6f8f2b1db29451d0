/** One chapter of the reference. `name` is what `@ApiTags` says and does not change: clients' folders are named by it. */
export interface Tag {
  readonly name: string;
  readonly korean: string;
  readonly description: string;
  /** The guide of docs/guides that shows how, by name. */
  readonly guide: string | undefined;
}

/** The guide that goes with a chapter. */
const GUIDES: Readonly<Record<string, string>> = {
  'OAuth 2.0': 'going-live',
  'Card payments': 'approvals',
  Checkouts: 'checkout',
  'SMS payments': 'sms',
  'Billing keys': 'billing',
  Subscriptions: 'billing',
  'Cash receipts': 'receipts',
  Settlements: 'settlement',
  'API keys': 'going-live',
  'Encryption keys': 'encryption',
  Webhooks: 'webhooks',
};

/** In the order in which an integrator needs them. A tag that no line here names fails the lint of the document. */
export const TAGS: readonly Tag[] = [
  tag('OAuth 2.0', '토큰', '가맹점 시스템의 액세스 토큰', 'Access tokens of a merchant system'),
  tag(
    'Card payments',
    '카드 결제',
    '카드 승인, 조회, 취소, 망취소',
    'Card approvals, lookups, cancels, net cancels',
  ),
  tag('Checkouts', '결제창', '원천사의 창에서 하는 결제', 'Payments in the window of an acquirer'),
  tag('Virtual accounts', '가상계좌', '발급, 조회, 해지', 'Issue, look up, close'),
  tag('SMS payments', 'SMS 결제', '문자로 보내는 결제 요청', 'Payment requests sent by text message'),
  tag('Pay links', '결제 링크', '결제하는 사람의 페이지', 'The page of the payer'),
  tag('Billing keys', '빌링키', '저장한 카드로 하는 결제', 'Payments with a kept card'),
  tag('Subscriptions', '정기결제', '정해진 날의 자동 결제', 'Automatic charges on agreed days'),
  tag('Cash receipts', '현금영수증', '발급과 취소', 'Issue and cancel'),
  tag('Points', '포인트', '잔액, 내역, 정책', 'Balances, entries, policies'),
  tag('History', '거래내역', '조건으로 찾기, 요약, 내보내기', 'Search by filters, sums, export'),
  tag('Settlements', '정산', '정산 현황, 매출, 지급', 'State of settlement, sales, payouts'),
  tag('Branches', '영업점', '가맹점의 영업점', 'Branches of a merchant'),
  tag(
    'Branch invitations',
    '영업점 초대',
    '문자로 하는 초대와 가입',
    'Invitations by text message, and sign-up',
  ),
  tag('Agencies', '대리점', '대리점, 영업자, 수수료율', 'Agencies, sellers, commission rates'),
  tag(
    'Service applications',
    '서비스 신청',
    '신청에서 가맹점이 되기까지',
    'From an application to a merchant',
  ),
  tag('API keys', '비밀 키', '발급과 폐기', 'Issue and revoke'),
  tag('Encryption keys', '암호화 키', 'encData를 만드는 키', 'The keys that encData is made with'),
  tag('Members', '회원', '가입, 찾기, 내 정보', 'Sign-up, recovery, own profile'),
  tag('Auth', '로그인', '로그인, 갱신, 로그아웃', 'Log in, refresh, log out'),
  tag('Staff', '직원', '가맹점과 영업점의 직원', 'Staff of merchants and branches'),
  tag('Notices', '공지', '공지 읽기', 'Reading notices'),
  tag('Files', '파일', '서류와 첨부', 'Documents and attachments'),
  tag('Webhooks', '웹훅', '가맹점에 알리는 이벤트와 배달', 'Events told to merchants, and their deliveries'),
  tag('Acquirer webhooks', '원천사 알림', '원천사가 보내는 알림', 'What acquirers tell'),
  tag('Admin', '운영', '운영자만 부르는 호출', 'Calls for operators only'),
  tag('Operations', '상태', '살아 있는지, 오류 코드 설명', 'Liveness, readiness, error codes'),
];

function tag(name: string, korean: string, ko: string, en: string): Tag {
  return { name, korean, description: `${ko} / ${en}`, guide: GUIDES[name] };
}
