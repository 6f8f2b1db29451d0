/** The sandbox's business time: real time, moved by `PUT /__sandbox/clock`. */
export class SandboxClock {
  private offset = 0;

  nowMs(): number {
    return Date.now() + this.offset;
  }

  get offsetMs(): number {
    return this.offset;
  }

  moveTo(offsetMs: number): void {
    this.offset = offsetMs;
  }
}
