import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isDuplicateKey } from '../../common/db/database-errors';
import { UnitOfWork } from '../../common/db/unit-of-work';
import type { Principal } from '../../common/http/principal';
import { AgenciesRepository } from './agencies.repository';
import { AgenciesService } from './agencies.service';
import type { Agency, CommissionLevel, RegisteredAgency } from './agencies.types';
import { AgencyEntity } from './agency.entity';
import { addPaths, lockTree } from './agency-tree';
import { CommissionBook } from './commission-book';
import { type Commission, commissionChange, commissionsOf } from './commission.calc';

/** What other modules may ask of agencies. */
@Injectable()
export class AgenciesFacade {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: AgenciesRepository,
    private readonly agencies: AgenciesService,
    private readonly commissions: CommissionBook,
  ) {}

  /** Of any status; null when there is none. */
  async findAgency(agencyCode: string): Promise<RegisteredAgency | null> {
    return isAgencyCode(agencyCode) ? this.repository.find(agencyCode) : null;
  }

  /** An agency that the caller may look into: its own, one below it, or any for an operator. Throws AGENCY_NOT_FOUND. */
  ownAgency(principal: Principal, agencyCode: string): Promise<RegisteredAgency> {
    return this.agencies.own(principal, agencyCode);
  }

  /**
   * Who earns of the fees of this agency's merchants on a Korean day: the agency first, then those above it, its seller
   * last. Their rates sum to the whole fee at most.
   */
  commissionsFor(agencyCode: string, day: string): Promise<CommissionLevel[]> {
    return this.commissions.levels(agencyCode, day);
  }

  /**
   * Before a transaction changes what is given away of the fees of a merchant: takes the lock of the tree, so that rates and
   * policies are changed one after the other. To be called before anything else is locked.
   */
  lockCommissions(tx: EntityManager): Promise<void> {
    return lockTree(tx);
  }

  /**
   * After a merchant of this agency was given a fee policy in the caller's transaction. Throws COMMISSION_ABOVE_FEE when on
   * some day from `from` on more than the whole fee would be given away.
   */
  assertCommissionsWithinFee(tx: EntityManager, agencyCode: string, from: string): Promise<void> {
    return this.commissions.assertWithinFee(tx, { only: agencyCode }, from);
  }

  /** What each level earns of a fee, won; of a negative one the exact negative. */
  commissionsOf(feeWon: number, levels: readonly CommissionLevel[]): Commission[] {
    return commissionsOf(feeWon, levels);
  }

  /** The line of a cancel: see commission.calc. */
  commissionChange(feeBefore: number, feeAfter: number, levels: readonly CommissionLevel[]): Commission[] {
    return commissionChange(feeBefore, feeAfter, levels);
  }

  /** Of any status; null when there is none. */
  async findSeller(sellerCode: string): Promise<{ sellerCode: string; status: string } | null> {
    if (!isAgencyCode(sellerCode)) return null;
    const [row] = await this.dataSource.query<{ sellerCode: string; status: string }[]>(
      'SELECT code AS sellerCode, status FROM sellers WHERE code = ?',
      [sellerCode],
    );
    return row ?? null;
  }

  /** Adds the agency, at the top of its own tree, when its code is new, else changes nothing. */
  ensureAgency({ agencyCode, name, representative, phone }: Agency): Promise<boolean> {
    return this.unitOfWork.run('agency.ensure', async (tx) => {
      await lockTree(tx);
      try {
        await tx.insert(AgencyEntity, { code: agencyCode, name, representative, phone });
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
      await addPaths(tx, agencyCode, null);
      // A code in our own form must not be given again.
      const number = /^AG(\d{4,8})$/.exec(agencyCode)?.[1] ?? '0';
      await tx.query(`UPDATE code_numbers SET last_number = GREATEST(last_number, ?) WHERE kind = 'AGENCY'`, [
        Number(number),
      ]);
      return true;
    });
  }

  /** Whether this very agency is there. */
  holds({ agencyCode, name, phone }: Agency): Promise<boolean> {
    return this.dataSource.manager.existsBy(AgencyEntity, { code: agencyCode, name, phone });
  }
}

/** The database answers with an error, not with nothing, when an ASCII column is asked for another text. */
function isAgencyCode(text: string): boolean {
  return /^[\x21-\x7e]{1,20}$/.test(text);
}
