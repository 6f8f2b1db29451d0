import { errorAdvice, type Repetition, repetitionAfter } from './common/errors/error-advice';
import { ERROR_KINDS, type ErrorEntry } from './common/errors/error-kinds';
import type { Language } from './common/http/request-context';
import { ERROR_TABLES } from './error-tables';

export interface CataloguedError {
  readonly code: string;
  readonly entry: ErrorEntry;
  /** HTTP. */
  readonly status: number;
}

const TITLES: Readonly<Record<Language, string>> = { ko: '오류 코드', en: 'Error codes' };
const INTRODUCTIONS: Readonly<Record<Language, readonly string[]>> = {
  ko: [
    '`npm run errors`가 `.errors.ts` 표에서 만듭니다. 코드의 뜻과 상태는 바뀌지 않습니다. 본문은 RFC 9457 형식이며, OAuth 주소만 RFC 6749 형식으로',
    '답합니다. 어떻게 다루는지는 [오류 처리 가이드](../guides/ko/errors.md)에 있습니다. [English](en.md) · [한눈에 보기](../errors.md)',
  ],
  en: [
    'Written by `npm run errors` from the `.errors.ts` tables. A code never changes its meaning or its status. The body is an RFC',
    '9457 problem; OAuth endpoints alone answer in the form of RFC 6749. How to deal with them: [the guide](../guides/en/errors.md).',
    '[한국어](ko.md) · [at a glance](../errors.md)',
  ],
};

/** Every code of every table, by status and then by name. */
export function cataloguedErrors(): CataloguedError[] {
  return Object.values(ERROR_TABLES)
    .flatMap((table) => Object.entries(table))
    .map(([code, entry]) => ({ code, entry, status: ERROR_KINDS[entry.kind] }))
    .sort((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1));
}

/** docs/errors.md: one table of every code, in both languages. */
export function errorsTable(): string {
  const rows = cataloguedErrors().map(
    ({ code, entry, status }) => `| \`${code}\` | ${status} | ${meaning(entry)} | ${again(code, entry)} |`,
  );
  return [
    '# Error codes',
    '',
    'Written by `npm run errors` from the `.errors.ts` tables. A code never changes its meaning or its status. The body is',
    'an RFC 9457 problem; `detail` says the same in the language that `Accept-Language` prefers, Korean else. OAuth',
    'endpoints answer in the form of RFC 6749 instead. Whoever is named last has to act before the call can succeed.',
    'Each at length, with what to do: [English](errors/en.md), [한국어](errors/ko.md).',
    '',
    '| Code | Status | 뜻 | Meaning | Same call again? |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** docs/errors/en.md or ko.md: each code with its meaning and what to do, under a heading that can be linked to. */
export function errorsPage(language: Language): string {
  const sections = cataloguedErrors().flatMap(({ code, entry, status }, at, all) => {
    const { title, detail } = entry[language];
    const heading = all[at - 1]?.status === status ? [] : [`## HTTP ${status}`, ''];
    return [
      ...heading,
      `### ${code}`,
      '',
      `**${title}.** ${detail}`,
      '',
      errorAdvice(code, entry, language),
      '',
    ];
  });
  return [`# ${TITLES[language]}`, '', ...INTRODUCTIONS[language], '', ...sections].join('\n');
}

const meaning = ({ ko, en }: ErrorEntry) => `${cell(ko.title)} | ${cell(en.title)}`;

const AGAIN: Readonly<Record<Repetition, string>> = {
  AS_IS: 'yes, as it is',
  NEW_KEY: 'later, under a new key',
  LOOK_UP_FIRST: 'a read; look up a write first',
  NEVER: 'no',
};

const again = (code: string, entry: ErrorEntry) =>
  `${AGAIN[repetitionAfter(code, entry)]}; ${entry.actor.toLowerCase()}`;

const cell = (text: string) => text.replaceAll('|', '\\|');
