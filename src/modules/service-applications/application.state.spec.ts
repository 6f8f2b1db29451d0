import {
  APPLICATION_STATUSES,
  EDITABLE_STATUSES,
  mayApplicationFollow,
  OPEN_STATUSES,
} from './application.state';

it('is approved only while it is submitted: what nobody handed in, or was sent back, is not', () => {
  expect(APPLICATION_STATUSES.filter((from) => mayApplicationFollow(from, 'APPROVED'))).toEqual([
    'SUBMITTED',
  ]);
});

it('lets nothing follow a decision', () => {
  for (const from of ['APPROVED', 'REJECTED', 'WITHDRAWN'] as const)
    expect(APPLICATION_STATUSES.filter((to) => mayApplicationFollow(from, to))).toEqual([]);
});

it('can be withdrawn by its applicant until it is decided', () => {
  expect(APPLICATION_STATUSES.filter((from) => mayApplicationFollow(from, 'WITHDRAWN'))).toEqual([
    'DRAFT',
    'SUBMITTED',
    'CHANGES_REQUESTED',
  ]);
});

it('is edited exactly where it can be submitted', () => {
  expect(APPLICATION_STATUSES.filter((from) => mayApplicationFollow(from, 'SUBMITTED'))).toEqual(
    EDITABLE_STATUSES,
  );
  expect(OPEN_STATUSES.every((status) => mayApplicationFollow(status, 'REJECTED'))).toBe(true);
});
