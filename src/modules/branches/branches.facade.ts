import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { isDuplicateKey } from '../../common/db/database-errors';
import { AgencyEntity } from './agency.entity';
import { BranchEntity } from './branch.entity';
import type { Agency, Branch, BranchState } from './branches.types';

/** What other modules may ask of branches and agencies. */
@Injectable()
export class BranchesFacade {
  constructor(private readonly dataSource: DataSource) {}

  /** A branch of this merchant; null when it has no such branch, also when another merchant has. */
  async findBranch(mid: string, branchId: string): Promise<BranchState | null> {
    if (!isKeyText(mid) || !isKeyText(branchId)) return null;
    const row = await this.dataSource.manager.findOneBy(BranchEntity, { id: branchId, mid });
    return row === null ? null : { branchId: row.id, status: row.status };
  }

  async findAgency(agencyCode: string): Promise<Agency | null> {
    if (!isKeyText(agencyCode)) return null;
    const row = await this.dataSource.manager.findOneBy(AgencyEntity, { code: agencyCode });
    if (row === null) return null;
    return { agencyCode: row.code, name: row.name, representative: row.representative, phone: row.phone };
  }

  /** Adds the branch when its id is new, else changes nothing. */
  ensureBranch({ branchId, mid, name, status }: Branch): Promise<boolean> {
    return this.insertAbsent(BranchEntity, { id: branchId, mid, name, status });
  }

  /** Adds the agency when its code is new, else changes nothing. */
  ensureAgency({ agencyCode, name, representative, phone }: Agency): Promise<boolean> {
    return this.insertAbsent(AgencyEntity, { code: agencyCode, name, representative, phone });
  }

  /** Whether one of these branches is there by its id, or this very agency. */
  async holdsAny(branches: readonly Branch[], { agencyCode, name, phone }: Agency): Promise<boolean> {
    const { manager } = this.dataSource;
    const ids = branches.map(({ branchId }) => branchId);
    if (await manager.existsBy(BranchEntity, { id: In(ids) })) return true;
    return manager.existsBy(AgencyEntity, { code: agencyCode, name, phone });
  }

  private async insertAbsent<T extends BranchEntity | AgencyEntity>(
    entity: new () => T,
    row: Readonly<Record<string, string>>,
  ): Promise<boolean> {
    try {
      const insert = this.dataSource
        .createQueryBuilder()
        .insert()
        .into<Readonly<Record<string, string>>>(entity);
      await insert.values(row).updateEntity(false).execute();
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}

/** The database answers with an error, not with nothing, when an ASCII column is asked for another text. */
function isKeyText(text: string): boolean {
  return /^[\x21-\x7e]{1,40}$/.test(text);
}
