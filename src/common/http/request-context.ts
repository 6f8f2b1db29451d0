import { AsyncLocalStorage } from 'node:async_hooks';

export type Language = 'ko' | 'en';

export interface RequestContext {
  /** Taken from X-Request-Id or made; returned in the answer and written in every log line. */
  readonly requestId: string;
  readonly language: Language;
  readonly clientAddress: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function requestContext(): RequestContext | undefined {
  return storage.getStore();
}

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}
