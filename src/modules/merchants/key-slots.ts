import type { EntityManager } from 'typeorm';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';

/** One to use and one to change over to. */
export const LIVE_KEYS_MAX = 2;

/**
 * Locks the merchant's row, so that two who make a key at the same time are counted one after the other.
 * Lock order: merchant, key, audit chain.
 */
export async function lockMerchant(tx: EntityManager, mid: string): Promise<void> {
  const rows = await tx.query<unknown[]>('SELECT mid FROM merchants WHERE mid = ? FOR UPDATE', [mid]);
  if (rows.length === 0) throw fault(COMMON_ERRORS, 'NOT_FOUND');
}
