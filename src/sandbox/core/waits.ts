import type { ServerResponse } from 'node:http';

/** `elapsed`: the time is over. `gone`: the client left. `reset`: the sandbox forgets everything, or stops. */
export type WaitEnd = 'elapsed' | 'gone' | 'reset';

/** Waits that end early when a client leaves and when the sandbox is reset, so that nothing outlives its books. */
export class Waits {
  private readonly running = new Set<(end: WaitEnd) => void>();

  /** With a response, the wait also ends when its client leaves. */
  wait(ms: number, response?: ServerResponse): Promise<WaitEnd> {
    if (response && isGone(response)) return Promise.resolve('gone');
    return new Promise((resolve) => {
      const finish = (end: WaitEnd) => {
        clearTimeout(timer);
        response?.off('close', leave);
        this.running.delete(finish);
        resolve(end);
      };
      const leave = () => finish('gone');
      const timer = setTimeout(() => finish('elapsed'), ms);
      response?.once('close', leave);
      this.running.add(finish);
    });
  }

  endAll(): void {
    for (const finish of [...this.running]) finish('reset');
  }
}

/** True where nobody is left to read an answer. */
export function isGone(response: ServerResponse): boolean {
  return response.destroyed || (response.socket?.destroyed ?? true);
}
