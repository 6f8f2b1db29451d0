import type { OpenAPIObject } from '@nestjs/swagger';
import type { Language } from '../../common/http/request-context';
import { TAGS, type Tag } from '../../common/openapi/tags';
import { html, type Html } from './reference.html';
import { pageText, slugOf, titleOf } from './reference.layout';
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

/** The page with every call on it, or that of one chapter. */
export function referencePage(reader: Reader, tag: Tag | undefined): string {
  const { language, document } = reader;
  if (tag === undefined) {
    return pageText(language, {
      title: WORDS[language].title,
      path: '/reference',
      main: startHtml(reader),
    });
  }
  return pageText(language, {
    title: titleOf(tag, language),
    path: `/reference/${slugOf(tag)}`,
    main: [
      html`<p>${inLanguage(tag.description, language)}</p>`,
      ...guideHtml(tag, language),
      ...callsOf(document, tag).map((call) => callHtml(call, reader)),
    ],
  });
}

const addressOf = (tag: Tag, language: Language) => `/reference/${slugOf(tag)}?lang=${language}`;

/** Where it is shown how to use a chapter's calls. */
function guideHtml({ guide }: Tag, language: Language): Html[] {
  if (guide === undefined) return [];
  return [html`<p><a href="/guides/${guide}?lang=${language}">${WORDS[language].guide}</a></p>`];
}

function startHtml(reader: Reader): Html[] {
  const { document, language } = reader;
  // The line of links is for Swagger UI; here the contents lead there.
  const about = inLanguage(document.info.description ?? '', language)
    .split('\n\n')
    .filter((paragraph) => !paragraph.startsWith('['));
  return [
    ...about.map((paragraph) => html`<p>${paragraph}</p>`),
    html`<p><a href="/guides/start?lang=${language}">${WORDS[language].firstSteps}</a></p>`,
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
