import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { Sealer } from '../../common/crypto/sealer';
import { isDuplicateKey } from '../../common/db/database-errors';
import { fault } from '../../common/errors/app-error';
import { newId } from '../../common/ids/id';
import { BranchChanges } from './branch-changes';
import { branchPhone } from './branch-phone';
import { BranchEntity } from './branch.entity';
import { BRANCHES_ERRORS } from './branches.errors';
import { BranchesRepository } from './branches.repository';
import type { Branch, BranchState, NewBranch, PreparedBranch } from './branches.types';

/** What other modules may ask of branches. */
@Injectable()
export class BranchesFacade {
  constructor(
    private readonly dataSource: DataSource,
    private readonly branches: BranchesRepository,
    private readonly changes: BranchChanges,
    private readonly sealer: Sealer,
  ) {}

  /** Calls `listener` after every change of a branch's state that this process has committed. */
  onChange(listener: (mid: string, branchId: string) => void): void {
    this.changes.listen(listener);
  }

  /** Names and seals a new branch. Before the transaction is opened: sealing may make a key. */
  async prepare(wanted: NewBranch): Promise<PreparedBranch> {
    const branchId = newId('brn');
    const place = { branchId, mid: wanted.mid };
    return { branchId, wanted, phoneSealed: await branchPhone(this.sealer).seal(place, wanted.phone) };
  }

  /** Makes it, ACTIVE, in the caller's transaction. Throws BRANCH_CODE_TAKEN. */
  async insert(
    tx: EntityManager,
    prepared: PreparedBranch,
    writer: { readonly actor: string; readonly reason: string; readonly at: Date },
  ): Promise<void> {
    try {
      await this.branches.insert(tx, prepared, writer);
    } catch (error) {
      if (isDuplicateKey(error)) throw fault(BRANCHES_ERRORS, 'BRANCH_CODE_TAKEN');
      throw error;
    }
  }

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
