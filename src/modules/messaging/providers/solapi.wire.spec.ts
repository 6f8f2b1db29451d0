import { createHmac } from 'node:crypto';
import iconv from 'iconv-lite';
import { lookPauseMs, LOOKS_MAX, sendPauseMs } from '../message.policy';
import { assertMessageTransition } from '../message.state';
import { authorization, carrierForm } from './solapi.wire';

it('signs date and salt together, as SOLAPI wants it', () => {
  const header = authorization(
    { apiKey: 'KEY', apiSecret: 'SECRET' },
    new Date('2026-01-02T03:04:05.678Z'),
    'salt0123456789',
  );
  const signature = createHmac('sha256', 'SECRET')
    .update('2026-01-02T03:04:05.678Zsalt0123456789')
    .digest('hex');
  expect(header).toBe(
    `HMAC-SHA256 apiKey=KEY, date=2026-01-02T03:04:05.678Z, salt=salt0123456789, signature=${signature}`,
  );
});

it('makes a long message of more than 90 bytes, in which Hangul counts two', () => {
  const subject = '결제 요청';
  expect(carrierForm({ subject, text: '가'.repeat(45) })).toEqual({ type: 'SMS', text: '가'.repeat(45) });
  expect(carrierForm({ subject, text: '가'.repeat(46) })).toEqual({
    type: 'LMS',
    subject,
    text: '가'.repeat(46),
  });
});

it('replaces what carriers do not take, and cuts a title at 40 bytes', () => {
  const form = carrierForm({ subject: '가'.repeat(30), text: `${'가'.repeat(50)} 🎁` });
  expect(form).toMatchObject({ type: 'LMS', subject: '가'.repeat(20) });
  expect(iconv.decode(iconv.encode(form.text, 'cp949'), 'cp949')).toBe(form.text);
});

it('waits longer from try to try, and gives up looking after a day', () => {
  const sends = Array.from({ length: 9 }, (_, tries) => sendPauseMs(tries));
  expect(sends).toEqual(sends.toSorted((a, b) => a - b));
  const looks = Array.from({ length: LOOKS_MAX }, (_, done) => lookPauseMs(done)!);
  expect(looks).toEqual(looks.toSorted((a, b) => a - b));
  expect(looks.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(25 * 3_600_000);
  expect(lookPauseMs(LOOKS_MAX)).toBeNull();
});

it('lets no message be sent again once it was sent', () => {
  expect(() => assertMessageTransition('SENT', 'QUEUED')).toThrow();
  expect(() => assertMessageTransition('DELIVERED', 'FAILED')).toThrow();
});
