import type { SqlConnection } from '../../../common/db/pool';
import type { ContractLimits } from './journal.types';

/**
 * Counts an approval towards its contract's day and month before it leaves, so that many at once cannot pass a limit
 * together. False when it would pass one; the caller then rolls back.
 */
export async function bookUsage(
  tx: SqlConnection,
  contractId: string,
  amount: number,
  limits: ContractLimits,
): Promise<boolean> {
  const periods: readonly (readonly [string, number | null])[] = [
    [limits.day.slice(0, 7), limits.monthlyLimit],
    [limits.day, limits.dailyLimit],
  ];
  for (const [period, limit] of periods) {
    // Not INSERT IGNORE: on a row that is there it takes a shared lock, and two that then want it alone deadlock.
    await tx.execute(
      `INSERT INTO contract_usages (contract_id, period, amount) VALUES (?, ?, 0)
       ON DUPLICATE KEY UPDATE contract_id = contract_id`,
      [contractId, period],
    );
    const { affectedRows } = await tx.execute<{ affectedRows: number }>(
      'UPDATE contract_usages SET amount = amount + ? WHERE contract_id = ? AND period = ? AND (? IS NULL OR amount + ? <= ?)',
      [amount, contractId, period, limit, amount, limit],
    );
    if (affectedRows !== 1) return false;
  }
  return true;
}

/** Gives an amount back to the day and month it was counted towards: it was declined, reversed or cancelled. */
export async function releaseUsage(
  tx: SqlConnection,
  contractId: string,
  amount: number,
  usageDay: string | null,
): Promise<void> {
  if (usageDay === null) return;
  for (const period of [usageDay.slice(0, 7), usageDay]) {
    await tx.execute('UPDATE contract_usages SET amount = amount - ? WHERE contract_id = ? AND period = ?', [
      amount,
      contractId,
      period,
    ]);
  }
}
