import { isWellFormed, wellFormedJson } from './well-formed';

it.each([
  ['만년필 🖊️', true],
  ['', true],
  ['\ud83d\ude00', true],
  ['a\ud800', false],
  ['\udc00b', false],
  ['\ude00\ud83d', false],
])('%j is text: %s', (text, expected) => {
  expect(isWellFormed(text)).toBe(expected);
});

it('writes JSON as ever, and half a character as the sign for one that is not known', () => {
  const value = { name: '만년필 😀', path: 'C:\\ud800', list: [1, null, true] };
  expect(wellFormedJson(value)).toBe(JSON.stringify(value));
  expect(JSON.parse(wellFormedJson([{ message: 'a\ud800b', path: 'C:\\ud800', n: 1 }]))).toEqual([
    { message: 'a\ufffdb', path: 'C:\\ud800', n: 1 },
  ]);
});
