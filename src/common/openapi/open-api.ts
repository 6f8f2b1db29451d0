import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SCOPES } from '../http/principal';
import { completeDocument, MEMBER_TOKEN, MERCHANT_TOKEN, SECRET_KEY } from './complete-document';
import { Problem } from './problem.schema';

const DESCRIPTION = `
한국 결제대행 API입니다. 금액은 원 단위 정수, 시각은 +09:00이 붙은 ISO 8601입니다. 오류는 RFC 9457 형식이며 code는 바뀌지 않습니다.
title, detail, message는 한국어가 기본이고 Accept-Language: en이면 영어입니다.

A payment gateway for Korea. Amounts are whole won, times are ISO 8601 with +09:00. Errors are RFC 9457 problems whose code
never changes; their texts are Korean unless Accept-Language prefers English.
`.trim();

/** The description of the whole API; complete-document.ts adds what every operation shares. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('PG Gateway')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    // Beside this document, wherever it is served.
    .addServer('/')
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
        description: '가맹점 시스템의 토큰 / Token of a merchant system',
        flows: {
          clientCredentials: {
            tokenUrl: '/oauth/token',
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
        description: '로그인한 회원의 액세스 토큰 / Access token of a logged-in member',
      },
      MEMBER_TOKEN,
    )
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [Problem],
    operationIdFactory: (controller, method) =>
      lowerFirst(controller.replace(/Controller$/, '')) + method.charAt(0).toUpperCase() + method.slice(1),
  });
  return completeDocument(document);
}

export function setupOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'docs-json' });
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
