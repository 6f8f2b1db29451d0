import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/http/principal';
import type { FileOwner, FileOwnerKind, FileReader } from './files.types';

/** Who may read the files of what: each module that owns files says so for its own. */
@Injectable()
export class FileReaders {
  private readonly readers = new Map<FileOwnerKind, FileReader>();

  register(kind: FileOwnerKind, reader: FileReader): void {
    if (this.readers.has(kind)) throw new Error(`two modules say who reads the files of ${kind}`);
    this.readers.set(kind, reader);
  }

  /** Nobody, as long as nobody has said. */
  async mayRead(principal: Principal | null, { kind, id }: FileOwner): Promise<boolean> {
    return (await this.readers.get(kind)?.(principal, id)) ?? false;
  }
}
