import type { EntityManager } from 'typeorm';

/** `M` and seven digits. */
const midOf = (number: number) => `M${String(number).padStart(7, '0')}`;

/**
 * The next mid that no merchant has. The counter's row stays locked until the caller's transaction ends, so that no two
 * get the same and none is lost by one that is rolled back. Demo merchants have numbers below where it began.
 */
export async function nextMid(tx: EntityManager): Promise<string> {
  for (;;) {
    await tx.query('UPDATE merchant_numbers SET last_number = last_number + 1 WHERE id = 1');
    const [row] = await tx.query<[{ last: string }]>(
      'SELECT last_number AS last FROM merchant_numbers WHERE id = 1',
    );
    const mid = midOf(Number(row.last));
    const taken = await tx.query<unknown[]>('SELECT mid FROM merchants WHERE mid = ?', [mid]);
    if (taken.length === 0) return mid;
  }
}
