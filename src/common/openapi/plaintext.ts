import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtension, ApiExtraModels } from '@nestjs/swagger';

export const PLAINTEXT_EXTENSION = 'x-plaintext';

/** Says by which schema the plaintext of `encData` goes, for whoever makes requests from the description. */
export function ApiPlaintext(content: Type): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(content),
    ApiExtension(PLAINTEXT_EXTENSION, `#/components/schemas/${content.name}`),
  );
}
