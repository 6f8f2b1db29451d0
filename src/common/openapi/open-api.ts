import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SCOPES } from '../http/principal';
import { completeDocument, MEMBER_TOKEN, MERCHANT_TOKEN, SECRET_KEY } from './complete-document';
import { Problem } from './problem.schema';
import { takenClasses } from './taken-classes';

const DESCRIPTION = `
한국 결제대행 API입니다. 금액은 원 단위 정수, 시각은 +09:00이 붙은 ISO 8601입니다. 오류는 RFC 9457 형식이며 code는 바뀌지 않습니다.
title, detail, message는 한국어가 기본이고 Accept-Language: en이면 영어입니다.

[읽기 좋은 API 안내서](/reference?lang=ko) · [연동 가이드](/guides?lang=ko) · [오류 코드](/reference/errors?lang=ko)

A payment gateway for Korea. Amounts are whole won, times are ISO 8601 with +09:00. Errors are RFC 9457 problems whose code
never changes; their texts are Korean unless Accept-Language prefers English.

[Readable reference](/reference?lang=en) · [Guides](/guides?lang=en) · [Error codes](/reference/errors?lang=en)
`.trim();

/** The description of the whole API; complete-document.ts adds what every operation shares. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('PG Gateway')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    // Beside this document, wherever it is served.
    .addServer('/', '이 문서가 있는 곳 / Where this document is served, local or production', undefined, {
      'x-internal': false,
    })
    .addBasicAuth(
      {
        type: 'http',
        scheme: 'basic',
        description: '비밀 키가 사용자 이름 / The secret key is the user name',
      },
      SECRET_KEY,
    )
    .addOAuth2(
      {
        type: 'oauth2',
        description:
          '가맹점 시스템의 토큰, RFC8725를 따르는 JWT / Token of a merchant system, a JWT by RFC8725',
        flows: {
          clientCredentials: {
            tokenUrl: '/oauth/token',
            refreshUrl: '/oauth/token',
            scopes: Object.fromEntries(SCOPES.map((scope) => [scope, scope])),
          },
        },
      },
      MERCHANT_TOKEN,
    )
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description:
          '로그인한 회원의 액세스 토큰, RFC8725를 따르는 JWT / Access token of a logged-in member, a JWT by RFC8725',
      },
      MEMBER_TOKEN,
    )
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [Problem],
    operationIdFactory: operationIdOf,
  });
  return completeDocument(document, takenClasses(app, operationIdOf));
}

/** Serves Swagger UI and the document; gives the document, which is made when it is first asked for. */
export function setupOpenApi(app: INestApplication): () => OpenAPIObject {
  let made: OpenAPIObject | undefined;
  const documentOf = () => (made ??= openApiDocument(app));
  SwaggerModule.setup('docs', app, documentOf, { jsonDocumentUrl: 'docs-json' });
  return documentOf;
}

function operationIdOf(controller: string, method: string): string {
  return lowerFirst(controller.replace(/Controller$/, '')) + method.charAt(0).toUpperCase() + method.slice(1);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
