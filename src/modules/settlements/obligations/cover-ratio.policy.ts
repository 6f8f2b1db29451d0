/** From a Korean day on, how much of the settlement funds has to be covered. */
export interface CoverRatio {
  /** `YYYY-MM-DD`. */
  readonly from: string;
  /** Parts per million. */
  readonly ratioPpm: number;
}

const PPM = 1_000_000n;

/*
 * The default of SETTLEMENT_COVER_RATIOS: 전자금융거래법 제25조의4 (promulgated on 2025-12-16, in force on 2026-12-17) has
 * payment gateways keep settlement funds with others, 60 % at first and 20 points more each year, all of them from
 * 2028-12-17 on; 금융감독원's guideline asks for 60 % from 2026-01-01 on. After press releases of 금융위원회 on the act of
 * 2025-11-27 and 2025-12-16; the decree and the regulation may differ, which is why it is a setting.
 */

/** Reads `2026-01-01=600000,2027-12-17=800000`, each day once and in order, as the setting's schema has checked. */
export function coverRatiosOf(text: string): CoverRatio[] {
  return text.split(',').map((each) => {
    const [from, ratioPpm] = each.split('=') as [string, string];
    return { from, ratioPpm: Number(ratioPpm) };
  });
}

/** The ratio that holds on a day; before the first one nothing has to be covered. */
export function ratioOn(ratios: readonly CoverRatio[], day: string): number {
  return ratios.findLast(({ from }) => from <= day)?.ratioPpm ?? 0;
}

/** What has to be covered of an obligation, won; a part of a won is covered as a whole one. */
export function requiredCover(obligation: number, ratioPpm: number): number {
  return Number((BigInt(obligation) * BigInt(ratioPpm) + PPM - 1n) / PPM);
}
