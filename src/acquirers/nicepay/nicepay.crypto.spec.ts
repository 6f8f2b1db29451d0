import { encryptCardText, isSignedBy, sign } from './nicepay.crypto';
import { orderDays } from './nicepay.days';
import { eucKrForm, fitBytes } from './nicepay.text';
import { legacyTime, newApiTime, readLegacyTime, readNewApiTime } from './nicepay.time';

/** Vectors over invented keys; the recipes also gave the manual's own ones. */
const KEY = '0123456789abcdefFEDCBA9876543210';
const EDI_DATE = '2026-01-02T03:04:05.000+0900';
const AT = new Date('2026-01-01T18:04:05.000Z');

describe('signatures', () => {
  it.each([
    [
      'approve',
      ['UT0000000m01012601020304050001', 1_004, EDI_DATE, KEY],
      '9a708e1277a2fa887be01efe027b1db94e932f22d6c2a7e76f6b1c1ba721142d',
    ],
    [
      'legacy key-in',
      ['testmid01m', 1_004, '20260102030405', 'ORDER-0001', KEY],
      '7dcbf4d806a4868367693367950e1218fb313758dcbe1e5dab5eed5f9174eb9e',
    ],
    [
      'legacy cancel',
      ['testmid01m', 1_004, '20260102030405', KEY],
      'def7c482ce26d5f035713921e1d87a3aedf0e365e7058b19eefd9959c9766cb0',
    ],
  ])('of %s are those of the vector', (_, parts, signature) => {
    expect(sign(...parts)).toBe(signature);
    expect(isSignedBy(signature.toUpperCase(), ...parts)).toBe(true);
    expect(isSignedBy(signature, ...parts, 'x')).toBe(false);
    expect(isSignedBy(signature.slice(1), ...parts)).toBe(false);
  });
});

it('seals card data as the legacy vector has it', () => {
  const text = 'CardNo=9410001234567890&CardExpire=3012&BuyerAuthNum=900101&CardPwd=12';
  expect(encryptCardText(text, KEY)).toBe(
    '100e7a5e1aa1c777920edd2b0f3aec09d2da20095eb48f16997112307245c911' +
      '65d3fc980ed5a64d0180500b6924376a3a53539a8fe67224f00615dbbf53732e' +
      '91626197f8fdfe57719c33c6824af118',
  );
});

describe('texts', () => {
  it('are cut between characters, by the bytes of their encoding', () => {
    expect(fitBytes('만년필 A', 6, 'euc-kr')).toBe('만년필');
    expect(fitBytes('만년필 A', 7, 'euc-kr')).toBe('만년필 ');
    expect(fitBytes('만년필', 8, 'utf-8')).toBe('만년');
    expect(fitBytes('abc', 40, 'euc-kr')).toBe('abc');
  });

  it('go out as a form in EUC-KR', () => {
    expect(eucKrForm({ GoodsName: '가 &A=1', Moid: 'pay_1-r.2*' })).toBe(
      'GoodsName=%B0%A1+%26A%3D1&Moid=pay_1-r.2*',
    );
  });
});

describe('times', () => {
  it('are Korean in both forms', () => {
    expect([legacyTime(AT), newApiTime(AT)]).toEqual(['20260102030405', EDI_DATE]);
  });

  it('are read with a year of two or four digits, and with an offset without its colon', () => {
    expect([readLegacyTime('260102030405'), readLegacyTime('20260102030405')]).toEqual([AT, AT]);
    expect(readNewApiTime(EDI_DATE)).toEqual(AT);
  });

  it.each(['0', '', '2601020304', '20261302030405', 'soon'])('%p is none', (text) => {
    expect([readLegacyTime(text), readNewApiTime(text)]).toEqual([null, null]);
  });
});

describe('the days under which an order may be filed', () => {
  it.each([
    ['2026-11-21T03:00:00.000Z', ['20261121']],
    ['2026-11-21T14:44:59.999Z', ['20261121']],
    ['2026-11-21T14:45:00.000Z', ['20261121', '20261122']],
    ['2026-11-21T15:00:00.000Z', ['20261122', '20261121']],
    ['2026-11-21T15:15:00.000Z', ['20261122']],
    ['2026-12-31T14:59:59.999Z', ['20261231', '20270101']],
  ])('at %s are %p', (at, days) => {
    expect(orderDays(new Date(at))).toEqual(days);
  });
});
