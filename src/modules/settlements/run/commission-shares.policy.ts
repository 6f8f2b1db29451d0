import { fault } from '../../../common/errors/app-error';
import { AGENCIES_ERRORS } from '../../agencies/agencies.errors';

const WHOLE_PPM = 1_000_000;

/** Who earns of a fee, and how many parts per million of it. */
export interface CommissionShare {
  readonly kind: 'AGENCY' | 'SELLER';
  readonly code: string;
  readonly ratePpm: number;
}

/** What a fee policy says in place of what is agreed; null = as agreed. */
export interface CommissionWish {
  readonly agencyCommissionPpm: number | null;
  readonly sellerCommissionPpm: number | null;
}

/** The merchant's agency and that agency's seller, if it has one. */
export interface MerchantPartners {
  readonly agencyCode: string;
  readonly sellerCode: string | null;
}

/**
 * Who earns of the fees under one policy: what is agreed, with the policy's own rates in their place. Throws
 * COMMISSION_ABOVE_FEE where all together would pass the whole fee: neither policies nor rates are saved that do.
 */
export function sharesUnder(
  agreed: readonly CommissionShare[],
  { agencyCode, sellerCode }: MerchantPartners,
  { agencyCommissionPpm, sellerCommissionPpm }: CommissionWish,
): CommissionShare[] {
  const isOwn = ({ kind, code }: CommissionShare) => kind === 'AGENCY' && code === agencyCode;
  const agreedRate = (test: (share: CommissionShare) => boolean) => agreed.find(test)?.ratePpm ?? 0;
  const own = {
    kind: 'AGENCY' as const,
    code: agencyCode,
    ratePpm: agencyCommissionPpm ?? agreedRate(isOwn),
  };
  const sellers =
    sellerCode === null
      ? []
      : [
          {
            kind: 'SELLER' as const,
            code: sellerCode,
            ratePpm: sellerCommissionPpm ?? agreedRate(({ kind }) => kind === 'SELLER'),
          },
        ];
  const above = agreed.filter((share) => share.kind === 'AGENCY' && !isOwn(share));
  const shares = [own, ...sellers, ...above].filter(({ ratePpm }) => ratePpm > 0);
  const sumPpm = shares.reduce((sum, { ratePpm }) => sum + ratePpm, 0);
  if (sumPpm > WHOLE_PPM) {
    throw fault(AGENCIES_ERRORS, 'COMMISSION_ABOVE_FEE', { members: { agencyCode, sumPpm } });
  }
  return shares;
}
