import { GUIDE_LANGUAGES, guideBlocks, guideNames, guideText, notShown } from '../support/guides';
import { filesBelow, linesOf, textOf } from './files';

const NAMES = guideNames('en');
const LINES_MAX = 150;
const HANGUL = /[가-힣]/;
const tablesOf = (text: string) => linesOf(text).filter((line) => line.startsWith('|')).length;

it.each(GUIDE_LANGUAGES)('every guide in %s is in the list, and the list is the same', (language) => {
  const files = filesBelow([`docs/guides/${language}`], /\.md$/).map((path) => path.split('/').at(-1)!);
  expect(files.toSorted()).toEqual([...NAMES.map((name) => `${name}.md`), 'README.md'].toSorted());
  expect(guideNames(language)).toEqual(NAMES);
});

it.each(NAMES)('%s says and runs the same in both languages', (name) => {
  const [english, korean] = GUIDE_LANGUAGES.map((language) => guideText(language, name)) as [string, string];
  expect(guideBlocks('ko', name)).toEqual(guideBlocks('en', name));
  expect(tablesOf(korean)).toBe(tablesOf(english));
  // A guide may give the Korean word for a thing, and show a Korean answer.
  const lines = linesOf(english).filter((line) => HANGUL.test(line) && !line.startsWith('[한국어]'));
  expect(lines.length).toBeLessThanOrEqual(3);
  expect(linesOf(korean).filter((line) => HANGUL.test(line)).length).toBeGreaterThan(5);
  for (const text of [english, korean]) expect(linesOf(text).length).toBeLessThanOrEqual(LINES_MAX);
});

it.each(GUIDE_LANGUAGES)('names only operations and codes that exist, in %s', (language) => {
  const { paths } = JSON.parse(textOf('docs/openapi.json')) as { paths: Record<string, object> };
  const text = NAMES.map((name) => guideText(language, name)).join('\n');
  const calls = [...text.matchAll(/`(GET|POST|PUT|PATCH|DELETE) (\/[^\s`]+)`/g)];
  const unknown = calls.filter(
    ([, method = '', path = '']) => !Object.hasOwn(paths[path] ?? {}, method.toLowerCase()),
  );
  expect([calls.length > 2, unknown.map(([call]) => call)]).toEqual([true, []]);
  const codes = new Set([...textOf('docs/errors.md').matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code));
  const shown = [...text.matchAll(/`([A-Z]+(?:_[A-Z]+){2,})`/g)].map(([, code = '']) => code);
  expect(shown.filter((code) => !codes.has(code))).toEqual([]);
});

it('what is not shown, or not in that order, is noticed', () => {
  const output = 'HTTP 200\n  "status": "APPROVED",\ngenuine: payment.approved of order-1\n';
  expect(notShown(['HTTP 200', '"status": "APPROVED"', 'genuine: … of …'], output)).toEqual([]);
  expect(notShown(['"status": "CANCELLED"', 'genuine: …'], output)).toEqual(['"status": "CANCELLED"']);
  expect(notShown(['genuine', 'HTTP 200'], output)).toEqual(['HTTP 200']);
});
