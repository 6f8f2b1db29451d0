import { INSTANT, IsInstant } from './instant.validator';
import { validated } from './validation';

class Asked {
  @IsInstant()
  at: string;
}
const isTaken = (at: unknown) => {
  try {
    validated(Asked, { at });
    return true;
  } catch {
    return false;
  }
};

it.each(['2026-11-21T00:00:00+09:00', '2026-11-21T00:00:00.123Z', '2028-02-29T23:59:59-01:30'])(
  '%s is an instant',
  (text) => expect(isTaken(text)).toBe(true),
);

it.each(['2026-02-31T00:00:00Z', '2027-02-29T00:00:00+09:00', '2026-04-31T12:00:00Z'])(
  '%s looks like one, but there is no such day',
  (text) => {
    expect(text).toMatch(INSTANT);
    expect(isTaken(text)).toBe(false);
  },
);

it.each(['2026-11-21', '2026-11-21T00:00:00', '2026-11-21T24:00:00Z', '2026-11-21 00:00:00Z', '', 7, null])(
  '%p is none',
  (value) => expect(isTaken(value)).toBe(false),
);
