import { Schemas } from './json-schema.mjs';

const PROBLEM = 'application/problem+json';
/**
 * Documented answers above 499 that are right here: an operator may announce maintenance of every acquirer, and a test
 * card may tell the sandbox not to answer. Every other one is a finding.
 */
const EXPECTED_ABOVE_499 = ['ACQUIRER_UNAVAILABLE', 'ACQUIRER_TIMEOUT', 'PAYMENT_OUTCOME_UNKNOWN'];
const LONG_DIGITS = /^\d{12,19}$/;

/** Says what is wrong with an answer, by the description and by the rules that hold for all answers. */
export class Judge {
  constructor(document) {
    this.schemas = new Schemas(document);
  }

  /** [{rule, detail}], empty where nothing is wrong. */
  faultsOf(request, role, answer) {
    return [
      ...this.#unavailable(answer),
      ...this.#described(request.operation, answer),
      ...this.#headers(answer),
      ...this.#accepted(request, role, answer),
      ...echoes(request, answer),
    ];
  }

  #unavailable({ status, body, text }) {
    if (status < 500) return [];
    if (status === 503 || status === 504) {
      if (EXPECTED_ABOVE_499.includes(body?.code)) return [];
    }
    return [{ rule: 'an answer of 5xx', detail: `${status} ${text.slice(0, 300)}` }];
  }

  #described({ responses }, { status, type, body, text }) {
    const response = responses[String(status)];
    if (response === undefined)
      return [{ rule: 'undocumented status', detail: `${status} ${text.slice(0, 300)}` }];
    const content = response.content ?? {};
    const types = Object.keys(content);
    if (types.length === 0) {
      return text === '' ? [] : [{ rule: 'a body where none is documented', detail: `${status} ${type}` }];
    }
    const media = content[type];
    if (media === undefined)
      return [{ rule: 'undocumented content type', detail: `${status} ${type}, not ${types.join(', ')}` }];
    if (type === PROBLEM) return this.#problem(media, status, body);
    if (!type.endsWith('json')) return [];
    const fault = this.schemas.faultOf(media.schema, body);
    return fault === null ? [] : [{ rule: 'not by its schema', detail: `${status}: ${fault}` }];
  }

  /** RFC 9457, and a code that this operation names. */
  #problem(media, status, body) {
    const fault = this.schemas.faultOf(media.schema, body);
    if (fault !== null) return [{ rule: 'not a problem of RFC 9457', detail: `${status}: ${fault}` }];
    const codes = Object.keys(media.examples ?? {});
    const found = [];
    if (!codes.includes(body.code))
      found.push({ rule: 'undocumented code', detail: `${status} ${body.code}` });
    // The status of ACQUIRER_TIMEOUT is that of the payment, as the contract says.
    if (body.status !== status && body.code !== 'ACQUIRER_TIMEOUT') {
      found.push({
        rule: 'not a problem of RFC 9457',
        detail: `status ${body.status} in an answer of ${status}`,
      });
    }
    if (!body.type.endsWith(`/docs/errors/${body.code}`)) {
      found.push({ rule: 'not a problem of RFC 9457', detail: `type ${body.type} of ${body.code}` });
    }
    return found;
  }

  #headers({ status, headers, body, type }) {
    const found = [];
    const miss = (name) => found.push({ rule: 'a header is missing', detail: `${status} without ${name}` });
    if (headers['x-request-id'] === undefined) miss('X-Request-Id');
    if (headers['x-content-type-options'] !== 'nosniff') miss('X-Content-Type-Options: nosniff');
    if (status === 429 && headers['retry-after'] === undefined) miss('Retry-After');
    if (status === 401 && headers['www-authenticate'] === undefined) miss('WWW-Authenticate');
    // The first answer again, byte for byte: its traceId is that of the request which it answered first.
    if (headers['idempotency-replayed'] === 'true') return found;
    if (type === PROBLEM && body?.traceId !== headers['x-request-id']) {
      found.push({
        rule: 'a problem with another traceId',
        detail: `${body?.traceId}, not ${headers['x-request-id']}`,
      });
    }
    return found;
  }

  /** Nothing that the description refuses is done, and nothing for nobody. */
  #accepted({ operation, json, path, query }, role, { status }) {
    if (status >= 300) return [];
    const found = [];
    if (!operation.isPublic && (role === 'nobody' || role === 'forged')) {
      found.push({ rule: 'done for nobody', detail: `${status}` });
    }
    if (operation.body !== undefined && json !== undefined && operation.body.type === 'application/json') {
      const fault = this.schemas.faultOf(operation.body.schema, withoutNulls(json));
      if (fault !== null) found.push({ rule: 'accepted though the description refuses it', detail: fault });
    }
    for (const { in: place, name, schema } of operation.parameters) {
      const value = { path, query }[place]?.[name];
      const fault = value === undefined ? null : this.schemas.faultOf(schema, readAs(schema, value));
      if (fault !== null)
        found.push({ rule: 'accepted though the description refuses it', detail: `${name} ${fault}` });
    }
    return found;
  }
}

/** An optional member that is null counts as left out, here as in the gateway; one that is required is then missing. */
function withoutNulls(value) {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutNulls(member)]));
}

/** A parameter is text; its schema says what is meant. */
function readAs({ type, items }, value) {
  if (Array.isArray(value) && type !== 'array') return value.at(-1);
  if ((type === 'number' || type === 'integer') && `${value}`.trim() !== '') return Number(value);
  if (type === 'boolean') return { true: true, false: false }[value] ?? value;
  return type === 'array' && items !== undefined ? [value].flat() : String(value);
}

/** A card number that was sent never comes back. */
function echoes({ json }, { text }) {
  const numbers = [json?.encData?.cardNumber, json?.cardNumber].filter((value) =>
    LONG_DIGITS.test(value ?? ''),
  );
  return numbers.some((number) => text.includes(number))
    ? [{ rule: 'a card number in the answer', detail: '' }]
    : [];
}
