/** What no client depends on: words and examples. Fields that only look like them are under `properties`. */
const WORDS = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'tags',
  'externalDocs',
  'operationId',
  'headers',
]);

/** What clients depend on, and nothing else: the form in which a release is kept. */
export function contractOf({ openapi, info, paths, components }) {
  return {
    openapi,
    info: { title: info.title, version: info.version },
    paths: bare(paths),
    components: { schemas: bare(components.schemas, true) },
  };
}

function bare(value, areNames = false) {
  if (Array.isArray(value)) return value.map((item) => bare(item));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => areNames || !(WORDS.has(key) || key.startsWith('x-')));
  return Object.fromEntries(
    kept.map(([key, inner]) => [key, bare(inner, !areNames && key === 'properties')]),
  );
}
