import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const MAPS = ['properties'];
const LISTS = ['allOf', 'oneOf', 'anyOf'];

/**
 * A schema of OpenAPI 3.0 as one of JSON Schema. `closed`: an object may have no member that is not described, so that
 * a field which nobody declared is found.
 */
function converted(schema, closed) {
  const { nullable, ...rest } = schema;
  for (const key of MAPS) if (rest[key] !== undefined) rest[key] = convertedMap(rest[key], closed);
  for (const key of LISTS)
    if (rest[key] !== undefined) rest[key] = rest[key].map((one) => converted(one, closed));
  if (rest.items !== undefined) rest.items = converted(rest.items, closed);
  if (typeof rest.additionalProperties === 'object') {
    rest.additionalProperties = converted(rest.additionalProperties, closed);
  }
  if (closed && rest.properties !== undefined) rest.additionalProperties ??= false;
  return nullable === true ? { anyOf: [{ type: 'null' }, rest] } : rest;
}

const convertedMap = (map, closed) =>
  Object.fromEntries(Object.entries(map).map(([name, schema]) => [name, converted(schema, closed)]));

/** Judges values by the schemas of a description; `faultOf` gives the first fault as text, null where there is none. */
export class Schemas {
  #ajv = new Ajv({ strict: false, allErrors: false, validateFormats: true });
  #known = new Map();

  constructor(document) {
    addFormats(this.#ajv);
    // What they hold is said by the size and the words of a field, not by these names.
    for (const name of ['password', 'binary']) this.#ajv.addFormat(name, true);
    this.#ajv.addSchema({
      $id: 'api',
      components: { schemas: convertedMap(document.components.schemas, true) },
    });
  }

  faultOf(schema, value) {
    const key = JSON.stringify(schema);
    if (!this.#known.has(key)) {
      const pointed = JSON.stringify(converted(schema, true)).replaceAll('"#/components', '"api#/components');
      this.#known.set(key, this.#ajv.compile(JSON.parse(pointed)));
    }
    const validate = this.#known.get(key);
    if (validate(value)) return null;
    const [{ instancePath, message, params }] = validate.errors;
    const extra = params.additionalProperty === undefined ? '' : ` (${params.additionalProperty})`;
    return `${instancePath || 'the body'} ${message}${extra}`;
  }
}
