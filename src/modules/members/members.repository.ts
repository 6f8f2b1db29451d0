import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Sealer } from '../../common/crypto/sealer';
import { type DataScope, scopeCondition } from '../../common/http/data-scope';
import { maskPhone } from '../../common/masking/masking';
import { cursorAfter, placeOf } from '../../common/pagination/cursor';
import { fromDatabaseTime } from '../../common/time/korean-time';
import { phoneContext } from './member-contacts';
import { MemberEntity } from './member.entity';
import { memberView } from './member-view';
import type { MemberSearch } from './member-search.policy';
import {
  CONSENT_KINDS,
  type Consent,
  type ConsentKind,
  type MemberPage,
  type MemberView,
} from './members.types';
import type { NotificationChoice } from './notification-settings.policy';

/** Where a page of a list begins, and how long it is. */
export interface PageWish {
  /** 1 to 200. */
  readonly limit: number;
  readonly cursor?: string;
}

interface Listing {
  readonly from: string;
  readonly where: readonly string[];
  readonly values: readonly (string | Buffer)[];
  readonly order: 'NEWEST' | 'LOGIN_ID';
}

/** Reads members. Each list names its index: with so few rows in a test the optimiser would pick another than live. */
@Injectable()
export class MembersRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sealer: Sealer,
  ) {}

  async byId(memberId: string): Promise<MemberEntity | null> {
    return this.dataSource.manager.findOneBy(MemberEntity, { id: memberId });
  }

  byLoginId(loginId: string): Promise<MemberEntity | null> {
    return this.dataSource.manager.findOneBy(MemberEntity, { loginId });
  }

  byEmail(email: string): Promise<MemberEntity | null> {
    return this.dataSource.manager.findOneBy(MemberEntity, { email });
  }

  byPhone(phoneIndex: Buffer, limit: number): Promise<MemberEntity[]> {
    return this.dataSource.manager.find(MemberEntity, {
      where: { phoneIndex },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** A member of staff within the scope; null for everybody else. */
  async staffById(scope: DataScope, memberId: string): Promise<MemberEntity | null> {
    const { sql, values } = scopeCondition(scope);
    const [row] = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM members WHERE id = ? AND position = 'STAFF' AND ${sql}`,
      [memberId, ...values],
    );
    return row === undefined ? null : this.byId(row.id);
  }

  staff(scope: DataScope, branchId: string | null, page: PageWish): Promise<MemberPage> {
    const { sql, values } = scopeCondition(scope);
    const ofBranch = branchId !== null || scope.kind === 'BRANCH';
    return this.page(
      {
        from: `members FORCE INDEX (${ofBranch ? 'ix_members_branch_position' : 'ix_members_mid_position'})`,
        where: [`position = 'STAFF'`, sql, ...(branchId === null ? [] : ['branch_id = ?'])],
        values: [...values, ...(branchId === null ? [] : [branchId])],
        order: 'NEWEST',
      },
      page,
    );
  }

  search({ index, where, values, order }: MemberSearch, page: PageWish): Promise<MemberPage> {
    return this.page({ from: `members FORCE INDEX (${index})`, where, values, order }, page);
  }

  /** Whether the merchant has such a branch, and it is not closed. */
  async hasBranch(tx: EntityManager, mid: string, branchId: string): Promise<boolean> {
    // Over the border to the branches' table, whose module stands above this one: the row is held until the member is
    // written, so that a branch that is being closed gets no new staff.
    const rows = await tx.query<object[]>(
      `SELECT id FROM branches WHERE id = ? AND mid = ? AND status <> 'CLOSED' LOCK IN SHARE MODE`,
      [branchId, mid],
    );
    return rows.length === 1;
  }

  /** The latest of each kind. */
  async consentsOf(memberId: string): Promise<Consent[]> {
    // One row by the primary key for each kind: rows are only ever added, and a member may add many.
    const latest = CONSENT_KINDS.map(
      () => `(SELECT consent, agreed, given_at FROM member_consents WHERE member_id = ? AND consent = ?
               ORDER BY given_at DESC LIMIT 1)`,
    );
    const rows = await this.dataSource.query<
      { consent: ConsentKind; agreed: number; given_at: string | Date }[]
    >(
      `SELECT * FROM (${latest.join(' UNION ALL ')}) l ORDER BY consent`,
      CONSENT_KINDS.flatMap((consent) => [memberId, consent]),
    );
    return rows.map(({ consent, agreed, given_at }) => ({
      consent,
      agreed: Number(agreed) === 1,
      givenAt: fromDatabaseTime(given_at),
    }));
  }

  async choicesOf(
    memberId: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<NotificationChoice[]> {
    const rows = await manager.query<(Omit<NotificationChoice, 'enabled'> & { enabled: number })[]>(
      'SELECT kind, channel, enabled FROM member_notification_settings WHERE member_id = ?',
      [memberId],
    );
    return rows.map(({ kind, channel, enabled }) => ({ kind, channel, enabled: Number(enabled) === 1 }));
  }

  /** Digits; null when none is known. */
  async phoneOf({ id, phoneSealed }: Pick<MemberEntity, 'id' | 'phoneSealed'>): Promise<string | null> {
    if (phoneSealed === null) return null;
    return (await this.sealer.open('pii', phoneContext(id), phoneSealed)).toString('utf8');
  }

  async viewOf(row: MemberEntity): Promise<MemberView> {
    const phone = await this.phoneOf(row);
    return memberView(row, phone === null ? null : maskPhone(phone));
  }

  private async page(
    { from, where, values, order }: Listing,
    { limit, cursor }: PageWish,
  ): Promise<MemberPage> {
    const newest = order === 'NEWEST';
    const after = newest ? 'id < ?' : 'login_id > (SELECT p.login_id FROM members p WHERE p.id = ?)';
    const conditions = [...where, ...(cursor === undefined ? [] : [after])];
    const found = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM ${from} WHERE ${conditions.length === 0 ? 'TRUE' : conditions.join(' AND ')}
        ORDER BY ${newest ? 'id DESC' : 'login_id'} LIMIT ?`,
      [...values, ...(cursor === undefined ? [] : [placeOf(cursor).id]), limit + 1],
    );
    const ids = found.slice(0, limit).map(({ id }) => id);
    const rows = await this.rowsOf(ids);
    const last = rows.at(-1);
    const hasMore = found.length > limit && last !== undefined;
    return {
      data: await Promise.all(rows.map((row) => this.viewOf(row))),
      nextCursor: hasMore ? cursorAfter({ at: last.createdAt, id: last.id }) : null,
    };
  }

  /** In the order of the ids. */
  private async rowsOf(ids: readonly string[]): Promise<MemberEntity[]> {
    if (ids.length === 0) return [];
    const rows = await this.dataSource.manager
      .createQueryBuilder(MemberEntity, 'm')
      .where('m.id IN (:...ids)', { ids })
      .getMany();
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}
