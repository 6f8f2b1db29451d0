import type { Journal } from '../core/journal';

/** A message that somebody got, or did not. */
export interface KeptMessage {
  readonly id: string;
  readonly channel: 'sms' | 'email';
  readonly to: string;
  readonly from: string;
  readonly subject: string | null;
  readonly text: string;
  readonly atMs: number;
}

export interface Group {
  readonly groupId: string;
  readonly allowDuplicates: boolean;
  readonly createdMs: number;
  readonly messages: GroupMessage[];
  sentMs: number | null;
}

export interface GroupMessage {
  readonly messageId: string;
  readonly to: string;
  readonly from: string;
  readonly type: string;
  readonly subject: string | null;
  readonly text: string;
}

type JournalRecord =
  | {
      readonly kind: 'group';
      readonly groupId: string;
      readonly allowDuplicates: boolean;
      readonly atMs: number;
    }
  | { readonly kind: 'added'; readonly groupId: string; readonly message: GroupMessage }
  | { readonly kind: 'sent'; readonly groupId: string; readonly atMs: number }
  | { readonly kind: 'mail'; readonly message: KeptMessage };

/** Groups of SMS as SOLAPI keeps them, and everything that was sent, e-mail too. Its journal outlives it. */
export class MessageBook {
  private readonly groups = new Map<string, Group>();
  private kept: KeptMessage[] = [];
  private last = 0;

  constructor(private readonly journal: Journal) {}

  newGroup(allowDuplicates: boolean, atMs: number): Group {
    const groupId = `G4V${this.nextId(atMs)}`;
    this.write({ kind: 'group', groupId, allowDuplicates, atMs });
    return this.groups.get(groupId)!;
  }

  group(groupId: string): Group | undefined {
    return this.groups.get(groupId);
  }

  add(groupId: string, message: Omit<GroupMessage, 'messageId'>, atMs: number): GroupMessage {
    const added = { messageId: `M4V${this.nextId(atMs)}`, ...message };
    this.write({ kind: 'added', groupId, message: added });
    return added;
  }

  send(groupId: string, atMs: number): void {
    this.write({ kind: 'sent', groupId, atMs });
  }

  mail(message: Omit<KeptMessage, 'id' | 'channel'>): void {
    const id = `E${this.nextId(message.atMs)}`;
    this.write({ kind: 'mail', message: { id, channel: 'email', ...message } });
  }

  /** The group and the message of an id. */
  find(messageId: string): { readonly group: Group; readonly message: GroupMessage } | undefined {
    for (const group of this.groups.values()) {
      const message = group.messages.find((each) => each.messageId === messageId);
      if (message) return { group, message };
    }
    return undefined;
  }

  /** What was sent, the oldest first; `to` is a number, with or without its dashes, or an address. */
  sent(to: string | undefined): readonly KeptMessage[] {
    if (to === undefined) return this.kept;
    const wanted = plain(to);
    return this.kept.filter((message) => plain(message.to) === wanted);
  }

  durable(): Promise<void> | undefined {
    return this.journal.barrier();
  }

  restore(record: unknown): void {
    this.apply(record as JournalRecord);
  }

  async forget(): Promise<void> {
    this.groups.clear();
    this.kept = [];
    await this.journal.truncate();
  }

  private write(record: JournalRecord): void {
    this.apply(record);
    this.journal.append(record);
  }

  private apply(record: JournalRecord): void {
    switch (record.kind) {
      case 'group': {
        const { groupId, allowDuplicates, atMs: createdMs } = record;
        this.groups.set(groupId, { groupId, allowDuplicates, createdMs, messages: [], sentMs: null });
        return;
      }
      case 'added':
        this.groups.get(record.groupId)!.messages.push(record.message);
        return;
      case 'sent': {
        const group = this.groups.get(record.groupId)!;
        group.sentMs = record.atMs;
        for (const { messageId: id, to, from, subject, text } of group.messages) {
          this.kept.push({ id, channel: 'sms', to, from, subject, text, atMs: record.atMs });
        }
        return;
      }
      case 'mail':
        this.kept.push(record.message);
        return;
    }
  }

  /** As SOLAPI's ids begin: the time, and then what makes it single. */
  private nextId(atMs: number): string {
    this.last += 1;
    const stamp = new Date(atMs).toISOString().replace(/\D/g, '').slice(0, 14);
    return `${stamp}${process.pid.toString(36)}${this.last.toString(36)}`.toUpperCase();
  }
}

/** One form of a number or an address, for comparing. */
function plain(recipient: string): string {
  return recipient.includes('@') ? recipient.trim().toLowerCase() : recipient.replace(/\D/g, '');
}
