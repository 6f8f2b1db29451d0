import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Language, requestContext } from '../../common/http/request-context';
import { TAGS } from '../../common/openapi/tags';
import { referencePage, slugOf } from './reference.page';
import { REFERENCE_STYLE } from './reference.style';

/** Nothing but our own style sheet: no script, no picture, no other host. */
const POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

interface Asked {
  readonly Params: { readonly chapter?: string };
  readonly Querystring: { readonly lang?: string };
}

/** The readable reference, made from the document as Swagger UI's is. Pages are made once and kept: they never change. */
export function registerReference(fastify: FastifyInstance, documentOf: () => OpenAPIObject): void {
  const pages = new Map<string, string>();
  const page = (chapter: string | undefined, language: Language): string | undefined => {
    const tag = TAGS.find((each) => slugOf(each) === chapter);
    if (chapter !== undefined && tag === undefined) return undefined;
    const key = `${language} ${chapter ?? ''}`;
    const made = pages.get(key) ?? referencePage({ document: documentOf(), language }, tag);
    pages.set(key, made);
    return made;
  };
  const style = (_request: unknown, reply: FastifyReply) =>
    reply.header('cache-control', 'no-cache').type('text/css; charset=utf-8').send(REFERENCE_STYLE);
  fastify.get('/reference/style.css', style);
  for (const path of ['/reference', '/reference/:chapter']) {
    fastify.get<Asked>(path, (request, reply) => {
      const { lang } = request.query;
      const language = lang === 'ko' || lang === 'en' ? lang : (requestContext()?.language ?? 'ko');
      const text = page(request.params.chapter, language);
      if (text === undefined) return reply.callNotFound();
      return reply
        .header('content-security-policy', POLICY)
        .header('vary', 'Accept-Language')
        .type('text/html; charset=utf-8')
        .send(text);
    });
  }
}
