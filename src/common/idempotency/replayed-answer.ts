import type { KeptAnswer } from './idempotent.decorator';

/** Not a fault: thrown past the handler, so that the first answer leaves as it was, byte for byte. */
export class ReplayedAnswer extends Error {
  constructor(readonly answer: KeptAnswer) {
    super('the first answer again');
    this.name = 'ReplayedAnswer';
  }
}
