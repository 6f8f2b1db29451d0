import type { Principal } from '../../common/http/principal';

export const MEDIA_TYPES = ['application/pdf', 'image/png', 'image/jpeg'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** What a file may belong to. */
export const FILE_OWNER_KINDS = ['SERVICE_APPLICATION', 'NOTICE'] as const;
export type FileOwnerKind = (typeof FILE_OWNER_KINDS)[number];

export interface FileOwner {
  readonly kind: FileOwnerKind;
  readonly id: string;
}

/** A file as others may know it: never where it is kept. */
export interface FileView {
  readonly fileId: string;
  readonly name: string;
  readonly mediaType: MediaType;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly createdAt: Date;
}

/**
 * Whether a caller may read the files of an owner; null = nobody has logged in. Asked of the module that the owner
 * belongs to.
 */
export type FileReader = (principal: Principal | null, ownerId: string) => Promise<boolean>;

/** Files that shall belong to an owner, and nothing else of that uploader's. */
export interface FileClaim {
  readonly owner: FileOwner;
  readonly fileIds: readonly string[];
  /** Only files that this member uploaded, or that belong to the owner already. */
  readonly memberId: string;
}
