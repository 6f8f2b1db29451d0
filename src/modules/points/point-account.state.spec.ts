import fc from 'fast-check';
import { movePoints } from './point-account.state';
import type { PointBalances } from './points.types';

const account = (balance: number, held = 0, debt = 0): PointBalances => ({ balance, held, debt });

it('holds only what is there, and gives it back or spends it', () => {
  expect(movePoints(account(100), 'HOLD', 101)).toEqual({ kind: 'SHORT' });
  expect(movePoints(account(100), 'HOLD', 60)).toMatchObject({ after: account(40, 60) });
  expect(movePoints(account(40, 60), 'FREE', 60)).toMatchObject({ after: account(100) });
  expect(movePoints(account(40, 60), 'USE', 60)).toMatchObject({ after: account(40) });
});

it('takes back what is there and keeps the rest as a debt that only earnings repay', () => {
  expect(movePoints(account(30), 'CLAW_BACK', 100)).toMatchObject({ after: account(0, 0, 70) });
  expect(movePoints(account(0, 0, 70), 'RESTORE', 50)).toMatchObject({ after: account(50, 0, 70) });
  expect(movePoints(account(0, 0, 70), 'ADJUST', 50)).toMatchObject({ after: account(50, 0, 70) });
  expect(movePoints(account(0, 0, 70), 'EARN', 50)).toMatchObject({ after: account(0, 0, 20) });
  expect(movePoints(account(0, 0, 20), 'EARN', 50)).toMatchObject({ after: account(30) });
});

it('corrects either way, but not below nothing', () => {
  expect(movePoints(account(10), 'ADJUST', -10)).toMatchObject({ after: account(0) });
  expect(movePoints(account(10), 'ADJUST', -11)).toEqual({ kind: 'SHORT' });
});

it('refuses what would make our own book wrong', () => {
  expect(() => movePoints(account(10), 'USE', 1)).toThrow(RangeError);
  expect(() => movePoints(account(10), 'FREE', 1)).toThrow(RangeError);
  expect(() => movePoints(account(10), 'EARN', 0)).toThrow(RangeError);
  expect(() => movePoints(account(10), 'HOLD', -5)).toThrow(RangeError);
  expect(() => movePoints(account(10), 'ADJUST', 1.5)).toThrow(RangeError);
});

it('keeps nothing below zero and every change equal to the difference, whatever happens', () => {
  const kinds = fc.constantFrom('EARN', 'HOLD', 'FREE', 'USE', 'RESTORE', 'CLAW_BACK', 'ADJUST');
  const steps = fc.array(fc.tuple(kinds, fc.integer({ min: -50, max: 1_000 })), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (wanted) => {
      let before = account(0);
      const sum = { balance: 0, held: 0, debt: 0 };
      for (const [kind, amount] of wanted) {
        const isBad = kind === 'ADJUST' ? amount === 0 : amount <= 0;
        const holdsTooLittle = (kind === 'FREE' || kind === 'USE') && amount > before.held;
        if (isBad || holdsTooLittle) continue;
        const moved = movePoints(before, kind, amount);
        if (moved.kind === 'SHORT') continue;
        for (const name of ['balance', 'held', 'debt'] as const) {
          sum[name] += moved.change[name];
          expect(moved.after[name]).toBeGreaterThanOrEqual(0);
          expect(moved.after[name]).toBe(sum[name]);
        }
        before = moved.after;
      }
    }),
  );
});
