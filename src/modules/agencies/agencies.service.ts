import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Sealer } from '../../common/crypto/sealer';
import { isDuplicateKey } from '../../common/db/database-errors';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { type DataScope, dataScope } from '../../common/http/data-scope';
import { actorOf, type Principal } from '../../common/http/principal';
import { cursorAfter, placeOf } from '../../common/pagination/cursor';
import { Clock } from '../../common/time/clock';
import { databaseTime, koreanDay } from '../../common/time/korean-time';
import { AuditFacade } from '../audit/audit.facade';
import { MembersFacade } from '../members/members.facade';
import { AGENCIES_ERRORS } from './agencies.errors';
import { AgenciesRepository } from './agencies.repository';
import type { AgencyChange, NewAgency, Page, PageWish, RegisteredAgency } from './agencies.types';
import { addPaths, isWithin, lockTree, movePaths } from './agency-tree';
import { CodeNumbers } from './code-numbers';
import { CommissionBook } from './commission-book';
import { mayBecome } from './partner.state';

/** What is known of an agency that is about to be added. */
interface Added extends NewAgency {
  readonly code: string;
  readonly parent: string | null;
  readonly accountSealed: Buffer;
  readonly at: Date;
}

/** Registers agencies, changes them, and moves them within their tree. */
@Injectable()
export class AgenciesService {
  constructor(
    private readonly repository: AgenciesRepository,
    private readonly commissions: CommissionBook,
    private readonly codes: CodeNumbers,
    private readonly members: MembersFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly sealer: Sealer,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  /** What anybody may know of an agency. Throws AGENCY_NOT_FOUND, also for one that is closed. */
  async shown(code: string): Promise<RegisteredAgency> {
    const agency = await this.repository.find(code);
    if (agency === null || agency.status === 'CLOSED') throw fault(AGENCIES_ERRORS, 'AGENCY_NOT_FOUND');
    return agency;
  }

  async list(principal: Principal, { query, limit, cursor }: PageWish & { readonly query?: string }) {
    const scope = treeScope(principal);
    const last = cursor === undefined ? null : placeOf(cursor).id;
    const found =
      query === undefined
        ? await this.repository.newest(scope, last, limit + 1)
        : await this.repository.search(scope, query, last, limit + 1);
    const idOf = ({ seq, agencyCode }: RegisteredAgency) => (query === undefined ? String(seq) : agencyCode);
    return pageOf(found, limit, idOf);
  }

  /** An agency of the caller's scope: its own, or one below it. Throws AGENCY_NOT_FOUND. */
  async own(principal: Principal, code: string): Promise<RegisteredAgency> {
    const agency = await this.repository.find(code);
    if (agency === null || !(await this.isOwn(principal, code)))
      throw fault(AGENCIES_ERRORS, 'AGENCY_NOT_FOUND');
    return agency;
  }

  /**
   * Adds an agency below its parent, which is active and in the caller's scope. Throws AGENCY_NOT_FOUND,
   * SELLER_NOT_FOUND, SELLER_STATUS_CONFLICT, AGENCY_STATUS_CONFLICT, AGENCY_BUSINESS_NUMBER_TAKEN, COMMISSION_ABOVE_FEE.
   */
  async register(principal: Principal, wish: NewAgency): Promise<RegisteredAgency> {
    const scope = treeScope(principal);
    const parent = wish.parentCode ?? (scope.kind === 'AGENCY' ? scope.agencyCode : null);
    if (parent !== null) await this.own(principal, parent);
    const code = await this.codes.next('AGENCY');
    const { accountNumber, holderName } = wish.account;
    const context = { table: 'agencies', column: 'account_sealed', rowId: code };
    const accountSealed = await this.sealer.seal(
      'pii',
      context,
      JSON.stringify({ accountNumber, holderName }),
    );
    const added: Added = { ...wish, code, parent, accountSealed, at: this.clock.now() };
    try {
      return await this.unitOfWork.run('agency.register', (tx) => this.add(tx, added, principal));
    } catch (error) {
      if (isDuplicateKey(error)) throw fault(AGENCIES_ERRORS, 'AGENCY_BUSINESS_NUMBER_TAKEN');
      throw error;
    }
  }

  /** Throws AGENCY_NOT_FOUND, AGENCY_CHANGED, AGENCY_STATUS_CONFLICT. */
  async change(code: string, change: AgencyChange, actor: string): Promise<RegisteredAgency> {
    const { version, reason, representative, phone, status } = change;
    const fields = { representative, phone, status };
    const changed = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    if (changed.length === 0) {
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'status', code: 'REQUIRED' }] });
    }
    return this.unitOfWork.run('agency.change', async (tx) => {
      const before = await this.held(tx, code, version);
      if (!mayBecome(before.status, status ?? before.status))
        throw fault(AGENCIES_ERRORS, 'AGENCY_STATUS_CONFLICT');
      await tx.query(
        `UPDATE agencies SET representative = ?, phone = ?, status = ?, version = version + 1, updated_at = ?
         WHERE code = ? AND version = ?`,
        [
          ...[representative ?? before.representative, phone ?? before.phone, status ?? before.status],
          ...[databaseTime(this.clock.now()), code, version],
        ],
      );
      if (status === 'CLOSED') await this.members.disableOfAgency(tx, code, reason);
      await this.audit.record(tx, {
        ...{ actor, action: 'agency.change', target: code, outcome: 'SUCCESS' },
        details: { changed: changed.join(','), from: before.status, to: status ?? before.status, reason },
      });
      return this.written(tx, code);
    });
  }

  /**
   * Hangs an agency and all below it under another parent, or at the top. Throws AGENCY_NOT_FOUND, AGENCY_CHANGED,
   * AGENCY_STATUS_CONFLICT, AGENCY_TREE_CYCLE, COMMISSION_ABOVE_FEE.
   */
  move(
    code: string,
    parentCode: string | null,
    { version, reason }: { readonly version: number; readonly reason: string },
    actor: string,
  ): Promise<RegisteredAgency> {
    return this.unitOfWork.run('agency.move', async (tx) => {
      await lockTree(tx);
      const before = await this.held(tx, code, version);
      if (before.status === 'CLOSED') throw fault(AGENCIES_ERRORS, 'AGENCY_STATUS_CONFLICT');
      if (parentCode !== null) {
        await this.assertParent(tx, parentCode);
        if (await isWithin(tx, code, parentCode)) throw fault(AGENCIES_ERRORS, 'AGENCY_TREE_CYCLE');
      }
      await movePaths(tx, code, parentCode);
      const at = this.clock.now();
      await this.commissions.assertWithinFee(tx, { below: code }, koreanDay(at));
      await tx.query(
        `UPDATE agencies SET parent_code = ?, version = version + 1, updated_at = ?
         WHERE code = ? AND version = ?`,
        [parentCode, databaseTime(at), code, version],
      );
      await this.audit.record(tx, {
        ...{ actor, action: 'agency.move', target: code, outcome: 'SUCCESS' },
        details: { from: before.parentCode, to: parentCode, reason },
      });
      return this.written(tx, code);
    });
  }

  private async isOwn(principal: Principal, code: string): Promise<boolean> {
    const scope = treeScope(principal);
    return scope.kind === 'ALL' || this.repository.isWithin(scope.agencyCode, code);
  }

  private async add(tx: EntityManager, added: Added, principal: Principal): Promise<RegisteredAgency> {
    const { code, parent, sellerCode, account, at } = added;
    await lockTree(tx);
    if (parent !== null) {
      await this.assertParent(tx, parent);
      // Again under the tree's lock: it may have been moved out of the caller's tree meanwhile.
      const scope = treeScope(principal);
      if (scope.kind === 'AGENCY' && !(await isWithin(tx, scope.agencyCode, parent)))
        throw fault(AGENCIES_ERRORS, 'AGENCY_NOT_FOUND');
    }
    if (sellerCode !== null) await assertSeller(tx, sellerCode);
    await tx.query(
      `INSERT INTO agencies (code, parent_code, name, business_number, representative, phone, email, status,
         seller_code, bank_code, account_sealed, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'ACTIVE', ?, ?, ?, ?, ?)`,
      [
        ...[code, parent, added.name, added.businessNumber, added.representative, added.phone, added.email],
        ...[sellerCode, account.bankCode, added.accountSealed, databaseTime(at), databaseTime(at)],
      ],
    );
    await addPaths(tx, code, parent);
    await this.commissions.assertWithinFee(tx, { below: code }, koreanDay(at));
    await this.audit.record(tx, {
      ...{ actor: actorOf(principal), action: 'agency.register', target: code, outcome: 'SUCCESS' },
      details: { to: parent, code: sellerCode },
    });
    return this.written(tx, code);
  }

  private async held(tx: EntityManager, code: string, version: number): Promise<RegisteredAgency> {
    const agency = await this.repository.hold(tx, code);
    if (agency === null) throw fault(AGENCIES_ERRORS, 'AGENCY_NOT_FOUND');
    if (agency.version !== version) throw fault(AGENCIES_ERRORS, 'AGENCY_CHANGED');
    return agency;
  }

  private async assertParent(tx: EntityManager, code: string): Promise<void> {
    const parent = await this.repository.hold(tx, code);
    if (parent === null) throw fault(AGENCIES_ERRORS, 'AGENCY_NOT_FOUND');
    if (parent.status !== 'ACTIVE') throw fault(AGENCIES_ERRORS, 'AGENCY_STATUS_CONFLICT');
  }

  private async written(tx: EntityManager, code: string): Promise<RegisteredAgency> {
    const agency = await this.repository.find(code, tx);
    if (agency === null) throw new Error('an agency was written and is not there');
    return agency;
  }
}

/** Throws FORBIDDEN for who is neither operator nor agency. */
export function treeScope(principal: Principal): Extract<DataScope, { kind: 'ALL' | 'AGENCY' }> {
  const scope = dataScope(principal);
  if (scope.kind === 'ALL' || scope.kind === 'AGENCY') return scope;
  throw fault(COMMON_ERRORS, 'FORBIDDEN');
}

export function pageOf<T extends { readonly createdAt: Date }>(
  found: readonly T[],
  limit: number,
  idOf: (row: T) => string,
): Page<T> {
  const data = found.slice(0, limit);
  const last = data.at(-1);
  const more = found.length > limit && last !== undefined;
  return { data, nextCursor: more ? cursorAfter({ at: last.createdAt, id: idOf(last) }) : null };
}

async function assertSeller(tx: EntityManager, code: string): Promise<void> {
  const [seller] = await tx.query<{ status: string }[]>(
    'SELECT status FROM sellers WHERE code = ? FOR UPDATE',
    [code],
  );
  if (seller === undefined) throw fault(AGENCIES_ERRORS, 'SELLER_NOT_FOUND');
  if (seller.status !== 'ACTIVE') throw fault(AGENCIES_ERRORS, 'SELLER_STATUS_CONFLICT');
}
