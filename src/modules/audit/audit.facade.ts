import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, MoreThan } from 'typeorm';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { requestContext } from '../../common/http/request-context';
import { newId } from '../../common/ids/id';
import { Clock } from '../../common/time/clock';
import { databaseTime } from '../../common/time/korean-time';
import { AuditLogEntity } from './audit-log.entity';
import { asciiColumn, type AuditContent, CHAIN_START, chainHash, detailsText } from './audit-chain';
import type { AuditEntry, AuditProblem, AuditVerification } from './audit.types';

const VERIFY_PAGE = 1_000;
export const AUDIT_PROBLEMS_MAX = 100;

interface ChainHead {
  readonly seq: number;
  readonly hash: Buffer;
}

/**
 * The audit trail of money, key and privilege actions (INV-24): append-only, and chained by hashes, so that a row that
 * is altered or taken out is named by `verifyChain`.
 */
@Injectable()
export class AuditFacade {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes the row in the caller's transaction: both are kept, or neither. The chain's head stays locked until that
   * transaction ends, so call this last.
   */
  async record(tx: EntityManager, entry: AuditEntry): Promise<void> {
    const head = await chainHead(tx, 'FOR UPDATE');
    const content = this.contentOf(head.seq + 1, entry);
    const hash = chainHash(head.hash, content);
    await tx.query(
      `INSERT INTO audit_logs (seq, id, at, actor, action, target, mid, outcome, request_id, client_address, details,
         previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        content.seq,
        content.id,
        databaseTime(content.at),
        content.actor,
        content.action,
        content.target,
        content.mid,
        content.outcome,
        content.requestId,
        content.clientAddress,
        content.details,
        head.hash,
        hash,
      ],
    );
    await tx.query('UPDATE audit_chain_head SET seq = ?, hash = ? WHERE id = 1', [content.seq, hash]);
  }

  /** For what changes nothing else in the database, e.g. a refused login. */
  recordAlone(entry: AuditEntry): Promise<void> {
    return this.unitOfWork.run('audit.record', (tx) => this.record(tx, entry));
  }

  /** Reads the whole chain, page by page, and names every row that is missing, altered or does not link. */
  async verifyChain(): Promise<AuditVerification> {
    const head = await chainHead(this.dataSource.manager);
    const walk = new ChainWalk();
    for (;;) {
      const page = await this.dataSource.manager.find(AuditLogEntity, {
        where: { seq: MoreThan(String(walk.seq)) },
        order: { seq: 'ASC' },
        take: VERIFY_PAGE,
      });
      for (const row of page) {
        // Rows written since the head was read are left to the next verification.
        if (Number(row.seq) <= head.seq) walk.step(row);
      }
      if (page.length < VERIFY_PAGE || Number(page.at(-1)!.seq) >= head.seq) break;
    }
    return walk.finish(head);
  }

  private contentOf(seq: number, entry: AuditEntry): AuditContent {
    const context = requestContext();
    return {
      seq,
      id: newId('aud'),
      at: this.clock.now(),
      actor: asciiColumn(entry.actor, 80),
      action: asciiColumn(entry.action, 60),
      target: asciiColumn(entry.target, 80),
      mid: entry.mid ?? null,
      outcome: entry.outcome,
      requestId: context === undefined ? null : asciiColumn(context.requestId, 128),
      clientAddress: context === undefined ? null : asciiColumn(context.clientAddress, 45),
      details: detailsText(entry.details),
    };
  }
}

async function chainHead(manager: EntityManager, lock: 'FOR UPDATE' | '' = ''): Promise<ChainHead> {
  const rows = await manager.query<{ seq: string; hash: Buffer }[]>(
    `SELECT seq, hash FROM audit_chain_head WHERE id = 1 ${lock}`,
  );
  const head = rows[0];
  if (head === undefined) throw new Error('the audit chain has no head: its table was emptied');
  return { seq: Number(head.seq), hash: head.hash };
}

class ChainWalk {
  seq = 0;
  private hash: Buffer = CHAIN_START;
  private rows = 0;
  private readonly problems: AuditProblem[] = [];

  step(row: AuditLogEntity): void {
    const seq = Number(row.seq);
    if (seq !== this.seq + 1) this.report({ seq: this.seq + 1, id: null, problem: 'MISSING' });
    else if (!row.previousHash.equals(this.hash)) this.report({ seq, id: row.id, problem: 'UNLINKED' });
    if (!chainHash(row.previousHash, { ...row, seq }).equals(row.hash)) {
      this.report({ seq, id: row.id, problem: 'ALTERED' });
    }
    this.seq = seq;
    this.hash = row.hash;
    this.rows += 1;
  }

  finish(head: ChainHead): AuditVerification {
    if (head.seq > this.seq) this.report({ seq: this.seq + 1, id: null, problem: 'MISSING' });
    else if (!head.hash.equals(this.hash)) this.report({ seq: head.seq, id: null, problem: 'HEAD_DIFFERS' });
    return { rows: this.rows, problems: this.problems };
  }

  private report(problem: AuditProblem): void {
    if (this.problems.length < AUDIT_PROBLEMS_MAX) this.problems.push(problem);
  }
}
