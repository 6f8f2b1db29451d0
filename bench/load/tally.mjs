/** What a phase came to: how many, how long each took, and what went wrong. */
export class Tally {
  #latencies = [];
  #errors = {};
  ok = 0;
  failed = 0;

  note(error, latencyMs) {
    if (error === undefined) {
      this.ok += 1;
      this.#latencies.push(latencyMs);
      return;
    }
    this.failed += 1;
    this.#errors[error] = (this.#errors[error] ?? 0) + 1;
  }

  result(seconds) {
    const sorted = Float64Array.from(this.#latencies).sort();
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? null;
    return {
      ok: this.ok,
      failed: this.failed,
      errors: this.#errors,
      seconds,
      perSecond: this.ok / seconds,
      p50: at(0.5),
      p99: at(0.99),
      longest: at(1),
    };
  }
}
