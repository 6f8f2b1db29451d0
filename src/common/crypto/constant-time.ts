import { timingSafeEqual } from 'node:crypto';

/** Whether two byte strings are equal, in a time that tells nothing of where they differ. Lengths are no secret. */
export function equalInConstantTime(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
