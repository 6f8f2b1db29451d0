import { maskedBody, maskedHead } from '../outbound/masked-exchange';
import type { WebhookEvent } from '../webhooks.types';
import { BODY_MAX, eventBody, fittingData } from './event-body';
import { eventData } from './event-data';

const event: WebhookEvent = {
  eventId: 'evt_01KAJR38VNR81X7S9FZBZ4D62E',
  mid: 'M0000001',
  sequence: 7,
  type: 'payment.approved',
  schemaVersion: '2026-11-21',
  subjectId: 'pay_01KAJR38VNR81X7S9FZBZ4D62E',
  data: { paymentId: 'pay_1', amount: 1_000, buyerName: '홍길동', card: { number: '424242******4242' } },
  occurredAt: new Date('2026-11-21T06:00:00.000Z'),
};

describe('a body', () => {
  it('is the event, the same bytes each time', () => {
    expect(JSON.parse(eventBody(event))).toEqual({
      ...{ id: event.eventId, type: event.type, schemaVersion: '2026-11-21', mid: 'M0000001', sequence: 7 },
      ...{ timestamp: '2026-11-21T15:00:00.000+09:00', data: event.data },
    });
    expect(eventBody(event)).toBe(eventBody({ ...event, data: { ...event.data } }));
  });

  it('stays short, whatever a merchant puts into its metadata', () => {
    const metadata = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`key${index}`, '가'.repeat(500)]),
    );
    const data = fittingData({ ...event.data, metadata });
    expect(data).toEqual({ ...event.data, metadata: null });
    const long = fittingData({ paymentId: 'pay_1', note: '가'.repeat(9_000), list: ['x'] });
    expect(long).toEqual({ paymentId: 'pay_1' });
    expect(Buffer.byteLength(eventBody({ ...event, data }))).toBeLessThan(BODY_MAX);
  });

  it('holds what is listed for its kind, and nothing else', () => {
    const told = {
      billingKey: 'bil_1',
      cardLast4: '4242',
      token_sealed: 'x',
      cardNumber: '4242424242424242',
    };
    expect(eventData('billing_key.issued', told)).toEqual({ billingKey: 'bil_1', cardLast4: '4242' });
  });
});

describe('the log of a try', () => {
  it('keeps of a body what says what it was about', () => {
    expect(JSON.parse(maskedBody(event))).toEqual({
      ...{ id: event.eventId, type: event.type, sequence: 7 },
      data: { paymentId: 'pay_1', amount: 1_000, buyerName: '***', card: { number: '***' } },
    });
  });

  it('keeps of an answer no number, no token and no control character', () => {
    const head = 'ok 4242424242424242\r\n{"token":"dGhpcyBpcyBhIHNlY3JldA0123"} \u001b[31m 가';
    const kept = maskedHead(head)!;
    expect(kept).not.toMatch(/4242|dGhp|[^\x20-\x7e]/);
    expect(kept).toContain('ok ***');
    expect(maskedHead('x y '.repeat(400))!.length).toBe(512);
    expect(maskedHead(null)).toBeNull();
  });
});
