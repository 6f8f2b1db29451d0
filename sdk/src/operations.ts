import type { components, paths } from './generated/api.ts';

export type Schemas = components['schemas'];
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The paths that have an operation of this method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [K in M]: { responses: unknown } } ? P : never;
}[keyof paths];

type OperationOf<M extends Method, P extends keyof paths> = paths[P] extends { [K in M]: infer O }
  ? O
  : never;
type Parameters<O, Place extends string> = O extends { parameters: { [K in Place]?: infer V } } ? V : never;
type Json<T> = T extends { content: { 'application/json': infer V } } ? V : undefined;
type Given<Name extends string, V> = [V] extends [never]
  ? object
  : [undefined] extends [V]
    ? { readonly [K in Name]?: V }
    : { readonly [K in Name]: V };

/** The JSON of a good answer; undefined where there is none. */
export type AnswerOf<M extends Method, P extends PathOf<M>> =
  OperationOf<M, P> extends { responses: infer R } ? Json<R[keyof R]> : never;

export type QueryOf<M extends Method, P extends PathOf<M>> = Parameters<OperationOf<M, P>, 'query'>;
type BodyOf<O> = O extends { requestBody: infer B }
  ? Json<B>
  : O extends { requestBody?: infer B }
    ? Json<B> | undefined
    : never;

/**
 * Of one call. Both are made where they are not given; a key of one's own lets a call be repeated after a restart, also one
 * that is sent encrypted, since its content is compared. Another content under the same key, e.g. another card, is refused.
 */
export interface CallOptions {
  readonly idempotencyKey?: string;
  readonly requestId?: string;
}

export type Call<M extends Method, P extends PathOf<M>> = CallOptions &
  Given<'path', Parameters<OperationOf<M, P>, 'path'>> &
  Given<'query', QueryOf<M, P> | undefined> &
  Given<'body', BodyOf<OperationOf<M, P>>>;

/** One item of a list that is given in pages. */
export type ItemOf<P extends PathOf<'get'>> =
  AnswerOf<'get', P> extends { data: readonly (infer I)[] } ? I : never;
