const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
/** What a merchant system is known by. */
const SCHEMES = ['secretKey', 'merchantToken'];
/** Public since a payer's page may make them; a merchant's server makes them as well. */
const PUBLIC_CALLS = ['checkoutsConfirm', 'checkoutsFail'];
/** The plaintexts of encData are in no operation. */
const PLAINTEXTS = ['KeyInContent', 'BillingKeyContent'];

/** The part of the API that a merchant's system may call, with good answers only: every other one is a Problem. */
export function merchantApi(document) {
  const paths = {};
  for (const [path, item] of Object.entries(document.paths)) {
    const kept = METHODS.filter((method) => item[method] && isMerchantCall(path, item[method])).map(
      (method) => [method, goodAnswersOf(item[method])],
    );
    if (kept.length > 0) paths[path] = Object.fromEntries(kept);
  }
  const wanted = new Set([...PLAINTEXTS, 'Problem']);
  collect(paths, document.components.schemas, wanted);
  for (const name of [...PLAINTEXTS, 'Problem'])
    collect(document.components.schemas[name], document.components.schemas, wanted);
  const schemas = Object.fromEntries(
    Object.entries(document.components.schemas).filter(([name]) => wanted.has(name)),
  );
  return { openapi: document.openapi, info: document.info, paths, components: { schemas } };
}

/** Whether a merchant system may call it: with its key or a token, or as a public call that is its own to make. */
export function isMerchantCall(path, { operationId, security = [] }) {
  if (PUBLIC_CALLS.includes(operationId)) return true;
  return !path.startsWith('/oauth/') && security.some((way) => SCHEMES.some((scheme) => scheme in way));
}

/** The keys of a retry and of idempotency are the client's own business. */
function goodAnswersOf(operation) {
  const answers = Object.entries(operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([status, { description, content }]) => [status, { description, ...(content ? { content } : {}) }]);
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in !== 'header');
  const { summary, operationId, requestBody } = operation;
  return {
    summary,
    operationId,
    parameters,
    ...(requestBody ? { requestBody } : {}),
    responses: Object.fromEntries(answers),
  };
}

function collect(value, schemas, wanted) {
  if (typeof value !== 'object' || value === null) return;
  const name = typeof value.$ref === 'string' ? value.$ref.split('/').at(-1) : undefined;
  if (name !== undefined && !wanted.has(name)) {
    wanted.add(name);
    collect(schemas[name], schemas, wanted);
  }
  for (const inner of Object.values(value)) collect(inner, schemas, wanted);
}
