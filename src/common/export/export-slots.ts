import type { Readable } from 'node:stream';

/** How many exports run in this process at once. A slot is free again once its stream has closed, whole or not. */
export class ExportSlots {
  private running = 0;

  /** Throws what `busy` makes when all slots are taken; `open` is given a signal that tells when the reader has gone. */
  async take(
    max: number,
    busy: () => Error,
    open: (gone: AbortSignal) => Promise<Readable>,
  ): Promise<Readable> {
    if (this.running >= max) throw busy();
    this.running += 1;
    const gone = new AbortController();
    const free = () => {
      gone.abort();
      this.running -= 1;
    };
    try {
      const stream = await open(gone.signal);
      stream.once('close', free);
      return stream;
    } catch (error) {
      free();
      throw error;
    }
  }
}
