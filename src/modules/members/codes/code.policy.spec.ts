import { judgeSend, SEND_LIMITS } from './code.policy';

const NOW = 1_800_000_000_000;
const PAUSE = 60_000;
const seen = (sends: number, more: object = {}) => ({
  sends,
  countedUntil: NOW + 1_000_000,
  lastSentAt: NOW - PAUSE,
  ...more,
});

it('counts from the first message of a window on', () => {
  const fresh = judgeSend(seen(99, { countedUntil: NOW }), SEND_LIMITS.account, NOW, PAUSE);
  expect(fresh).toEqual({ kind: 'SEND', sends: 1, countedUntil: NOW + 86_400_000 });
  expect(judgeSend(seen(1), SEND_LIMITS.account, NOW, PAUSE)).toEqual({
    kind: 'SEND',
    sends: 2,
    countedUntil: NOW + 1_000_000,
  });
});

it('waits for the pause where there is one', () => {
  const justSent = seen(1, { lastSentAt: NOW - PAUSE + 1 });
  expect(judgeSend(justSent, SEND_LIMITS.account, NOW, PAUSE)).toEqual({ kind: 'WAIT', untilMs: NOW + 1 });
  expect(judgeSend(justSent, SEND_LIMITS.source, NOW, PAUSE).kind).toBe('SEND');
});

it.each(Object.entries(SEND_LIMITS))('sends no more than it may: by %s', (_name, limit) => {
  expect(judgeSend(seen(limit.sendsMax - 1), limit, NOW, PAUSE).kind).toBe('SEND');
  expect(judgeSend(seen(limit.sendsMax), limit, NOW, PAUSE)).toEqual({
    kind: 'WAIT',
    untilMs: NOW + 1_000_000,
  });
});
