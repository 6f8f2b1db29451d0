import { isBirthOrBusinessNo, isCardExpiry, isCardNumber, isMetadata } from './card.validators';

describe('card validators', () => {
  it.each([
    '4242424242424242',
    '5555555555554444',
    '3530111333300000',
    '4000000000006108',
    '378282246310005',
  ])('takes the card number %s', (number) => expect(isCardNumber(number)).toBe(true));
  it.each([
    '4242424242424241',
    '4242 4242 4242 4242',
    '42424242',
    '４２４２４２４２４２４２４２４２',
    '',
    4242424242424242,
    null,
  ])('refuses the card number %p', (number) => expect(isCardNumber(number)).toBe(false));
  it('takes YYMM with a month that exists', () => {
    expect(['3001', '3012'].every(isCardExpiry)).toBe(true);
    expect(['3000', '3013', '301', '30/1', 3001].some(isCardExpiry)).toBe(false);
  });
  it('takes a birth date or a business number with its check digit', () => {
    expect(['900101', '000229', '1248100998', '2208162517'].every(isBirthOrBusinessNo)).toBe(true);
    expect(['900231', '991301', '1248100999', '12481009', '', 900101].some(isBirthOrBusinessNo)).toBe(false);
  });
  it('takes flat metadata of bounded texts', () => {
    expect(isMetadata({ a: 'b' })).toBe(true);
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, 'v']));
    for (const bad of [[], null, 'x', { a: 1 }, { a: { b: 'c' } }, { a: 'x'.repeat(501) }, many]) {
      expect(isMetadata(bad)).toBe(false);
    }
  });
});
