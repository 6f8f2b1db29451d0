import { createHash } from 'node:crypto';
import { Secret } from '../common/masking/secret';
import type { Agency } from '../modules/agencies/agencies.types';
import type { Branch } from '../modules/branches/branches.types';
import type { Tier } from '../modules/fees/fees.types';
import type { DemoMember } from '../modules/members/members.types';
import type { Merchant, NewContract, NewMerchant, PaymentMethod } from '../modules/merchants/merchants.types';

/*
 * The demo merchants of the sandbox: public keys and passwords on purpose, for local and dev only. Every name, number
 * and address is invented; business numbers have a right check digit under an office code that is not in use.
 */

/** Who the audit trail says made the demo data. */
export const DEMO_ACTOR = 'system:demo-seed';

const PASSWORD = 'Demo!2026pass';
const CARD_AND_TRANSFER: readonly PaymentMethod[] = ['CARD', 'VIRTUAL_ACCOUNT', 'BANK_TRANSFER'];
const EASY_PAY: readonly PaymentMethod[] = ['EASY_PAY'];
const AMOUNT_MIN = 100;
const AMOUNT_MAX = 10_000_000;

export const DEMO_AGENCY: Agency = {
  agencyCode: 'AG0001',
  name: '한들결제대리점',
  representative: '서가람',
  phone: '02-0000-1001',
};

/** Whose rates the demo merchants pay. */
export const DEMO_TIER: Tier = 'GENERAL';
/** The first day that there are tiers. */
export const DEMO_POLICIES_FROM = '2025-02-14';

type Company = Pick<
  Merchant,
  'name' | 'businessNumber' | 'representative' | 'address' | 'phone' | 'agencyCode'
>;

function company(
  name: string,
  businessNumber: string,
  representative: string,
  contact: readonly string[],
): Company {
  const [address = '', phone = '', agencyCode = null] = contact;
  return { name, businessNumber, representative, address, phone, agencyCode };
}

function contract(
  acquirer: string,
  acquirerMerchantId: string,
  credentials: Readonly<Record<string, string>>,
  { methods = CARD_AND_TRANSFER, weight = 100 }: { methods?: readonly PaymentMethod[]; weight?: number } = {},
): NewContract {
  return {
    acquirer,
    acquirerMerchantId,
    credentials: new Secret(credentials),
    methods,
    priority: 1,
    weight,
    amountMin: AMOUNT_MIN,
    amountMax: AMOUNT_MAX,
    dailyLimit: null,
    monthlyLimit: null,
    connectTimeoutMs: null,
    answerTimeoutMs: null,
    issuers: null,
    hours: null,
    enabled: true,
  };
}

const toss = (mid: string, share: { weight?: number } = {}) =>
  contract(
    'toss',
    `tosstest0${mid.at(-1)}`,
    { clientKey: `test_ck_sandbox_toss_${mid}`, secretKey: `test_sk_sandbox_toss_${mid}` },
    share,
  );

const inicis = (mid: string, share: { weight?: number } = {}) =>
  contract(
    'inicis',
    `inictest0${mid.at(-1)}`,
    { apiKey: `iniapi_${mid}=`, iv: `inicis_${mid}=`, signKey: `sandbox_inicis_sign_${mid}` },
    share,
  );

const nicepay = (mid: string, share: { weight?: number } = {}) =>
  contract(
    'nicepay',
    `nicetest0${mid.at(-1)}`,
    {
      clientKey: `S2_sandbox_nicepay_${mid}`,
      secretKey: `nicepay_sandbox_secret__${mid}`,
      merchantKey: `nicepay_merchant_key____${mid}`,
    },
    share,
  );

const portone = (mid: string) =>
  contract('portone', `imp0000000${mid.at(-1)}`, {
    apiKey: `sandbox_portone_key_${mid}`,
    apiSecret: `test_sk_sandbox_portone_${mid}`,
    pg: 'nice_v2.sandbox',
    channelKey: `channel-key-sandbox-portone-${mid}`,
  });

const kakaopay = (mid: string) =>
  contract(
    'kakaopay',
    `TCDEMO000${mid.at(-1)}`,
    { secretKey: `DEV_sandbox_kakaopay_${mid}` },
    { methods: EASY_PAY },
  );

const naverpay = (mid: string) =>
  contract(
    'naverpay',
    `np_demo00${mid.at(-1)}`,
    {
      clientId: `sandbox_naverpay_${mid}`,
      clientSecret: `test_sk_sandbox_naverpay_${mid}`,
      chainId: `sandbox_chain_${mid}`,
    },
    { methods: EASY_PAY },
  );

/** Popbill's cash receipts, where no acquirer of the merchant issues any. Its merchant id is the business number. */
const popbill = (businessNumber: string): NewContract => ({
  ...contract(
    'popbill',
    businessNumber,
    {
      linkId: 'SANDBOXPG',
      secretKey: Buffer.from('popbill sandbox link secret key!').toString('base64'),
    },
    { methods: [] },
  ),
  priority: 2,
});

const { agencyCode } = DEMO_AGENCY;

const COMPANIES: readonly (readonly [string, Company, readonly NewContract[]])[] = [
  [
    'M0000001',
    company('모두의문구 주식회사', '0008100014', '김도담', [
      '서울특별시 중구 가온로 11, 3층',
      '02-0000-2001',
      agencyCode,
    ]),
    [toss('M0000001')],
  ],
  [
    'M0000002',
    company('달빛베이커리', '0008200025', '이루리', [
      '부산광역시 수영구 나루길 22',
      '051-000-2002',
      agencyCode,
    ]),
    [inicis('M0000002'), popbill('0008200025')],
  ],
  [
    'M0000003',
    company('푸른숲캠핑 주식회사', '0008100033', '박찬솔', [
      '강원특별자치도 춘천시 다솜로 33',
      '033-000-2003',
    ]),
    [portone('M0000003'), popbill('0008100033')],
  ],
  [
    'M0000004',
    company('하루책방', '0008600042', '최여울', ['대전광역시 유성구 라온길 44', '042-000-2004']),
    [nicepay('M0000004'), popbill('0008600042')],
  ],
  [
    'M0000005',
    company('온마켓코리아 주식회사', '0008700054', '정마루', [
      '경기도 성남시 분당구 마중로 55, 5층',
      '031-000-2005',
    ]),
    [
      toss('M0000005', { weight: 50 }),
      inicis('M0000005', { weight: 30 }),
      nicepay('M0000005', { weight: 20 }),
    ],
  ],
  [
    'M0000006',
    company('손끝공방', '0008800065', '한바다', ['전북특별자치도 전주시 완산구 바람길 66', '063-000-2006']),
    [kakaopay('M0000006'), naverpay('M0000006'), popbill('0008800065')],
  ],
];

const secretKeyOf = (mid: string) => `sk_test_${mid}`;
const kidOf = (mid: string) => `ek_test_${mid}`;

export const DEMO_MERCHANTS: readonly NewMerchant[] = COMPANIES.map(([mid, companyOfIt, contracts]) => ({
  merchant: {
    mid,
    ...companyOfIt,
    status: 'ACTIVE',
    legacyEncryptionAllowed: false,
    routingStrategy: mid === 'M0000005' ? 'ADAPTIVE' : 'PRIORITY',
  },
  contracts,
  secretKey: new Secret(secretKeyOf(mid)),
  encryptionKey: {
    kid: kidOf(mid),
    material: new Secret(createHash('sha256').update(`pg-gateway demo key ${mid}`, 'ascii').digest()),
  },
}));

const branch = (n: number, mid: string, name: string): Branch => ({
  branchId: `brn_0000000000DEM0BRANCH00000${n}`,
  mid,
  name,
  status: 'ACTIVE',
});

export const DEMO_BRANCHES: readonly Branch[] = [
  branch(1, 'M0000001', '모두의문구 가온점'),
  branch(2, 'M0000001', '모두의문구 나래점'),
  branch(3, 'M0000002', '달빛베이커리 바닷가점'),
];

const LOGINS: readonly Omit<DemoMember, 'memberId'>[] = [
  { loginId: 'operator', password: PASSWORD, role: 'OPERATOR', name: '운영자' },
  ...COMPANIES.map(([mid, { representative }]) => ({
    loginId: `merchant${mid.at(-1)}`,
    password: PASSWORD,
    role: 'MERCHANT' as const,
    mid,
    name: representative,
  })),
  ...DEMO_BRANCHES.map(({ branchId, mid, name }, index) => ({
    loginId: `branch${index + 1}`,
    password: PASSWORD,
    role: 'BRANCH' as const,
    mid,
    branchId,
    name,
  })),
  { loginId: 'agency1', password: PASSWORD, role: 'AGENCY', agencyCode, name: DEMO_AGENCY.representative },
];

export const DEMO_MEMBERS: readonly DemoMember[] = LOGINS.map((login, index) => ({
  ...login,
  memberId: `mem_0000000000DEM0MEMBER${String(index + 1).padStart(6, '0')}`,
}));
