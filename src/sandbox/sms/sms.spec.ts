import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from '../core/journal';
import { MessageBook } from './message-book';
import { SMS_CREDENTIALS } from './sms.credentials';
import { SmsGate } from './sms.gate';
import { SmsService } from './sms.service';

const NOW = Date.parse('2026-01-02T03:04:05Z');
let folder: string;
let now = NOW;

const openBook = () => {
  const journal = Journal.open(join(folder, 'messages.jsonl'), (error) => {
    throw error;
  });
  const book = new MessageBook(journal);
  journal.replay((record) => book.restore(record));
  return { book, journal, service: new SmsService(book, () => now, 1) };
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pg-gateway-sms-'));
  now = NOW;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the signature', () => {
  const header = (change: { date?: string; secret?: string; key?: string } = {}) => {
    const {
      date = '2026-01-02T03:04:05Z',
      secret = SMS_CREDENTIALS.apiSecret,
      key = SMS_CREDENTIALS.apiKey,
    } = change;
    const salt = 'salt012345678901';
    const signature = createHmac('sha256', secret).update(`${date}${salt}`).digest('hex');
    return `HMAC-SHA256 apiKey=${key}, date=${date}, salt=${salt}, signature=${signature}`;
  };

  it('lets the right one in, once', () => {
    const gate = new SmsGate();
    expect(gate.refuse(header(), NOW)).toBeNull();
    expect(gate.refuse(header(), NOW)?.errorCode).toBe('DuplicatedSignature');
  });

  it.each([
    [undefined, 'Unauthorized'],
    [header({ key: 'NCSOTHER00000000' }), 'InvalidAPIKey'],
    [header({ secret: 'another secret of another account' }), 'SignatureDoesNotMatch'],
    [header({ date: '2026-01-02T02:49:04Z' }), 'RequestTimeTooSkewed'],
  ])('keeps %s out (%s)', (authorization, code) => {
    expect(new SmsGate().refuse(authorization, NOW)?.errorCode).toBe(code);
  });
});

describe('a group', () => {
  const message = { to: '010-1234-5678', from: SMS_CREDENTIALS.senderNumber, text: '안녕하세요' };
  const idOf = ({ body }: { body: object }) => (body as { groupId: string }).groupId;

  it('goes out once, with each recipient once, and is there after a restart', async () => {
    const { service, journal, book } = openBook();
    const groupId = idOf(service.createGroup({ allowDuplicates: false }));
    expect(service.addMessages(groupId, { messages: [message] }).body).toMatchObject({ errorCount: 0 });
    expect(service.addMessages(groupId, { messages: [message] }).body).toMatchObject({
      resultList: [{ statusCode: '1026' }],
    });
    expect(service.sendGroup(groupId).status).toBe(200);
    expect(service.sendGroup(groupId).status).toBe(400);
    expect(book.sent('01012345678')).toHaveLength(1);
    await journal.close();
    const again = openBook();
    expect(again.book.sent('010-1234-5678')).toMatchObject([{ text: '안녕하세요', channel: 'sms' }]);
    expect(again.service.groupInfo(groupId).body).toMatchObject({ status: 'SENDING' });
    now += 300;
    expect(JSON.stringify(again.service.groupMessages(groupId).body)).toContain('"statusCode":"4000"');
    await again.book.forget();
    expect([again.book.sent(undefined), again.service.groupInfo(groupId).status]).toEqual([[], 404]);
    await again.journal.close();
  });

  it.each([
    [{ from: '0299998888' }, '1062'],
    [{ text: '🎁' }, '1029'],
    [{ text: '가'.repeat(1_001) }, '1031'],
    [{ type: 'SMS', text: '가'.repeat(46) }, '1031'],
    [{ type: 'SMS', subject: '제목' }, '1013'],
  ])('takes no message with %p (%s)', async (change, statusCode) => {
    const { service, journal } = openBook();
    const groupId = idOf(service.createGroup(undefined));
    const answer = service.addMessages(groupId, { messages: [{ ...message, ...change }] });
    expect(answer.body).toMatchObject({ resultList: [{ statusCode, messageId: null }] });
    expect(service.sendGroup(groupId).status).toBe(400);
    await journal.close();
  });
});
