import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { SettlementsRepository } from '../settlements.repository';
import { SettlementLife } from './settlement-life';

const ACTOR = 'system:settlement';
const AT_ONCE = 200;

/** A merchant waits for a person (a settlement case) with a day whose payments could still go into the settlement. */
const WAITS = `EXISTS (SELECT 1 FROM settlement_cases c WHERE c.open_mid = s.mid AND c.first_day < s.payout_day)`;

/** Confirms what is due: its payout day has come, and every day whose payments could still go into it is settled. */
@Injectable()
export class ConfirmDueJob {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly settlements: SettlementsRepository,
    private readonly life: SettlementLife,
  ) {}

  /**
   * All that is paid out up to a Korean day. What is below zero is carried over, and left where there is nothing to carry
   * it yet; several may run, each settlement is taken under its row lock. Answers how many were changed.
   */
  async run(payoutDay: string): Promise<number> {
    let changed = 0;
    let after = { day: '1970-01-01', id: '' };
    for (;;) {
      // Without a lock: what is due is looked at again under one.
      const due = await this.dataSource.manager.query<{ id: string; mid: string; day: string }[]>(
        `SELECT s.id, s.mid, CAST(s.payout_day AS CHAR) AS day FROM settlements s
         WHERE s.status = 'SCHEDULED' AND s.payout_day BETWEEN ? AND ? AND (s.payout_day > ? OR s.id > ?)
           AND NOT ${WAITS} ORDER BY s.payout_day, s.id LIMIT ?`,
        [after.day, payoutDay, after.day, after.id, AT_ONCE],
      );
      for (const { id, mid } of due) {
        const hasChanged = await this.unitOfWork.run('settlement.confirm', (tx) => this.confirm(tx, id, mid));
        if (hasChanged) changed += 1;
      }
      const last = due.at(-1);
      if (due.length < AT_ONCE || last === undefined) return changed;
      after = last;
    }
  }

  private async confirm(tx: EntityManager, id: string, mid: string): Promise<boolean> {
    const holdId = await activeHold(tx, mid);
    const settlement = await this.settlements.lock(tx, id);
    if (settlement.status !== 'SCHEDULED' || (await waits(tx, id))) return false;
    if (settlement.payoutAmount < 0) {
      const deed = { actor: ACTOR, reason: 'below zero on the payout day' };
      return (await this.life.carryOver(tx, settlement, deed)) !== null;
    }
    if (holdId === null || settlement.payoutAmount === 0) {
      await this.life.confirm(tx, settlement, { actor: ACTOR, reason: 'payout day' });
    } else {
      await this.life.hold(tx, settlement, { actor: ACTOR, reason: 'the merchant is on hold' }, holdId);
    }
    return true;
  }
}

async function waits(tx: EntityManager, id: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(`SELECT 1 FROM settlements s WHERE s.id = ? AND ${WAITS}`, [id]);
  return rows.length > 0;
}

/** The hold that a merchant is under. The merchant's row stays locked, so that no hold comes or goes meanwhile. */
export async function activeHold(tx: EntityManager, mid: string): Promise<string | null> {
  await tx.query('SELECT mid FROM merchants WHERE mid = ? LOCK IN SHARE MODE', [mid]);
  const [hold] = await tx.query<{ id: string }[]>('SELECT id FROM settlement_holds WHERE active_mid = ?', [
    mid,
  ]);
  return hold?.id ?? null;
}
