import type { Language } from '../../common/http/request-context';
import { TAGS, type Tag } from '../../common/openapi/tags';
import { html, type Html } from './reference.html';
import { WORDS } from './reference.texts';

export interface Page {
  readonly title: string;
  /** Without the language. */
  readonly path: string;
  readonly main: readonly Html[];
}

/** The last part of a chapter's address. */
export const slugOf = ({ name }: Tag) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

export const titleOf = (tag: Tag, language: Language) => (language === 'ko' ? tag.korean : tag.name);

/** A whole page: what all of them share around what each holds. */
export function pageText(language: Language, { title, path, main }: Page): string {
  const words = WORDS[language];
  const other = language === 'ko' ? 'en' : 'ko';
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · PG Gateway</title>
        <link rel="stylesheet" href="/reference/style.css" />
      </head>
      <body>
        <a class="skip" href="#text">${words.skip}</a>
        <header>
          <strong>PG Gateway ${words.title}</strong><a href="/docs">${words.swagger}</a
          ><a href="/docs-json">${words.document}</a
          ><a href="${path}?lang=${other}" hreflang="${other}" lang="${other}">${words.other}</a>
        </header>
        <div class="page">
          ${contentsHtml(path, language)}
          <main id="text">
            <h1>${title}</h1>
            ${main}
          </main>
        </div>
      </body>
    </html> `.text;
}

function contentsHtml(here: string, language: Language): Html {
  const words = WORDS[language];
  const places: readonly (readonly [string, string])[] = [
    ['/reference', words.start],
    ['/guides', words.guides],
    ['/reference/errors', words.errorCodes],
    ...TAGS.map((tag) => [`/reference/${slugOf(tag)}`, titleOf(tag, language)] as const),
  ];
  const lines = places.map(([path, title]) => {
    const mark = path === here ? html` aria-current="page"` : html``;
    return html`<li><a href="${path}?lang=${language}" ${mark}>${title}</a></li>`;
  });
  return html`<nav class="contents" aria-label="${words.contents}">
    <ul>
      ${lines}
    </ul>
  </nav>`;
}
