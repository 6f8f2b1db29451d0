import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';

/** Answers that must not tell by their time what was found. */
@Injectable()
export class SteadyAnswer {
  constructor(
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Does the work, and lets nobody know how it ended before RECOVERY_ANSWER_MS have passed. */
  async give<T>(work: () => Promise<T>): Promise<T> {
    const begun = this.clock.monotonicMs();
    try {
      return await work();
    } finally {
      const left = this.config.memberCodes.answerMs - (this.clock.monotonicMs() - begun);
      if (left > 0) await this.clock.sleep(left);
    }
  }
}
