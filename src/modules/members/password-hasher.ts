import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Algorithm, hash, type Options, verify } from '@node-rs/argon2';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { normalisedPassword } from './password.policy';

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. About 10 ms of one core. */
const PARAMETERS: Options = {
  algorithm: 2 satisfies Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};
const PARAMETERS_TEXT = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;
const AT_ONCE_MAX = 2;
const QUEUE_MAX = 20;
const RETRY_AFTER_SECONDS = 1;

/**
 * argon2id. Two hashes at once at most and twenty waiting: a flood of logins then neither starves the thread pool that
 * everything else uses nor piles up memory; whoever finds the queue full gets SERVICE_UNAVAILABLE (503).
 */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private dummy: Promise<string> | undefined;

  /** The PHC string of a password. Throws SERVICE_UNAVAILABLE. */
  hash(password: string): Promise<string> {
    return this.limited(() => hash(normalisedPassword(password), PARAMETERS));
  }

  /**
   * Whether the password is the hashed one. With null it takes as long and says no, so that the time of a login does not
   * tell whether there is such a member. Throws SERVICE_UNAVAILABLE.
   */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    const against = passwordHash ?? (await this.dummyHash());
    const matches = await this.limited(() => verify(against, normalisedPassword(password)));
    return matches && passwordHash !== null;
  }

  /** Whether a hash was made with other parameters than new ones are. */
  needsRehash(passwordHash: string): boolean {
    return !passwordHash.startsWith(PARAMETERS_TEXT);
  }

  /** Made once; awaited at start, so that the first unknown login id is no slower than others. */
  dummyHash(): Promise<string> {
    this.dummy ??= hash(randomBytes(32), PARAMETERS);
    return this.dummy;
  }

  private async limited<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE_MAX) {
      if (this.waiting.length >= QUEUE_MAX) {
        throw fault(COMMON_ERRORS, 'SERVICE_UNAVAILABLE', { retryAfterSeconds: RETRY_AFTER_SECONDS });
      }
      // Whoever finishes hands its place over, so `running` is not raised again.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
