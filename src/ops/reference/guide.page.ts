import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Marked, type Tokens } from 'marked';
import type { Language } from '../../common/http/request-context';
import { html, Html } from './reference.html';
import { pageText } from './reference.layout';

/** docs/guides, as seen from the compiled program. */
const FOLDER = join(__dirname, '../../../../docs/guides');
const NAME = /^[a-z]+(?:-[a-z]+)*$/;
const LOCAL_GATEWAY = 'http://127.0.0.1:3000';

/** A guide as a page, the list of them where no name is given; undefined where there is none of that name. */
export function guidePage(name: string | undefined, language: Language): string | undefined {
  const file = name ?? 'README';
  const path = join(FOLDER, language, `${file}.md`);
  if ((name !== undefined && !NAME.test(name)) || !existsSync(path)) return undefined;
  const [heading = '', ...lines] = readFileSync(path, 'utf8').split('\n');
  // The guides are ours: their markup is trusted as that of this program is.
  const text = new Html(rendererFor(language).parse(lines.join('\n'), { async: false }));
  return pageText(language, {
    title: heading.replace(/^# /, ''),
    path: name === undefined ? '/guides' : `/guides/${name}`,
    main: [text],
  });
}

function rendererFor(language: Language): Marked {
  return new Marked({
    renderer: {
      link({ href, tokens }: Tokens.Link) {
        const words = new Html(this.parser.parseInline(tokens));
        const served = servedAddress(href, language);
        if (served === undefined)
          return html`${words} (<code>${href.replace(/^(?:\.\.\/)+/, '')}</code>)`.text;
        return html`<a href="${served}">${words}</a>`.text;
      },
      // Reached by keyboard, so that a long line can be scrolled.
      code: ({ text }: Tokens.Code) => html`<pre tabindex="0">${text}</pre>`.text,
    },
  });
}

/** Where this gateway serves what a guide links to; undefined for a file that only the repository has. */
function servedAddress(href: string, language: Language): string | undefined {
  if (href.startsWith(LOCAL_GATEWAY)) return href.slice(LOCAL_GATEWAY.length);
  if (/^https?:/.test(href)) return href;
  const guide = /^(?:\.\.\/(en|ko)\/)?([\w-]+)\.md$/.exec(href);
  if (guide !== null) {
    const [, other = language, name = ''] = guide;
    return name === 'README' ? `/guides?lang=${other}` : `/guides/${name}?lang=${other}`;
  }
  const errors = /\/errors\/(en|ko)\.md$/.exec(href);
  return errors === null ? undefined : `/reference/errors?lang=${errors[1]}`;
}
