import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { isDuplicateKey } from '../../common/db/database-errors';
import { BranchEntity } from './branch.entity';
import type { Branch, BranchState } from './branches.types';

/** What other modules may ask of branches. */
@Injectable()
export class BranchesFacade {
  constructor(private readonly dataSource: DataSource) {}

  /** A branch of this merchant; null when it has no such branch, also when another merchant has. */
  async findBranch(mid: string, branchId: string): Promise<BranchState | null> {
    if (!isKeyText(mid) || !isKeyText(branchId)) return null;
    const row = await this.dataSource.manager.findOneBy(BranchEntity, { id: branchId, mid });
    return row === null ? null : { branchId: row.id, status: row.status };
  }

  /** Adds the branch when its id is new, else changes nothing. */
  async ensureBranch({ branchId, mid, name, status }: Branch): Promise<boolean> {
    try {
      const insert = this.dataSource.createQueryBuilder().insert().into(BranchEntity);
      await insert.values({ id: branchId, mid, name, status }).updateEntity(false).execute();
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Whether one of these branches is there by its id. */
  holdsAny(branches: readonly Branch[]): Promise<boolean> {
    const ids = branches.map(({ branchId }) => branchId);
    return this.dataSource.manager.existsBy(BranchEntity, { id: In(ids) });
  }
}

/** The database answers with an error, not with nothing, when an ASCII column is asked for another text. */
function isKeyText(text: string): boolean {
  return /^[\x21-\x7e]{1,40}$/.test(text);
}
