import { AsyncLocalStorage } from 'node:async_hooks';

const active = new AsyncLocalStorage<string>();

/** The name of the database transaction that the caller's flow is inside of; the outbound client refuses to call then. */
export function activeTransaction(): string | undefined {
  return active.getStore();
}

export function insideTransaction<T>(name: string, work: () => Promise<T>): Promise<T> {
  return active.run(name, work);
}
