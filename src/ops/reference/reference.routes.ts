import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Language, requestContext } from '../../common/http/request-context';
import { TAGS } from '../../common/openapi/tags';
import { guidePage } from './guide.page';
import { errorsReferencePage } from './reference.errors';
import { slugOf } from './reference.layout';
import { referencePage } from './reference.page';
import { REFERENCE_STYLE } from './reference.style';

/** Nothing but our own style sheet: no script, no picture, no other host. */
const POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

interface Asked {
  readonly Params: { readonly name?: string };
  readonly Querystring: { readonly lang?: string };
}

type PageOf = (name: string | undefined, language: Language) => string | undefined;

/**
 * The readable reference, made from the document as Swagger UI's is, with every error code and the guides. Pages are made once
 * and kept: they never change.
 */
export function registerReference(fastify: FastifyInstance, documentOf: () => OpenAPIObject): void {
  const reference: PageOf = (chapter, language) => {
    if (chapter === 'errors') return errorsReferencePage(language);
    const tag = TAGS.find((each) => slugOf(each) === chapter);
    if (chapter !== undefined && tag === undefined) return undefined;
    return referencePage({ document: documentOf(), language }, tag);
  };
  const style = (_request: unknown, reply: FastifyReply) =>
    reply.header('cache-control', 'no-cache').type('text/css; charset=utf-8').send(REFERENCE_STYLE);
  fastify.get('/reference/style.css', style);
  serve(fastify, '/reference', reference);
  serve(fastify, '/guides', guidePage);
}

function serve(fastify: FastifyInstance, root: string, pageOf: PageOf): void {
  const pages = new Map<string, string>();
  for (const path of [root, `${root}/:name`]) {
    fastify.get<Asked>(path, (request, reply) => {
      const { lang } = request.query;
      const language = lang === 'ko' || lang === 'en' ? lang : (requestContext()?.language ?? 'ko');
      const key = `${language} ${request.params.name ?? ''}`;
      const text = pages.get(key) ?? pageOf(request.params.name, language);
      if (text === undefined) return reply.callNotFound();
      pages.set(key, text);
      return reply
        .header('content-security-policy', POLICY)
        .header('vary', 'Accept-Language')
        .type('text/html; charset=utf-8')
        .send(text);
    });
  }
}
