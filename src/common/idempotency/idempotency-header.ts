import type { ApiHeaderOptions } from '@nestjs/swagger';

/** Documents the Idempotency-Key of an operation that creates something or moves money. */
export const IDEMPOTENCY_HEADER: ApiHeaderOptions = {
  name: 'Idempotency-Key',
  required: false,
  description:
    '같은 키와 같은 내용은 첫 답을 그대로 돌려줍니다. / Same key and content: the first answer again.',
  schema: { type: 'string', minLength: 1, maxLength: 255, example: 'a3f1c0de-0001' },
};
