const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export const nameOf = (reference) => reference.replace('#/components/schemas/', '');

/**
 * The description as it looks from before the proxy: where a body is encrypted, `encData` may also be the plain object
 * (`x-plaintext` names its schema), which the proxy encrypts. A text goes through as it is, so that nonsense can be sent.
 */
export function plainDocument(document, serverUrl = '/') {
  const plain = structuredClone(document);
  plain.servers = [{ url: serverUrl }];
  for (const item of Object.values(plain.paths)) {
    for (const operation of Object.values(item)) {
      const content = operation['x-plaintext'];
      if (content !== undefined) openBody(operation.requestBody.content['application/json'], content, plain);
    }
  }
  return plain;
}

function openBody(media, content, { components }) {
  const sealed = structuredClone(components.schemas[nameOf(media.schema.$ref)]);
  const { schemas } = components;
  // No object for the proxy is without a time: it writes the moment of sending itself.
  sealed.properties.encData = {
    oneOf: [{ $ref: content }, { type: 'string', minLength: 1, maxLength: 4_000 }],
  };
  // Those of the older form of encryption, which the proxy does not make.
  delete sealed.properties.iv;
  delete sealed.properties.mac;
  delete media.example;
  const name = `Plain${nameOf(media.schema.$ref)}Of${nameOf(content)}`;
  schemas[name] = sealed;
  media.schema = { $ref: `#/components/schemas/${name}` };
}

/** Every operation of a description, with what a caller and a judge have to know of it. */
export function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method) => {
      const operation = item[method];
      const [[type, media] = []] = Object.entries(operation.requestBody?.content ?? {});
      return {
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        parameters: operation.parameters ?? [],
        body: media === undefined ? undefined : { type, schema: media.schema, example: media.example },
        responses: operation.responses,
        roles: operation['x-roles'] ?? [],
        scope: operation['x-scope'],
        isPublic: operation['x-public'] === true,
        ownersOnly: operation['x-owners-only'] === true,
        plaintext: operation['x-plaintext'],
      };
    }),
  );
}
