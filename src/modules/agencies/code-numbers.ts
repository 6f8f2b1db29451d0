import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/db/unit-of-work';

const PREFIXES = { AGENCY: 'AG', SELLER: 'SL' } as const;
const DIGITS_MIN = 4;

/** Gives agencies and sellers their codes: `AG0001` …, `SL0001` …; the number grows past four digits. */
@Injectable()
export class CodeNumbers {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** A code that nobody else gets. Committed at once: one that is not used after all leaves a gap. */
  next(kind: keyof typeof PREFIXES): Promise<string> {
    return this.unitOfWork.run('code.next', async (tx) => {
      await tx.query('UPDATE code_numbers SET last_number = last_number + 1 WHERE kind = ?', [kind]);
      const [row] = await tx.query<{ last_number: number }[]>(
        'SELECT last_number FROM code_numbers WHERE kind = ?',
        [kind],
      );
      return `${PREFIXES[kind]}${String(row!.last_number).padStart(DIGITS_MIN, '0')}`;
    });
  }
}

/** What a search asks for: text in the form of a code is the beginning of one, anything else that of a name. */
export function searchOf(query: string, kind: keyof typeof PREFIXES): { by: 'code' | 'name'; like: string } {
  const isCode = new RegExp(`^${PREFIXES[kind]}\\d{1,8}$`, 'i').test(query);
  const text = isCode ? query.toUpperCase() : query;
  return { by: isCode ? 'code' : 'name', like: `${text.replace(/[\\%_]/g, '\\$&')}%` };
}
