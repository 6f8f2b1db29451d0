import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { places } from '../../common/db/places';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { databaseTime, fromDatabaseTime } from '../../common/time/korean-time';
import { type FileState, statesBefore } from './file.state';
import type { FileClaim, FileOwner, FileView, MediaType } from './files.types';
import type { StorageName } from './storage/file-storage.port';

/** A file with where it is kept and whose it is. */
export interface StoredFile extends FileView {
  readonly uploadedBy: string;
  readonly storage: StorageName;
  readonly storageKey: string;
  readonly state: FileState;
  readonly owner: FileOwner | null;
}

export type NewFile = Omit<StoredFile, 'state' | 'owner'>;

interface Row {
  readonly id: string;
  readonly uploaded_by: string;
  readonly name: string;
  readonly media_type: MediaType;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly storage: StorageName;
  readonly storage_key: string;
  readonly state: FileState;
  readonly owner_kind: FileOwner['kind'] | null;
  readonly owner_id: string | null;
  readonly created_at: Date | string;
}

const ADD_MS = 'UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND';
const before = (to: FileState) =>
  statesBefore(to)
    .map((state) => `'${state}'`)
    .join(', ');

@Injectable()
export class FilesRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Files of this member that belong to nothing. */
  async countLoose(memberId: string): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: string }]>(
      `SELECT COUNT(*) AS count FROM files WHERE uploaded_by = ? AND state IN ('STORING', 'STORED')`,
      [memberId],
    );
    return Number(row.count);
  }

  /** As STORING: to be removed after `orphanMs`, whatever becomes of who stores it. */
  async insert(file: NewFile, orphanMs: number): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO files (id, uploaded_by, name, media_type, bytes, sha256, storage, storage_key, state, remove_at,
         created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'STORING', ${ADD_MS}, ?)`,
      [
        file.fileId,
        file.uploadedBy,
        file.name,
        file.mediaType,
        file.bytes,
        Buffer.from(file.sha256, 'hex'),
        file.storage,
        file.storageKey,
        orphanMs,
        databaseTime(file.createdAt),
      ],
    );
  }

  async markStored(fileId: string): Promise<void> {
    await this.dataSource.query(`UPDATE files SET state = 'STORED' WHERE id = ? AND state = 'STORING'`, [
      fileId,
    ]);
  }

  /** One that can be read. */
  async find(fileId: string): Promise<StoredFile | null> {
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT * FROM files WHERE id = ? AND state IN ('STORED', 'ATTACHED')`,
      [fileId],
    );
    return row === undefined ? null : fileOf(row);
  }

  async ofOwner(
    { kind, id }: FileOwner,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<FileView[]> {
    const rows = await manager.query<Row[]>(
      'SELECT * FROM files WHERE owner_kind = ? AND owner_id = ? ORDER BY id',
      [kind, id],
    );
    return rows.map(fileOf);
  }

  /** Those among the claimed that may belong to the owner. */
  async claimable({ owner, fileIds, memberId }: FileClaim): Promise<string[]> {
    if (fileIds.length === 0) return [];
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM files WHERE id IN (${places(fileIds)}) AND ((state = 'STORED' AND uploaded_by = ?)
         OR (state = 'ATTACHED' AND owner_kind = ? AND owner_id = ?))`,
      [...fileIds, memberId, owner.kind, owner.id],
    );
    return rows.map(({ id }) => id);
  }

  /** Makes exactly these the owner's files; the others it had belong to nothing again. False: one was not to be had. */
  async replaceOf(
    tx: EntityManager,
    { owner, fileIds, memberId }: FileClaim,
    orphanMs: number,
  ): Promise<boolean> {
    const { kind, id } = owner;
    const keep = fileIds.length === 0 ? '' : `AND id NOT IN (${places(fileIds)})`;
    await tx.query(
      `UPDATE files SET state = 'STORED', owner_kind = NULL, owner_id = NULL, remove_at = ${ADD_MS}
        WHERE owner_kind = ? AND owner_id = ? AND state = 'ATTACHED' ${keep}`,
      [orphanMs, kind, id, ...fileIds],
    );
    for (const fileId of [...fileIds].sort()) {
      const { affectedRows } = await tx.query<{ affectedRows: number }>(
        `UPDATE files SET state = 'ATTACHED', owner_kind = ?, owner_id = ?, remove_at = NULL
          WHERE id = ? AND ((state IN (${before('ATTACHED')}) AND uploaded_by = ?)
            OR (state = 'ATTACHED' AND owner_kind = ? AND owner_id = ?))`,
        [kind, id, fileId, memberId, kind, id],
      );
      if (affectedRows !== 1) return false;
    }
    return true;
  }

  /** Takes up to `limit` that are due to go, for `leaseMs`: the claim is committed before a content is touched. */
  claimDue(limit: number, leaseMs: number): Promise<StoredFile[]> {
    return this.unitOfWork.run('claim-files', async (tx) => {
      const rows = await tx.query<Row[]>(
        `SELECT * FROM files WHERE remove_at <= UTC_TIMESTAMP(3) ORDER BY remove_at LIMIT ? FOR UPDATE SKIP LOCKED`,
        [limit],
      );
      if (rows.length === 0) return [];
      await tx.query(
        `UPDATE files SET state = 'REMOVING', remove_at = ${ADD_MS}
          WHERE id IN (${places(rows)}) AND state IN (${before('REMOVING')}, 'REMOVING')`,
        [leaseMs, ...rows.map(({ id }) => id)],
      );
      return rows.map(fileOf);
    });
  }

  async remove(fileId: string): Promise<void> {
    await this.dataSource.query(`DELETE FROM files WHERE id = ? AND state = 'REMOVING'`, [fileId]);
  }
}

function fileOf(row: Row): StoredFile {
  return {
    fileId: row.id,
    uploadedBy: row.uploaded_by,
    name: row.name,
    mediaType: row.media_type,
    bytes: Number(row.bytes),
    sha256: row.sha256.toString('hex'),
    storage: row.storage,
    storageKey: row.storage_key,
    state: row.state,
    owner: row.owner_kind === null ? null : { kind: row.owner_kind, id: row.owner_id! },
    createdAt: fromDatabaseTime(row.created_at),
  };
}
