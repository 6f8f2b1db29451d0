import { authSignature, hashV1, hashV2, sealField, stdpayKeyHash, stdpaySignatures } from './inicis.crypto';

const keys = { apiKey: '0123456789abcdef', iv: 'fedcba9876543210' };
const at = ['20260102030405', '127.0.0.1', 'TESTMID000'];
const tid = 'INIAPICARDTESTMID00020260102030405000001';

it.each([
  ['9410001234567890', 'QxMoBJLc4X4wJocgKlsOIODFbvJzyvMYj2r/hTgHt9Y='],
  ['3012', 'NOL3hAlAYs1qkMFQZ7vjOw=='],
  ['900101', 'azCkU5tXGZMxwjqzOeQ+JA=='],
  ['12', 'vvS2vm0wzewRvd1cyHTmvg=='],
])('seals %s', (text, sealed) => expect(sealField(keys, text)).toBe(sealed));

it.each([
  [
    'a key-in',
    ['Pay', 'Card', ...at, 'ORDER-0001', '1004', sealField(keys, '9410001234567890')],
    '7f3461373b5c547c0573970beb4972d9072f56a2c61b5f72863876e5c433ca0c81b66f5a27e28cf2cbce6a93713f584cfa82870303b1c90de2371880da930b38',
  ],
  [
    'a virtual account',
    ['Pay', 'Vacct', ...at, 'ORDER-0001', '1004'],
    '164035e8a21a1783114f75fb1d128174c1eb48a15c99f12805520af5be4f7b25e45bf5f0b9c3bde472d13881559e75ac8fd693c55adef5e38ef2970461ca48d7',
  ],
  [
    'a full refund',
    ['Refund', 'Card', ...at, tid],
    'cb0120f3c6a33a7842cb7b94b19a6e5ff9c33eafbbee8e599e8bab4220f05198840cbb064e96657cb70b2b09ddc889e127aa99011217f8136402b5dc71c3c0c0',
  ],
  [
    'a partial refund',
    ['PartialRefund', 'Card', ...at, tid, '500', '504'],
    '592ac3f7834386994da9ef2552eff27a979ea6428300cf318f68702669ec1e062e9de345a6c28ff13fd020b5a2ed6caa78313e7e8091c8eead9e4828a53a1dcb',
  ],
])('hashes %s of INIAPI v1', (_, parts, hash) => expect(hashV1(keys.apiKey, parts)).toBe(hash));

it('hashes a call of INIAPI v2 over the exact text of its data', () => {
  const dataText = JSON.stringify({ tid, msg: 'test' });
  const call = { mid: 'TESTMID000', type: 'refund', timestamp: '20260102030405', dataText };
  expect(hashV2(keys.apiKey, call)).toBe(
    'dc382dfae30eb4ac4c66b54d620f9fa3f9f73cab81278ec7b78494adab738c45bb19a06d6faae86099e72c01468a8ff0e5d1abcc359a751d26e8d231df513251',
  );
});

it('signs the form of the payment window', () => {
  const fields = [
    ['oid', 'ORDER-0001'],
    ['price', '1004'],
    ['timestamp', '1767290645000'],
  ] as const;
  expect(stdpaySignatures('EXAMPLESIGNKEY', fields)).toEqual({
    signature: '059d6bf0b87221d3dc80050846eede6165c0ef14f52e02445bf5282d17d9aee1',
    verification: '65b5c0d153f9f3845d994fb7f08338f68638920705dfa30635989d8a5cc589cc',
  });
  expect(stdpayKeyHash('EXAMPLESIGNKEY')).toBe(
    '485899a8be8bbb86905a9757a505f6f4c4441463e97090cf296b4baf2efa2a57',
  );
});

it('signs another choice of members for each last digit of the timestamp', () => {
  const signed = Array.from({ length: 10 }, (_, digit) =>
    authSignature({ mid: 'm', tstamp: `176729064500${digit}`, MOID: 'o', TotPrice: '1' }),
  );
  expect(new Set(signed).size).toBe(10);
});
