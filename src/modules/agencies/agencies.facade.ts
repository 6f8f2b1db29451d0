import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isDuplicateKey } from '../../common/db/database-errors';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { AgencyEntity } from './agency.entity';
import type { Agency } from './agencies.types';

/** What other modules may ask of agencies. */
@Injectable()
export class AgenciesFacade {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async findAgency(agencyCode: string): Promise<Agency | null> {
    if (!isAgencyCode(agencyCode)) return null;
    const row = await this.dataSource.manager.findOneBy(AgencyEntity, { code: agencyCode });
    if (row === null) return null;
    return { agencyCode: row.code, name: row.name, representative: row.representative, phone: row.phone };
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
      try {
        await tx.insert(AgencyEntity, { code: agencyCode, name, representative, phone });
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
      await tx.query('INSERT INTO agency_paths (ancestor_code, agency_code, distance) VALUES (?, ?, 0)', [
        agencyCode,
        agencyCode,
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
