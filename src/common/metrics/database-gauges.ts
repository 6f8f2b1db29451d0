import type { GaugeName } from './catalogue';
import type { Reading, Readings } from './metric.types';

interface Question {
  readonly read: () => Promise<Readings>;
  readonly minimumAgeMs: number;
  /** When the last answer came, and when it was last asked; monotonic. Null: not yet. */
  answeredAtMs: number | null;
  askedAtMs: number | null;
  running: boolean;
}

/**
 * Gauges that the database is asked for, at most once in a while however often the metrics are read, and one question at
 * a time. A question that fails or does not come back leaves the last value standing: the database may be away, and the
 * other metrics are needed then most of all. How old the values are is itself measured.
 */
export class DatabaseGauges {
  private readonly questions: Question[] = [];
  private sinceMs: number | null = null;

  constructor(private readonly set: (name: GaugeName, reading: Reading) => void) {}

  add(read: () => Promise<Readings>, minimumAgeMs: number): void {
    this.questions.push({ read, minimumAgeMs, answeredAtMs: null, askedAtMs: null, running: false });
  }

  /** Asks again what is older than `maxAgeMs`; resolves when all have answered or failed. Never rejects. */
  async refresh(nowMs: () => number, maxAgeMs: number): Promise<void> {
    this.sinceMs ??= nowMs();
    const due = this.questions.filter(
      ({ running, askedAtMs, minimumAgeMs }) =>
        !running && (askedAtMs === null || nowMs() - askedAtMs >= Math.max(maxAgeMs, minimumAgeMs)),
    );
    await Promise.all(due.map((question) => this.ask(question, nowMs)));
  }

  /** Of the value that is the oldest; from the first reading on where one never came. */
  ageSeconds(nowMs: number): number {
    const since = this.sinceMs ?? nowMs;
    const ages = this.questions.map(({ answeredAtMs }) => nowMs - (answeredAtMs ?? since));
    return Math.max(0, ...ages) / 1_000;
  }

  private async ask(question: Question, nowMs: () => number): Promise<void> {
    question.running = true;
    question.askedAtMs = nowMs();
    try {
      const readings = await question.read();
      question.answeredAtMs = nowMs();
      for (const [name, reading] of Object.entries(readings)) this.set(name as GaugeName, reading);
    } catch {
      // Told by the age alone.
    } finally {
      question.running = false;
    }
  }
}
