import { isCommonPassword } from './common-passwords';
import { passwordFaults } from './password.policy';

const owner = { loginId: 'penshop', email: 'minji.kim@example.com' };
const codes = (password: string) =>
  passwordFaults('password', password, owner, isCommonPassword).map(({ code }) => code);

it.each([
  ['오늘은 비가 왔다', 'a phrase, with spaces and without Latin letters'],
  ['aaaa bbbb cccc dddd', 'lower case only'],
  ['x'.repeat(40) + 'y'.repeat(88), 'the longest'],
  ['👍🏽👍🏽👍🏽👍🏽', 'eight characters, though more code units'],
])('takes %p: %s', (password) => {
  expect(codes(password)).toEqual([]);
});

it.each([
  ['7 chars', 'BAD_LENGTH'],
  ['x'.repeat(129), 'BAD_LENGTH'],
  ['👍👍👍👍', 'BAD_LENGTH'],
  ['password1', 'PASSWORD_TOO_COMMON'],
  ['QWERTYUIOP', 'PASSWORD_TOO_COMMON'],
  ['ｐａｓｓｗｏｒｄ１', 'PASSWORD_TOO_COMMON'],
  ['my PenShop 2026', 'PASSWORD_HOLDS_IDENTITY'],
  ['minji.kim forever', 'PASSWORD_HOLDS_IDENTITY'],
  ['My PG-Gateway 2026', 'PASSWORD_HOLDS_SERVICE'],
  ['토스 페이먼츠 최고', 'PASSWORD_HOLDS_SERVICE'],
])('refuses %p: %s', (password, code) => {
  expect(codes(password)).toEqual([code]);
});

it('never repeats the password in what it says', () => {
  expect(JSON.stringify(passwordFaults('password', 'password1', owner, isCommonPassword))).not.toContain(
    'password1',
  );
});
