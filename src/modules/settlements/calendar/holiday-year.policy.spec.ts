import { HOLIDAYS_OF_YEAR_MAX } from './business-days.calc';
import { changeFaults, yearFaults } from './holiday-year.policy';
import { LIBRARY_HOLIDAYS } from './library-holidays';

const added = (days: readonly string[]) => days.map((day) => ({ day, holiday: true }));
const codes = (faults: readonly { field: string; code: string }[]) =>
  faults.map(({ field, code }) => `${field} ${code}`);

it('takes the years of the library for complete, but for days that the law had not yet', () => {
  for (const [year, names] of LIBRARY_HOLIDAYS) {
    const days = added([...names.keys()]);
    const struck = names.has(`${year}-07-17`) ? [] : [{ day: `${year}-07-17`, holiday: false }];
    expect(yearFaults([...days, ...struck], { complete: true })).toEqual([]);
  }
});

it('does not take the fixed days alone, nor a year that lacks one of them', () => {
  const days = [...LIBRARY_HOLIDAYS.get('2027')!.keys()];
  for (const day of ['2027-01-01', '2027-07-17', '2027-12-25']) {
    const [fault] = yearFaults(added(days.filter((each) => each !== day)), { complete: true });
    expect(fault).toMatchObject({ field: 'yearComplete', code: 'YEAR_INCOMPLETE' });
    expect(fault?.message?.en).toContain(day.slice(5));
  }
  const solar = ['01-01', '03-01', '05-01', '05-05', '06-06', '07-17', '08-15', '10-03', '10-09', '12-25'];
  const alone = added(solar.map((day) => `2028-${day}`));
  expect(codes(yearFaults(alone, { complete: true }))).toEqual(['yearComplete YEAR_INCOMPLETE']);
  expect(yearFaults(alone, { complete: false })).toEqual([]);
});

it('takes no more days than a year may have', () => {
  const days = Array.from({ length: HOLIDAYS_OF_YEAR_MAX + 1 }, (_, index) => `2028-${index}`);
  expect(codes(yearFaults(added(days), { complete: false }))).toEqual(['holidays BAD_LENGTH']);
  expect(yearFaults(added(days.slice(1)), { complete: false })).toEqual([]);
});

it('names each day that cannot be told', () => {
  const wanted = ['2027-03-03', '2027-03-04', '2028-03-05', '2027-05-01'].map((day) => ({
    ...{ day, kind: 'STRIKE' as const, name: '시험' },
  }));
  expect(codes(changeFaults('2027', wanted, '2027-03-03'))).toEqual([
    ...['holidays.0.day IN_THE_PAST', 'holidays.2.day OTHER_YEAR', 'holidays.3.day NOT_ALLOWED'],
  ]);
  expect(codes(changeFaults('2027', wanted, null))).toHaveLength(2);
});
