import type { Language } from '../../common/http/request-context';

/** What the pages say beside the document itself. */
export const WORDS = {
  ko: {
    title: 'API 안내서',
    other: 'English',
    contents: '차례',
    skip: '본문으로',
    errors: '오류',
    swagger: '직접 호출해 보기 (Swagger UI)',
    document: 'OpenAPI 문서',
    who: '호출할 수 있는 쪽',
    anybody: '누구나',
    parameters: '매개변수',
    body: '요청 본문',
    answer: '응답',
    example: '예',
    required: '필수',
    optional: '선택',
    orNull: '또는 null',
    start: '모든 호출',
    firstSteps: '5분 만에 시작하기: 빈 폴더에서 첫 승인과 웹훅까지',
    guides: '연동 가이드',
    guide: '연동 가이드: 이렇게 씁니다',
    errorCodes: '오류 코드',
  },
  en: {
    title: 'API reference',
    other: '한국어',
    contents: 'Contents',
    skip: 'Skip to the text',
    errors: 'Errors',
    swagger: 'Try calls (Swagger UI)',
    document: 'OpenAPI document',
    who: 'Who may call',
    anybody: 'Anybody',
    parameters: 'Parameters',
    body: 'Request body',
    answer: 'Answer',
    example: 'Example',
    required: 'required',
    optional: 'optional',
    orNull: 'or null',
    start: 'All calls',
    firstSteps: 'Start in five minutes: from an empty folder to an approval and a webhook',
    guides: 'Guides',
    guide: 'The guide: how to use it',
    errorCodes: 'Error codes',
  },
} as const satisfies Record<Language, Record<string, string>>;

const HANGUL = /[가-힣]/;

/**
 * The part of a text of the document that is in this language. Texts are `한국어 / English`, or a paragraph of each; one
 * without a second part is for both.
 */
export function inLanguage(text: string, language: Language): string {
  const paragraphs = text.split(/\n{2,}/);
  if (paragraphs.length > 1) {
    const own = paragraphs.filter((each) => HANGUL.test(each) === (language === 'ko'));
    return (own.length > 0 ? own : paragraphs).map((each) => inLanguage(each, language)).join('\n\n');
  }
  const at = text.indexOf(' / ');
  if (at < 0) return text;
  return language === 'ko' ? text.slice(0, at) : text.slice(at + 3);
}
