import fc from 'fast-check';
import {
  CODE_SENDS_MAX,
  CODE_TRIES_MAX,
  hasLiveCode,
  judgeConfirm,
  judgeResend,
  judgeSend,
} from './code.policy';
import type { SmsPayment } from './sms-payments.types';

const NOW = new Date('2026-01-02T03:04:05.000Z');
const after = (ms: number) => new Date(NOW.getTime() + ms);
const PAUSE_MS = 60_000;

const open = {
  status: 'REQUESTED',
  expiresAt: after(3_600_000),
  codeHash: Buffer.alloc(32, 1),
  codeTries: 0,
  codeExpiresAt: after(180_000),
  keyId: 'key_1',
} as SmsPayment;
const RIGHT = { isRight: true, keyId: 'key_1' };
const WRONG = { isRight: false, keyId: 'key_1' };

describe('a confirm', () => {
  it.each<[string, Partial<SmsPayment>, typeof RIGHT, object]>([
    ['claims with the right code', {}, RIGHT, { kind: 'CLAIM' }],
    ['tells what is left after a wrong one', {}, WRONG, { kind: 'WRONG', triesLeft: 4 }],
    ['tells that nothing is left', { codeTries: 4 }, WRONG, { kind: 'WRONG', triesLeft: 0 }],
    ['may still be right the fifth time', { codeTries: 4 }, RIGHT, { kind: 'CLAIM' }],
    ['may not be right the sixth time', { codeTries: 5 }, RIGHT, { kind: 'NO_CODE' }],
    ['comes too late for the code', { codeExpiresAt: NOW }, RIGHT, { kind: 'NO_CODE' }],
    ['comes before any code', { codeHash: null }, RIGHT, { kind: 'NO_CODE' }],
    ['comes too late for the link', { expiresAt: NOW }, RIGHT, { kind: 'CLOSED', status: 'EXPIRED' }],
    ['comes while another one pays', { status: 'PAYING' }, RIGHT, { kind: 'BUSY' }],
    ['comes after it is paid', { status: 'PAID' }, RIGHT, { kind: 'CLOSED', status: 'PAID' }],
    ['comes under a key that is gone', { keyId: 'key_2' }, RIGHT, { kind: 'OLD_KEY' }],
    ['tells nothing of keys to a wrong code', { keyId: 'key_2' }, WRONG, { kind: 'WRONG', triesLeft: 4 }],
  ])('%s', (_what, change, given, verdict) => {
    expect(judgeConfirm({ ...open, ...change }, given, NOW)).toEqual(verdict);
  });

  it('never claims without a live code, whatever was seen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 }),
        fc.integer({ min: -1_000, max: 1_000 }),
        (codeTries, leftMs) => {
          const seen = { ...open, codeTries, codeExpiresAt: after(leftMs) };
          const claims = judgeConfirm(seen, RIGHT, NOW).kind === 'CLAIM';
          return claims === (codeTries < CODE_TRIES_MAX && leftMs > 0) && claims === hasLiveCode(seen, NOW);
        },
      ),
    );
  });
});

describe('another code', () => {
  const seen = { day: '2026-01-02', sends: 2, lastSentAt: after(-PAUSE_MS) };
  it('is sent after the pause, not before', () => {
    expect(judgeSend(seen, '2026-01-02', NOW, PAUSE_MS)).toEqual({ kind: 'SEND', sends: 3 });
    expect(judgeSend({ ...seen, lastSentAt: after(1 - PAUSE_MS) }, '2026-01-02', NOW, PAUSE_MS)).toEqual({
      kind: 'TOO_SOON',
      nextSendAt: after(1),
    });
  });

  it('is sent five times a Korean day', () => {
    const full = { ...seen, sends: CODE_SENDS_MAX };
    expect(judgeSend(full, '2026-01-02', NOW, PAUSE_MS)).toEqual({ kind: 'TOO_MANY' });
    expect(judgeSend(full, '2026-01-03', NOW, PAUSE_MS)).toEqual({ kind: 'SEND', sends: 1 });
  });
});

it('sends a link once, and five times again', () => {
  const linkSentAt = after(-PAUSE_MS);
  expect(judgeResend({ linkSends: 5, linkSentAt }, NOW, PAUSE_MS)).toEqual({ kind: 'SEND', sends: 6 });
  expect(judgeResend({ linkSends: 6, linkSentAt }, NOW, PAUSE_MS)).toEqual({ kind: 'TOO_MANY' });
});
