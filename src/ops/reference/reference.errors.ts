import { errorAdvice } from '../../common/errors/error-advice';
import type { Language } from '../../common/http/request-context';
import { cataloguedErrors } from '../../error-catalogue';
import { html } from './reference.html';
import { pageText } from './reference.layout';
import { WORDS } from './reference.texts';

/** Every code with its meaning and what to do; each can be linked to as `#CODE`. */
export function errorsReferencePage(language: Language): string {
  const words = WORDS[language];
  const main = cataloguedErrors().map(({ code, entry, status }, at, all) => {
    const heading = all[at - 1]?.status === status ? undefined : html`<h2>HTTP ${String(status)}</h2>`;
    const { title, detail } = entry[language];
    return html`${heading}
      <section aria-labelledby="${code}">
        <h3 id="${code}"><code>${code}</code></h3>
        <p>
          <strong>${title}</strong><br />${detail}<br /><small>${errorAdvice(code, entry, language)}</small>
        </p>
      </section>`;
  });
  const guide = html`<p><a href="/guides/errors?lang=${language}">${words.guide}</a></p>`;
  return pageText(language, { title: words.errorCodes, path: '/reference/errors', main: [guide, ...main] });
}
