import { Injectable } from '@nestjs/common';
import { isConnectionFailure } from '../../../common/db/database-errors';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { JournalOutcomeUnknown } from '../journal/journal.types';
import { unknownOutcomeAnswer } from '../payment-answer';
import { PaymentTimes } from '../payment-time';

/** How long a known outcome is tried to be written while the database is away, before scaling. */
const TRIES_MS = [50, 100, 200, 400, 800, 1_600, 2_000, 2_000];

/** Writes what an acquirer answered although the database is away for a moment: losing it would undo a good approval. */
@Injectable()
export class OutcomeWriter {
  constructor(
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * `write` compares before it sets, so that a second try of one that was committed finds it done. Throws
   * PAYMENT_OUTCOME_UNKNOWN when the database stays away, or refuses for another reason.
   */
  async write<T>(paymentId: string, write: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await write();
      } catch (error) {
        const pause = TRIES_MS[tries];
        const away = error instanceof JournalOutcomeUnknown || isConnectionFailure(error);
        if (!away || pause === undefined) {
          this.logger.failure('payment.outcome-not-written', error, { paymentId });
          throw unknownOutcomeAnswer(paymentId, error);
        }
        await this.clock.sleep(this.times.scaled(pause));
      }
    }
  }
}
