import { whenNpmEnds } from '../../scripts/lib/processes.mjs';

/** npm repeats the terminal's Ctrl-C, so that one press arrives twice. */
const SAME_PRESS_MS = 700;

export class Stopped extends Error {
  exitCode = 130;

  constructor() {
    super('The bench was stopped.');
    this.stack = this.message;
  }
}

/** `first` is called on the first Ctrl-C (or SIGTERM, SIGHUP), `second` on another one. */
export function onStop({ first, second }) {
  let firstAt = 0;
  let reject;
  const pressed = new Promise((_, refuse) => (reject = refuse));
  pressed.catch(() => undefined);
  const handle = () => {
    if (firstAt === 0) {
      firstAt = Date.now();
      first();
      reject(new Stopped());
    } else if (Date.now() - firstAt > SAME_PRESS_MS) second();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, handle);
  whenNpmEnds(handle);
  const refuse = () => {
    if (firstAt !== 0) throw new Stopped();
  };
  return { pressed, refuse };
}
