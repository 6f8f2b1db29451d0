import type { AcquirerContext } from './acquirer';

interface RegisterRecord<Item> {
  readonly kind: string;
  readonly id: string;
  readonly item: Item;
}

/**
 * What an acquirer keeps beside its payments (billing keys, virtual accounts, cash receipts, lists), by id. The last
 * `put` of an id counts, the same when it happens and when the journal is read back. JSON; no card number, no secret.
 */
export class Register<Item> {
  private readonly items = new Map<string, Item>();

  constructor(
    private readonly context: Pick<AcquirerContext, 'journal'>,
    /** Names the register in the journal; no other register or book of the acquirer may use it. */
    private readonly kind: string,
  ) {}

  get(id: string): Item | undefined {
    return this.items.get(id);
  }

  get size(): number {
    return this.items.size;
  }

  /** In the order in which the ids came first. */
  values(): IterableIterator<Item> {
    return this.items.values();
  }

  put(id: string, item: Item): Item {
    const record: RegisterRecord<Item> = { kind: this.kind, id, item };
    this.context.journal.append(record);
    this.items.set(id, item);
    return item;
  }

  /** Takes a record of the journal back; false when it is not one of this register's. */
  restore(record: unknown): boolean {
    const { kind, id, item } = record as RegisterRecord<Item>;
    if (kind !== this.kind) return false;
    this.items.set(id, item);
    return true;
  }

  forget(): void {
    this.items.clear();
  }
}
