import { isGuessable } from './password.policy';

it.each([
  ['short1!', true],
  ['aaaaaaaaaaaa', true],
  ['abababababab', true],
  ['Gaon-Shop!2026', true],
  ['correct horse battery', false],
  ['한글도 괜찮은 비밀번호', false],
  ['x'.repeat(60) + 'abcdef'.repeat(12), true],
])('%s is guessable: %s', (password, expected) => {
  expect(isGuessable(password, ['gaon-shop', '김'])).toBe(expected);
});
