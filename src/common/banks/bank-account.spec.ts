import { isSameHolder, maskAccountNumber } from './bank-account';

it('compares holders as banks do', () => {
  expect(isSameHolder('홍 길동', '홍길동')).toBe(true);
  expect(isSameHolder('hong gildong', 'HONG GILDONG')).toBe(true);
  expect(isSameHolder('홍길동', '홍길순')).toBe(false);
  expect(isSameHolder(' ', '')).toBe(false);
});

it('shows four digits of an account', () => {
  expect(maskAccountNumber('110123456789')).toBe('********6789');
  expect(maskAccountNumber('123')).toBe('123');
});
