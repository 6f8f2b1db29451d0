import { PARTNER_STATUSES } from './agencies.types';
import { mayBecome } from './partner.state';

it('lets an agency or seller rest and come back, and nothing follow its end', () => {
  const allowed = PARTNER_STATUSES.flatMap((from) =>
    PARTNER_STATUSES.filter((to) => mayBecome(from, to)).map((to) => `${from} ${to}`),
  );
  expect(allowed).toEqual([
    'ACTIVE ACTIVE',
    'ACTIVE SUSPENDED',
    'ACTIVE CLOSED',
    'SUSPENDED ACTIVE',
    'SUSPENDED SUSPENDED',
    'SUSPENDED CLOSED',
  ]);
});
