import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isMerchantCall } from '../merchant-api.mjs';
import { fromRoot } from '../paths.mjs';
import { FLOWS } from './flows.mjs';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const SCRIPT = 'scripts/lib/postman/encrypt-body.js';
/** The content of encData, where a body has one; the script puts it into a JWE. */
const CONTENTS = { '/v1/payments/card': 'KeyInContent', '/v1/billing-keys': 'BillingKeyContent' };
/** What a body may hold, and an example may not: it excludes another field, or is of an acquirer that the demo has not. */
const LEFT_OUT = {
  '/v1/virtual-accounts': ['expiresAt'],
  '/v1/checkouts/{checkoutId}/confirm': ['impUid', 'tid', 'pgToken', 'paymentId', 'authToken', 'idcName'],
};
/** Its order number is that of a payment that is there; every other body with one makes an order. */
const OF_OLD_ORDERS = '/v1/payments/net-cancel';
const DEMO_MID = 'M0000001';
const DEMO_KEY = createHash('sha256').update(`pg-gateway demo key ${DEMO_MID}`, 'ascii').digest('base64');

const DESCRIPTION = `Made by \`npm run postman\` from docs/openapi.json. The folder of flows can be run as it is against \`npm start\`; the other
folders hold every call of a merchant's system with an example. Card data is written in clear and encrypted by the
collection's script. The keys are those of a demo merchant.

\`npm run postman\`가 docs/openapi.json에서 만듭니다. 흐름 폴더는 \`npm start\`로 띄운 게이트웨이에서 그대로 실행됩니다. 나머지 폴더에는 가맹점 시스템의
모든 호출이 예제와 함께 있습니다. 카드 정보는 평문으로 적어 두면 스크립트가 암호화합니다. 키는 데모 가맹점의 것입니다.`;

/** A Postman collection (format 2.1) of what a merchant's system may call, and of flows that can be run. */
export function postmanCollection(document) {
  const values = {
    ...{ baseUrl: 'http://127.0.0.1:3000', sandboxUrl: 'http://127.0.0.1:3900', mid: DEMO_MID },
    ...{ secretKey: `sk_test_${DEMO_MID}`, encryptionKeyId: `ek_test_${DEMO_MID}`, encryptionKey: DEMO_KEY },
  };
  const basic = { username: '{{secretKey}}', password: '' };
  return {
    info: { name: 'PG Gateway', description: DESCRIPTION, schema: SCHEMA },
    auth: { type: 'basic', basic: Object.entries(basic).map(([key, value]) => ({ key, value })) },
    variable: Object.entries(values).map(([key, value]) => ({ key, value })),
    event: [script('prerequest', readFileSync(fromRoot(SCRIPT), 'utf8').trimEnd().split('\n'))],
    item: [
      {
        name: '흐름 / Flows',
        item: FLOWS.map(({ name, calls }) => ({ name, item: calls.map(flowItem) })),
      },
      ...document.tags.flatMap((tag) => folderOf(tag, document)),
    ],
  };
}

const script = (listen, exec) => ({ listen, script: { type: 'text/javascript', exec } });

function flowItem({ name, method, path, body, base = '{{baseUrl}}', ...checks }) {
  return {
    name,
    event: [script('test', testLines(checks))],
    request: requestOf({ method, url: `${base}${path}`, body }),
  };
}

function testLines({ status, expects, keeps, begins }) {
  const checks = Object.entries({ ...expects }).map(
    ([name, value]) =>
      `  pm.expect(answer).to.have.property(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  return [
    ...(begins
      ? [
          "pm.collectionVariables.set('run', Date.now().toString(36));",
          "pm.collectionVariables.set('phone', String(20000000 + Math.floor(Math.random() * 70000000)));",
        ]
      : []),
    `pm.test(${JSON.stringify(`HTTP ${status} ${JSON.stringify(expects)}`)}, () => {`,
    '  const answer = pm.response.json();',
    `  pm.expect(pm.response.code, answer.code).to.equal(${status});`,
    ...checks,
    ...Object.entries(keeps).map(
      ([name, member]) => `  pm.collectionVariables.set(${JSON.stringify(name)}, answer.${member});`,
    ),
    '});',
  ];
}

function folderOf(tag, document) {
  const items = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter(
      (method) => item[method]?.tags?.includes(tag.name) && isMerchantCall(path, item[method]),
    ).map((method) => operationItem(path, method, item[method], document)),
  );
  return items.length === 0
    ? []
    : [{ name: tag['x-displayName'], description: tag.description, item: items }];
}

function operationItem(path, method, operation, document) {
  const { summary, description, parameters = [], requestBody } = operation;
  const value = ({ example, schema }) => String(example ?? schema?.example ?? schema?.default ?? '');
  const of = (place) => parameters.filter((parameter) => parameter.in === place);
  const query = of('query').map((parameter) => ({
    ...{ key: parameter.name, value: value(parameter), description: parameter.description },
    disabled: parameter.required !== true,
  }));
  const variable = of('path').map((parameter) => ({ key: parameter.name, value: value(parameter) }));
  const steps = path.slice(1).replace(/\{(\w+)\}/g, ':$1');
  const url = { raw: `{{baseUrl}}/${steps}`, host: ['{{baseUrl}}'], path: steps.split('/') };
  const body = bodyOf(
    path,
    CONTENTS[path]
      ? exampleOf(document.components.schemas[CONTENTS[path]])
      : requestBody?.content['application/json']?.example,
  );
  return {
    name: summary,
    request: {
      ...requestOf({ method: method.toUpperCase(), url: { ...url, query, variable }, body }),
      description,
    },
  };
}

/** An example that the demo merchant can send, as often as it likes. */
function bodyOf(path, example) {
  if (example === undefined) return undefined;
  const left = Object.entries(example).filter(([name]) => !LEFT_OUT[path]?.includes(name));
  const body = Object.fromEntries(left);
  return body.orderNo && path !== OF_OLD_ORDERS ? { ...body, orderNo: '{{$guid}}' } : body;
}

/** A content from the examples of its fields; the script adds `requestedAt`. */
function exampleOf({ properties }) {
  const fields = Object.entries(properties).filter(([name]) => name !== 'requestedAt');
  return Object.fromEntries(
    fields.flatMap(([name, { example }]) => (example === undefined ? [] : [[name, example]])),
  );
}

function requestOf({ method, url, body }) {
  const header = [{ key: 'Accept-Language', value: 'ko' }];
  if (method === 'POST') header.push({ key: 'Idempotency-Key', value: '{{$guid}}' });
  // Written out: the script's body no longer says that it is JSON.
  if (body) header.push({ key: 'Content-Type', value: 'application/json' });
  const sent = body && {
    ...{ mode: 'raw', raw: JSON.stringify(body, null, 2) },
    options: { raw: { language: 'json' } },
  };
  return { method, header, url, ...(sent && { body: sent }) };
}
