import {
  assertReceiptCancelTransition,
  assertReceiptTransition,
  RECEIPT_CANCEL_STATUSES,
  RECEIPT_CANCEL_TRANSITIONS,
  RECEIPT_STATUSES,
  RECEIPT_TRANSITIONS,
} from './receipt.state';

it('lets a receipt change by the table and in no other way', () => {
  const allowed = RECEIPT_STATUSES.flatMap((from) =>
    RECEIPT_STATUSES.filter((to) => {
      try {
        assertReceiptTransition(from, to);
        return true;
      } catch {
        return false;
      }
    }).map((to) => `${from} ${to}`),
  );
  expect(allowed.sort()).toEqual(
    Object.entries(RECEIPT_TRANSITIONS)
      .flatMap(([from, tos]) => tos.map((to) => `${from} ${to}`))
      .sort(),
  );
});

it('never issues again what is issued, cancelled or not known', () => {
  for (const from of ['ISSUED', 'PARTIALLY_CANCELLED', 'CANCELLED', 'UNCONFIRMED'] as const)
    expect(() => assertReceiptTransition(from, 'IN_PROGRESS')).toThrow(from);
});

it('lets a cancel be tried again only where nothing was cancelled', () => {
  const again = RECEIPT_CANCEL_STATUSES.filter((from) =>
    (RECEIPT_CANCEL_TRANSITIONS[from] as readonly string[]).includes('IN_PROGRESS'),
  );
  expect(again).toEqual(['FAILED']);
  expect(() => assertReceiptCancelTransition('DONE', 'IN_PROGRESS')).toThrow('DONE');
});
