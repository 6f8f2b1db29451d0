import { SchemaChanges } from './schema-changes.mjs';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Every change between two OpenAPI documents that makes a client of the first fail with the second: one line each. */
export function breakingChanges(released, current) {
  const schemas = new SchemaChanges(released, current);
  const lines = operationsOf(released).flatMap(([at, path, method, before]) => {
    const after = current.paths[path]?.[method];
    return after === undefined
      ? [`${at}: the operation was removed`]
      : operationChanges(at, before, after, schemas);
  });
  return [...lines, ...schemas.found];
}

/** Operations that a client could not call before. */
export function newOperations(released, current) {
  return operationsOf(current)
    .filter(([, path, method]) => released.paths[path]?.[method] === undefined)
    .map(([at]) => at);
}

function operationsOf({ paths }) {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) =>
      item[method] ? [[`${method.toUpperCase()} ${path}`, path, method, item[method]]] : [],
    ),
  );
}

function operationChanges(at, before, after, schemas) {
  return [
    ...securityChanges(at, before, after),
    ...parameterChanges(at, before, after, schemas),
    ...bodyChanges(at, before, after, schemas),
    ...answerChanges(at, before, after, schemas),
  ];
}

/** Every way to be let in that was there has to be there still, with no scope more. */
function securityChanges(at, before, after) {
  const ways = ({ security }) => new Set((security ?? [{}]).map((way) => JSON.stringify(way)));
  const now = ways(after);
  if (now.has('{}')) return [];
  const none = now.size === 0;
  return [...ways(before)]
    .filter((way) => !none && !now.has(way))
    .map((way) => `${at}: credentials ${way} are not enough any more`);
}

function parameterChanges(at, before, after, schemas) {
  const byKey = ({ parameters = [] }) => new Map(parameters.map((each) => [`${each.in} ${each.name}`, each]));
  const old = byKey(before);
  const now = byKey(after);
  const lines = [];
  for (const [key, parameter] of old) {
    const same = now.get(key);
    if (same === undefined) lines.push(`${at}: parameter ${key} was removed`);
    else {
      if (same.required && !parameter.required) lines.push(`${at}: parameter ${key} became required`);
      schemas.compare(parameter.schema, same.schema, `${at} ${key}`, 'request');
    }
  }
  for (const [key, parameter] of now) {
    if (!old.has(key) && parameter.required) lines.push(`${at}: new parameter ${key} is required`);
  }
  return lines;
}

function bodyChanges(at, { requestBody: before }, { requestBody: after }, schemas) {
  if (before === undefined) return after?.required ? [`${at}: a body is required now`] : [];
  if (after === undefined) return [`${at}: the body was removed`];
  const lines = after.required && !before.required ? [`${at}: the body became required`] : [];
  return [...lines, ...contentChanges(`${at} body`, before.content, after.content, [schemas, 'request'])];
}

function answerChanges(at, { responses: before }, { responses: after }, schemas) {
  return Object.entries(before).flatMap(([status, answer]) => {
    if (!(status in after)) return [`${at}: answer ${status} was removed`];
    return contentChanges(`${at} ${status}`, answer.content, after[status].content, [schemas, 'response']);
  });
}

function contentChanges(at, before = {}, after = {}, [schemas, direction]) {
  return Object.entries(before).flatMap(([type, media]) => {
    if (!(type in after)) return [`${at}: ${type} was removed`];
    schemas.compare(media.schema, after[type].schema, `${at} ${type}`, direction);
    return [];
  });
}
