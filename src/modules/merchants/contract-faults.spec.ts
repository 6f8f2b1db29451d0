import { Secret } from '../../common/masking/secret';
import { contractFaults, type ContractFacts } from './contract-faults';
import type { WantedContract } from './merchants.types';

const SECRET = 'sk_never_to_be_repeated';

const wanted = (over: Partial<WantedContract> = {}): WantedContract => ({
  acquirer: 'alpha',
  acquirerMerchantId: 'a-1',
  credentials: new Secret({ secretKey: SECRET }),
  methods: ['CARD'],
  priority: 1,
  weight: 100,
  amountMin: 100,
  amountMax: 10_000_000,
  dailyLimit: null,
  monthlyLimit: null,
  connectTimeoutMs: null,
  answerTimeoutMs: null,
  issuers: null,
  hours: null,
  enabled: true,
  ...over,
});

const facts: ContractFacts = {
  credentialNamesOf: (acquirer) =>
    ['alpha', 'receipts'].includes(acquirer)
      ? { required: ['secretKey'], optional: ['clientKey'] }
      : undefined,
  takesPayments: (acquirer) => acquirer === 'alpha',
  has: (key) => key.endsWith('|old'),
};
const found = (...contracts: WantedContract[]) =>
  contractFaults(contracts, facts).map(({ field, code }) => `${field} ${code}`);

it('takes what its adapter needs, with or without the optional', () => {
  const both = new Secret({ secretKey: SECRET, clientKey: 'ck_1' });
  expect(found(wanted(), wanted({ acquirerMerchantId: 'a-2', credentials: both }))).toEqual([]);
});

it('asks a new contract for credentials, and lets one that is there keep them', () => {
  const { credentials: _given, ...bare } = wanted();
  expect(found(bare)).toEqual(['contracts.0.credentials REQUIRED']);
  expect(found({ ...bare, acquirerMerchantId: 'old' })).toEqual([]);
});

it.each([
  [{}, ['contracts.0.credentials.secretKey REQUIRED']],
  [{ secretKey: SECRET, apiKey: 'k' }, ['contracts.0.credentials.apiKey UNKNOWN_FIELD']],
  [{ secretKey: '' }, ['contracts.0.credentials.secretKey BAD_FORMAT']],
  [{ secretKey: `${SECRET}\n` }, ['contracts.0.credentials.secretKey BAD_FORMAT']],
])('names what is wrong with credentials: %j', (credentials, expected) => {
  expect(found(wanted({ credentials: new Secret(credentials as Record<string, string>) }))).toEqual(expected);
});

it('refuses an acquirer without an adapter, but leaves one that is there already', () => {
  const { credentials: _given, ...there } = wanted({ acquirer: 'beta', acquirerMerchantId: 'old' });
  expect(found(wanted({ acquirer: 'beta' }))).toEqual(['contracts.0.acquirer NOT_ALLOWED']);
  expect(found(there)).toEqual([]);
});

it('refuses doubles, amounts the wrong way round and hours of no length', () => {
  expect(found(wanted(), wanted())).toEqual(['contracts.1 DUPLICATE']);
  expect(found(wanted({ amountMin: 2_000, amountMax: 1_000 }))).toEqual([
    'contracts.0.amountMax OUT_OF_RANGE',
  ]);
  const hours = { from: '09:00', to: '09:00', days: null };
  expect(found(wanted({ hours }))).toEqual(['contracts.0.hours.to OUT_OF_RANGE']);
});

it('repeats no credential', () => {
  const bad = wanted({ credentials: new Secret({ secretKey: `${SECRET}\n`, other: SECRET }) });
  expect(JSON.stringify(contractFaults([bad], facts))).not.toContain(SECRET);
});
