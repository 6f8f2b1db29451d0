import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { composed, PLAIN_LINES, PLAIN_TEXT, Trimmed } from './plain-text';

describe('a plain text', () => {
  it.each(['홍길동', 'O’Neil 2nd', '가', '👨‍👩‍👧', ' 모두의 문구 ', ''])('may be %j', (text) => {
    expect(PLAIN_TEXT.test(text)).toBe(true);
  });

  it.each([
    ['spaces', '  \u3000\u00a0'],
    ['the Hangul filler', '\u3164'],
    ['a half-width filler and a zero-width space', '\uffa0\u200b'],
    ['a line', 'one\ntwo'],
    ['a line separator', 'one\u2028two'],
    ['a control character', 'a\u0000b'],
    ['a change of direction', 'abc\u202egnp'],
    ['an isolate', '\u2066abc'],
  ])('is not %s', (_, text) => {
    expect(PLAIN_TEXT.test(text)).toBe(false);
  });

  it('is judged in time that grows with its length alone', () => {
    const start = process.hrtime.bigint();
    expect(PLAIN_TEXT.test(' '.repeat(100_000))).toBe(false);
    expect(PLAIN_LINES.test('\n'.repeat(100_000))).toBe(false);
    expect(Number(process.hrtime.bigint() - start) / 1e6).toBeLessThan(500);
  });

  it('of several lines shows something on one of them', () => {
    expect(PLAIN_LINES.test('\n\n 본문\r\n\t둘째 줄\n')).toBe(true);
    expect(PLAIN_LINES.test(' \n\u3164\n')).toBe(false);
    expect(PLAIN_LINES.test('본문\u0000')).toBe(false);
  });

  it('loses the spaces around it', () => {
    class Named {
      @Trimmed()
      name: unknown;
    }
    expect(plainToInstance(Named, { name: '\u3000나루 대리점 ' }).name).toBe('나루 대리점');
    expect(plainToInstance(Named, { name: 7 }).name).toBe(7);
  });
});

describe('composing', () => {
  it('gives every text within a value in one form', () => {
    const apart = '나루'.normalize('NFD');
    expect(apart).toHaveLength(4);
    expect(composed({ name: apart, list: [{ name: apart }, 1, null], on: true })).toEqual({
      ...{ name: '나루', on: true },
      list: [{ name: '나루' }, 1, null],
    });
  });

  it('copies nothing that is in that form already', () => {
    const value = { name: '나루', encData: 'eyJ', list: [{ amount: 1_000, none: null }] };
    expect(composed(value)).toBe(value);
  });
});
