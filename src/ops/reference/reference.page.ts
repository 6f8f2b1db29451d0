import type { OpenAPIObject } from '@nestjs/swagger';
import type { Language } from '../../common/http/request-context';
import { TAGS, type Tag } from '../../common/openapi/tags';
import { html, Html } from './reference.html';
import { fieldHtml, fieldsHtml, type Reader } from './reference.schema';
import { inLanguage, WORDS } from './reference.texts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Answer = Exclude<NonNullable<Operation['responses'][string]>, { $ref: string }>;
interface Call {
  readonly method: (typeof METHODS)[number];
  readonly path: string;
  readonly operation: Operation;
}

/** The last part of a chapter's address. */
export const slugOf = ({ name }: Tag) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** The page with every call on it, or that of one chapter. */
export function referencePage(reader: Reader, tag: Tag | undefined): string {
  const { language, document } = reader;
  const words = WORDS[language];
  const title = tag === undefined ? words.title : titleOf(tag, language);
  const main =
    tag === undefined ? startHtml(reader) : callsOf(document, tag).map((call) => callHtml(call, reader));
  const here = tag === undefined ? '/reference' : `/reference/${slugOf(tag)}`;
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
          ><a href="${here}?lang=${other}" hreflang="${other}" lang="${other}">${words.other}</a>
        </header>
        <div class="page">
          ${contentsHtml(tag, language)}
          <main id="text">
            <h1>${title}</h1>
            ${tag && html`<p>${inLanguage(tag.description, language)}</p>`}${main}
          </main>
        </div>
      </body>
    </html> `.text;
}

const titleOf = (tag: Tag, language: Language) => (language === 'ko' ? tag.korean : tag.name);
const addressOf = (tag: Tag, language: Language) => `/reference/${slugOf(tag)}?lang=${language}`;

function contentsHtml(current: Tag | undefined, language: Language): Html {
  const words = WORDS[language];
  const mark = (isHere: boolean) => (isHere ? html` aria-current="page"` : html``);
  const lines = TAGS.map(
    (tag) =>
      html`<li>
        <a href="${addressOf(tag, language)}" ${mark(tag === current)}>${titleOf(tag, language)}</a>
      </li>`,
  );
  const first = html`<li>
    <a href="/reference?lang=${language}" ${mark(current === undefined)}>${words.start}</a>
  </li>`;
  return html`<nav class="contents" aria-label="${words.contents}">
    <ul>
      ${[first, ...lines]}
    </ul>
  </nav>`;
}

function startHtml(reader: Reader): Html[] {
  const { document, language } = reader;
  const about = inLanguage(document.info.description ?? '', language).split('\n\n');
  return [
    ...about.map((paragraph) => html`<p>${paragraph}</p>`),
    ...TAGS.map((tag) => {
      const lines = callsOf(document, tag).map(
        ({ method, path, operation }) =>
          html`<li>
            <a href="${addressOf(tag, language)}#${operation.operationId}"
              >${inLanguage(operation.summary ?? '', language)}</a
            >
            <small><code>${method.toUpperCase()} ${path}</code></small>
          </li>`,
      );
      return html`<h2>${titleOf(tag, language)}</h2>
        <ul>
          ${lines}
        </ul>`;
    }),
  ];
}

function callsOf({ paths }: OpenAPIObject, tag: Tag): Call[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation?.tags?.includes(tag.name) ? [{ method, path, operation }] : [];
    }),
  );
}

function callHtml({ method, path, operation }: Call, reader: Reader): Html {
  const { language } = reader;
  const words = WORDS[language];
  const summary = inLanguage(operation.summary ?? '', language);
  const paragraphs = inLanguage(operation.description ?? '', language).split('\n\n');
  const schemes = [...new Set((operation.security ?? []).flatMap(Object.keys))];
  return html`<section aria-labelledby="${operation.operationId}">
    <h2 id="${operation.operationId}">${summary}</h2>
    <code class="call"><span class="${method}">${method.toUpperCase()}</span> ${path}</code>
    ${paragraphs.map((text) => html`<p>${text}</p>`)}
    <p><small>${words.who}: ${schemes.join(', ') || words.anybody}</small></p>
    ${parametersHtml(operation, reader)}${bodyHtml(operation, reader)}${answersHtml(operation, reader)}${errorsHtml(operation, language)}
  </section>`;
}

function parametersHtml({ parameters = [] }: Operation, reader: Reader): Html | undefined {
  const rows = parameters.flatMap((parameter) => {
    if ('$ref' in parameter) return [];
    const { name, schema, required = false, description } = parameter;
    return [
      fieldHtml({ name, schema, isRequired: required, ...(description ? { description } : {}) }, reader),
    ];
  });
  return rows.length === 0
    ? undefined
    : html`<h3>${WORDS[reader.language].parameters}</h3>
        <dl>${rows}</dl>`;
}

function bodyHtml({ requestBody, description = '' }: Operation, reader: Reader): Html | undefined {
  if (requestBody === undefined || '$ref' in requestBody) return undefined;
  const schemas = reader.document.components?.schemas ?? {};
  // What encData holds is in no schema of the body: the description names it.
  const plaintexts = [...new Set(description.match(/\b\w+Content\b/g))].filter((name) => name in schemas);
  const inside = plaintexts.map(
    (name) =>
      html`<h3>${name}</h3>
        ${fieldsHtml(schemas[name], reader)}`,
  );
  return html`${contentHtml(WORDS[reader.language].body, requestBody.content, reader)}${inside}`;
}

function answersHtml({ responses }: Operation, reader: Reader): Html[] {
  const { language } = reader;
  return Object.entries(responses).flatMap(([status, answer]) => {
    if (answer === undefined || '$ref' in answer || !status.startsWith('2')) return [];
    const heading = `${WORDS[language].answer} ${status}: ${inLanguage(answer.description, language)}`;
    return [contentHtml(heading, answer.content ?? {}, reader)];
  });
}

function contentHtml(heading: string, content: NonNullable<Answer['content']>, reader: Reader): Html {
  const parts = Object.entries(content).map(([type, { schema, example }]) => {
    const shown = example === undefined ? undefined : JSON.stringify(example, null, 2);
    const words = WORDS[reader.language];
    const sample =
      shown &&
      html`<details>
        <summary>${words.example}</summary>
        <pre tabindex="0">${shown}</pre>
      </details>`;
    return html`<p><small>${type}</small></p>
      ${fieldsHtml(schema, reader)}${sample}`;
  });
  return html`<h3>${heading}</h3>
    ${parts}`;
}

/** Each code leads to its own page. */
function errorsHtml({ responses }: Operation, language: Language): Html {
  const lines = Object.entries(responses).flatMap(([status, answer]) => {
    if (answer === undefined || '$ref' in answer) return [];
    const examples = answer.content?.['application/problem+json']?.examples ?? {};
    return Object.entries(examples).map(([code, example]) => {
      const words = '$ref' in example ? '' : inLanguage(example.summary ?? '', language);
      return html`<li>
        <a href="/docs/errors/${code}"><code>${code}</code></a> <small>${status} · ${words}</small>
      </li>`;
    });
  });
  return html`<details>
    <summary>${WORDS[language].errors} (${String(lines.length)})</summary>
    <ul>
      ${lines}
    </ul>
  </details>`;
}
