import iconv from 'iconv-lite';
import { z } from 'zod';
import type { Group, GroupMessage, MessageBook } from './message-book';
import { SMS_CREDENTIALS } from './sms.credentials';

/** Nobody has this number: the report says so. */
export const UNREACHABLE_NUMBER = '01000000000';
const REPORT_AFTER_MS = 300;
const BYTES_MAX = { SMS: 90, LMS: 2_000 } as const;

export interface SmsAnswer {
  readonly status: number;
  readonly body: object;
}

const messageSchema = z.looseObject({
  to: z.string().regex(/^[\d-]{9,14}$/),
  from: z.string().regex(/^[\d-]{8,14}$/),
  text: z.string().min(1),
  type: z.enum(['SMS', 'LMS']).optional(),
  subject: z.string().optional(),
});
const addSchema = z.looseObject({ messages: z.array(messageSchema).min(1).max(10_000) });
const sendSchema = z.looseObject({ message: messageSchema });
const groupSchema = z.looseObject({ allowDuplicates: z.boolean().default(false) });

type WantedMessage = z.infer<typeof messageSchema>;

const refused = (status: number, errorCode: string, errorMessage: string): SmsAnswer => ({
  status,
  body: { errorCode, errorMessage },
});
const noGroup = () => refused(404, 'GroupNotFound', '해당 그룹이 없습니다.');
const badBody = () => refused(400, 'ValidationError', '입력값이 올바르지 않습니다.');
const time = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString());

/** SOLAPI's messages v4: groups, what is in them, their sending, and the list of messages. */
export class SmsService {
  constructor(
    private readonly book: MessageBook,
    private readonly nowMs: () => number,
    private readonly timeScale: number,
  ) {}

  createGroup(body: unknown): SmsAnswer {
    const parsed = groupSchema.safeParse(body ?? {});
    if (!parsed.success) return badBody();
    return {
      status: 200,
      body: this.groupView(this.book.newGroup(parsed.data.allowDuplicates, this.nowMs())),
    };
  }

  groupInfo(groupId: string): SmsAnswer {
    const group = this.book.group(groupId);
    return group ? { status: 200, body: this.groupView(group) } : noGroup();
  }

  addMessages(groupId: string, body: unknown): SmsAnswer {
    const group = this.book.group(groupId);
    if (!group) return noGroup();
    const parsed = addSchema.safeParse(body);
    if (!parsed.success) return badBody();
    if (group.sentMs !== null) return refused(400, 'GroupNotPending', '이미 발송 요청된 그룹입니다.');
    const resultList = parsed.data.messages.map((message) => this.add(group, message));
    return {
      status: 200,
      body: { errorCount: resultList.filter(({ statusCode }) => statusCode !== '2000').length, resultList },
    };
  }

  sendGroup(groupId: string): SmsAnswer {
    const group = this.book.group(groupId);
    if (!group) return noGroup();
    if (group.sentMs !== null) return refused(400, 'GroupNotPending', '이미 발송 요청된 그룹입니다.');
    if (group.messages.length === 0)
      return refused(400, 'MessagesNotFound', '발송 가능한 메시지가 없습니다.');
    this.book.send(groupId, this.nowMs());
    return { status: 200, body: this.groupView(group) };
  }

  groupMessages(groupId: string): SmsAnswer {
    const group = this.book.group(groupId);
    return group
      ? { status: 200, body: this.listOf(group.messages.map((message) => ({ group, message }))) }
      : noGroup();
  }

  list(query: Readonly<Record<string, unknown>>): SmsAnswer {
    const wanted = query.criteria === 'messageId' ? query.value : query.messageId;
    if (typeof wanted !== 'string') return badBody();
    const found = this.book.find(wanted);
    return { status: 200, body: this.listOf(found ? [found] : []) };
  }

  /** One message without a group of one's own. */
  sendSimple(body: unknown): SmsAnswer {
    const parsed = sendSchema.safeParse(body);
    if (!parsed.success) return badBody();
    const group = this.book.newGroup(true, this.nowMs());
    const added = this.add(group, parsed.data.message);
    if (added.statusCode !== '2000') return refused(400, 'FailedToAddMessage', added.statusMessage);
    this.book.send(group.groupId, this.nowMs());
    return { status: 200, body: { groupId: group.groupId, ...added } };
  }

  private add(group: Group, wanted: WantedMessage) {
    const to = wanted.to.replace(/\D/g, '');
    const from = wanted.from.replace(/\D/g, '');
    const type = wanted.type ?? (bytes(wanted.text) <= BYTES_MAX.SMS ? 'SMS' : 'LMS');
    const [statusCode, statusMessage] = this.judge(group, { ...wanted, to, from, type });
    const subject = wanted.subject ?? null;
    const messageId =
      statusCode === '2000'
        ? this.book.add(group.groupId, { to, from, type, subject, text: wanted.text }, this.nowMs()).messageId
        : null;
    return { to, from, type, country: '82', messageId, statusCode, statusMessage, accountId: '12925149' };
  }

  private judge(group: Group, { to, from, type, subject, text }: WantedMessage & { type: 'SMS' | 'LMS' }) {
    if (from !== SMS_CREDENTIALS.senderNumber) return ['1062', '발신번호 미등록'] as const;
    if (!group.allowDuplicates && group.messages.some((message) => message.to === to)) {
      return ['1026', '중복 수신번호'] as const;
    }
    if (type === 'SMS' && subject !== undefined)
      return ['1013', '제목은 SMS에서 사용이 불가능합니다.'] as const;
    if (bytes(subject ?? '') > 40) return ['1014', '제목은 40byte까지 사용 가능합니다.'] as const;
    if (iconv.decode(iconv.encode(text, 'cp949'), 'cp949') !== text)
      return ['1029', 'EUC-KR 범위 밖의 문자'] as const;
    if (bytes(text) > BYTES_MAX[type]) return ['1031', '길이 초과'] as const;
    return ['2000', '정상 접수(이통사로 접수 예정)'] as const;
  }

  private listOf(found: readonly { readonly group: Group; readonly message: GroupMessage }[]) {
    const views = found.map(
      ({ group, message }) => [message.messageId, this.messageView(group, message)] as const,
    );
    return { startKey: null, nextKey: null, limit: 20, messageList: Object.fromEntries(views) };
  }

  private messageView(group: Group, message: GroupMessage) {
    const statusCode = this.statusCode(group, message);
    return {
      _id: message.messageId,
      ...message,
      groupId: group.groupId,
      country: '82',
      statusCode,
      accountId: '12925149',
    };
  }

  private statusCode({ sentMs }: Group, { to }: GroupMessage): string {
    if (sentMs === null) return '2000';
    if (this.nowMs() - sentMs < REPORT_AFTER_MS * this.timeScale) return '3000';
    return to === UNREACHABLE_NUMBER ? '3032' : '4000';
  }

  private groupView({ groupId, sentMs, createdMs, messages, allowDuplicates }: Group) {
    const done = sentMs !== null && this.nowMs() - sentMs >= REPORT_AFTER_MS * this.timeScale;
    return {
      _id: groupId,
      groupId,
      status: sentMs === null ? 'PENDING' : done ? 'COMPLETE' : 'SENDING',
      count: { total: messages.length, registeredSuccess: messages.length, registeredFailed: 0 },
      allowDuplicates,
      isRefunded: false,
      accountId: '12925149',
      apiVersion: '4',
      dateSent: time(sentMs),
      dateCreated: time(createdMs),
      dateUpdated: time(sentMs ?? createdMs),
    };
  }
}

const bytes = (text: string) => iconv.encode(text, 'cp949').length;
