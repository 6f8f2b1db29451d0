import type { Readable } from 'node:stream';

export const STORAGE_NAMES = ['folder', 's3'] as const;
export type StorageName = (typeof STORAGE_NAMES)[number];

/** A file that lies whole on this machine and is to be kept. */
export interface SpooledContent {
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly mediaType: string;
}

/** Where contents are kept. Keys are ours, never a sender's. Every method throws when the store cannot be used. */
export interface FileStorage {
  readonly name: StorageName;
  /** Whole or not at all. The same key again replaces it. */
  put(key: string, content: SpooledContent): Promise<void>;
  /** null when there is nothing under the key. */
  open(key: string): Promise<Readable | null>;
  /** Nothing under the key is no error. */
  remove(key: string): Promise<void>;
}

/** New contents go to `chosen`; old ones are read where they were kept. */
export interface FileStorages {
  readonly chosen: FileStorage;
  find(name: StorageName): FileStorage | undefined;
}

export const FILE_STORAGES = Symbol('FILE_STORAGES');

const KEY = /^\d{4}\/\d{2}\/fil_[0-9A-Z]{26}$/;

/** The place of a content: by the month of its file's making, so that no folder grows without end. */
export function storageKey(fileId: string, koreanDay: string): string {
  return `${koreanDay.slice(0, 4)}/${koreanDay.slice(5, 7)}/${fileId}`;
}

/** Throws for anything that `storageKey` did not make: no other path is ever touched. */
export function assertStorageKey(key: string): void {
  if (!KEY.test(key)) throw new Error('not the key of a file');
}
