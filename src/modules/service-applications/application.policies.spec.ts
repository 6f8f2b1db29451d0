import { missingFields, openKey, strangerFaults } from './completeness.policy';
import { type ContractPowers, missingFor } from './readiness.policy';
import type { Application, ServiceCode } from './service-applications.types';

const service = (code: string, documents: ServiceCode['documents'] = ['BUSINESS_LICENSE']): ServiceCode => ({
  code,
  name: { ko: code, en: code },
  conditions: { ko: '', en: '' },
  ratePpm: 0,
  fixedFee: 0,
  documents,
  effectiveFrom: '2025-01-01',
});
const TODAY = [service('CARD'), service('SMS', ['BUSINESS_LICENSE', 'BANKBOOK'])];

const application = (over: Partial<Application> = {}): Application => ({
  applicationId: 'app_1',
  memberId: 'mem_1',
  kind: 'NEW_MERCHANT',
  mid: null,
  reservedMid: null,
  status: 'DRAFT',
  version: 1,
  services: ['CARD'],
  businessNumber: '0008100014',
  corporateNumber: null,
  companyName: '모두의문구',
  representative: '김도담',
  address: '서울',
  phone: '0200002001',
  email: 'a@example.com',
  expectedYearlySales: 1,
  tier: null,
  account: { bankCode: '088', sealed: Buffer.alloc(1), masked: '*', holderName: '김도담' },
  holderCheck: null,
  agencyCode: null,
  sellerCode: null,
  documents: [{ kind: 'BUSINESS_LICENSE', fileId: 'fil_1' }],
  reason: null,
  requestedFields: [],
  keysWaiting: false,
  createdAt: new Date(0),
  submittedAt: null,
  decidedAt: null,
  ...over,
});
const fields = (over: Partial<Application>) =>
  missingFields(application(over), TODAY).map(({ field, code }) => `${field} ${code}`);

describe('an application is complete', () => {
  it('with everything that a new merchant must say, and the papers of its services', () => {
    expect(fields({})).toEqual([]);
    expect(fields({ services: ['CARD', 'SMS'] })).toEqual(['documents.BANKBOOK REQUIRED']);
    expect(fields({ corporateNumber: '1101110000001', agencyCode: 'AG0001' })).toEqual([]);
  });

  it('and names every field that is wanting, at once', () => {
    const empty = {
      businessNumber: null,
      companyName: null,
      representative: null,
      address: null,
      phone: null,
      email: null,
      expectedYearlySales: null,
      account: null,
      services: [],
      documents: [],
    };
    expect(fields(empty).map((fault) => fault.split(' ')[0])).toEqual([
      'businessNumber',
      'companyName',
      'representative',
      'address',
      'phone',
      'email',
      'expectedYearlySales',
      'settlementAccount',
      'services',
    ]);
  });

  it('only with services that there are today', () => {
    expect(fields({ services: ['CARD', 'GOLD'] })).toEqual(['services NOT_ALLOWED']);
  });

  it('for further services by their codes alone', () => {
    const more = { kind: 'MORE_SERVICES', companyName: null, account: null, documents: [] } as const;
    expect(fields(more)).toEqual([]);
    expect(strangerFaults('MORE_SERVICES', { services: ['SMS'], documents: [] })).toEqual([]);
    expect(
      strangerFaults('MORE_SERVICES', { services: ['SMS'], companyName: 'x', agencyCode: null }),
    ).toEqual(['companyName', 'agencyCode'].map((field) => ({ field, code: 'NOT_ALLOWED' })));
  });
});

it('waits once for the same services of the same business, in whatever order they are named', () => {
  const key = openKey(application({ services: ['SMS', 'CARD'] }));
  expect(openKey(application({ services: ['CARD', 'SMS'] }))).toBe(key);
  expect(openKey(application({ services: ['CARD'] }))).not.toBe(key);
  expect(openKey(application({ services: ['SMS', 'CARD'], businessNumber: '0008200025' }))).not.toBe(key);
});

describe('a service works', () => {
  const contract = (over: Partial<ContractPowers> = {}): ContractPowers => ({
    methods: ['CARD'],
    enabled: true,
    keyIn: true,
    window: true,
    billing: true,
    virtualAccount: false,
    cashReceipt: false,
    ...over,
  });

  it.each([
    ['CARD', contract(), []],
    ['CARD', contract({ methods: ['VIRTUAL_ACCOUNT'] }), ['NO_CONTRACT']],
    ['CARD', contract({ keyIn: false }), ['NO_CONTRACT']],
    ['CARD', contract({ enabled: false }), ['CONTRACT_DISABLED']],
    ['SMS', contract(), []],
    ['BILLING', contract({ billing: false }), ['NO_CONTRACT']],
    ['CHECKOUT', contract({ methods: ['EASY_PAY'] }), []],
    ['CHECKOUT', contract({ window: false }), ['NO_CONTRACT']],
    ['VIRTUAL_ACCOUNT', contract({ methods: ['VIRTUAL_ACCOUNT'], virtualAccount: true }), []],
    ['VIRTUAL_ACCOUNT', contract(), ['NO_CONTRACT']],
    ['TRANSFER', contract({ methods: ['BANK_TRANSFER'] }), []],
    ['CASH_RECEIPT', contract(), ['NO_CONTRACT']],
    ['CASH_RECEIPT', contract({ methods: [], cashReceipt: true }), []],
    ['POINTS', contract({ enabled: false }), []],
  ])('%s with %j: missing %j', (code, only, missing) => {
    expect(missingFor([code], [only]).map((each) => each.code)).toEqual(missing);
  });

  it('by any contract, and by none of none', () => {
    expect(missingFor(['CARD'], [contract({ enabled: false }), contract()])).toEqual([]);
    expect(missingFor(['CARD', 'POINTS'], [])).toEqual([{ service: 'CARD', code: 'NO_CONTRACT' }]);
  });
});
