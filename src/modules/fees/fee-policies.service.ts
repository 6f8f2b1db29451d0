import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isDuplicateKey, isMissingReference } from '../../common/db/database-errors';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { type FieldError, fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { newId } from '../../common/ids/id';
import { cursorAfter, placeOf } from '../../common/pagination/cursor';
import { Clock } from '../../common/time/clock';
import { koreanDay } from '../../common/time/korean-time';
import { AgenciesFacade } from '../agencies/agencies.facade';
import { AuditFacade } from '../audit/audit.facade';
import { ANYTHING, FeePoliciesRepository, type TierPart } from './fee-policies.repository';
import { isGeneral } from './fee-policy.policy';
import { FEES_ERRORS } from './fees.errors';
import type { FeePolicy, FeePolicyWish, FeeTier, MerchantPolicyWish, Tier } from './fees.types';
import { tierOfSales, tiersOn } from './tier.policy';

export interface FeePolicyQuery {
  readonly mid?: string;
  readonly day?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Merchants' fee policies: each is a row that is never changed, and holds from a Korean day that is not past. */
@Injectable()
export class FeePolicies {
  constructor(
    private readonly repository: FeePoliciesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly agencies: AgenciesFacade,
    private readonly clock: Clock,
  ) {}

  inForce(mid: string, day: string): Promise<FeePolicy[]> {
    return this.repository.inForce(mid, day);
  }

  /** By merchant, with one statement; a merchant without any has an empty list. */
  async inForceOfAll(mids: readonly string[], day: string): Promise<ReadonlyMap<string, FeePolicy[]>> {
    const byMid = new Map<string, FeePolicy[]>(mids.map((mid) => [mid, []]));
    for (const policy of await this.repository.inForceOfAll(mids, day)) byMid.get(policy.mid)?.push(policy);
    return byMid;
  }

  /**
   * Gives the policies of tier GENERAL to those of the merchants that have none on a day, each audited. Who cannot be given
   * them (the tier has no rates on that day, the merchant is not known) stays without.
   */
  async ensureAny(mids: readonly string[], day: string, actor: string): Promise<void> {
    const without = [...(await this.inForceOfAll(mids, day))].flatMap(([mid, own]) =>
      own.length === 0 ? [mid] : [],
    );
    if (without.length === 0) return;
    const tier = tiersOn(await this.repository.tiers(), day).find((each) => each.tier === 'GENERAL');
    if (tier === undefined) return;
    for (const mid of without) {
      const wish = { mid, tier: tier.tier, from: day, actor };
      const given = this.unitOfWork.run('fee-policy.ensure', (tx) => this.ensureOfTier(tx, tier, wish));
      await given.catch((error: unknown) => {
        if (!isMissingReference(error)) throw error;
      });
    }
  }

  /** All that were ever set, the newest first; with a day those of a merchant that hold on it. */
  async list({
    limit,
    cursor,
    ...filter
  }: FeePolicyQuery): Promise<{ data: FeePolicy[]; nextCursor: string | null }> {
    if (filter.day !== undefined && filter.mid === undefined) {
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'mid', code: 'REQUIRED' }] });
    }
    const before = cursor === undefined ? null : placeOf(cursor).id;
    const found = await this.repository.page(filter, before, limit + 1);
    const data = found.slice(0, limit);
    const last = data.at(-1);
    const more = found.length > limit && last !== undefined;
    return { data, nextCursor: more ? cursorAfter({ at: last.createdAt, id: String(last.seq) }) : null };
  }

  /**
   * Throws FEE_POLICY_OWNER_NOT_FOUND, COMMISSION_ABOVE_FEE, and VALIDATION_FAILED for a day that is past, unless the
   * merchant has no general policy on it: one from then on changes nothing that held, and may be what settlement waits for.
   */
  async add(wish: FeePolicyWish, actor: string): Promise<FeePolicy> {
    const createdAt = this.clock.now();
    const fillsGap = isGeneral(wish) && !(await this.repository.hasGeneral(wish.mid, wish.effectiveFrom));
    const errors = faultsOf(wish, fillsGap ? wish.effectiveFrom : koreanDay(createdAt));
    if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
    const policy = { ...wish, policyId: newId('fpl'), tier: null, createdBy: actor, createdAt };
    try {
      return await this.unitOfWork.run('fee-policy.create', async (tx) => {
        const gives = wish.agencyCommissionPpm !== null || wish.sellerCommissionPpm !== null;
        if (gives) await this.agencies.lockCommissions(tx);
        const seq = await this.repository.add(tx, policy);
        if (gives && !wish.ended) await this.assertWithinFee(tx, wish);
        await this.audit.record(tx, {
          ...{ actor, action: 'fee-policy.create', target: policy.policyId, mid: wish.mid },
          ...{ outcome: 'SUCCESS', details: { from: wish.effectiveFrom, reason: wish.reason } },
        });
        return { ...policy, seq };
      });
    } catch (error) {
      if (isMissingReference(error)) throw fault(FEES_ERRORS, 'FEE_POLICY_OWNER_NOT_FOUND');
      throw error;
    }
  }

  /**
   * The policies that go with a tier, in the caller's transaction, once for a merchant: false when it has them already.
   * Writes an audit row, so call it near the end of the transaction.
   */
  async ensureOfTier(tx: EntityManager, tier: FeeTier, wish: MerchantPolicyWish): Promise<boolean> {
    const { mid, actor, from } = wish;
    const createdAt = this.clock.now();
    for (const [part, terms] of policiesOfTier(tier)) {
      const policy: Omit<FeePolicy, 'seq'> = {
        ...{ ...ANYTHING, fixedFee: 0, minimumFee: 0, agencyCommissionPpm: null, sellerCommissionPpm: null },
        ...{ ...terms, policyId: newId('fpl'), mid, effectiveFrom: from, ended: false, tier: tier.tier },
        ...{ reason: `rates of tier ${tier.tier}`, createdBy: actor, createdAt },
      };
      try {
        await this.repository.add(tx, policy, part);
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    }
    await this.audit.record(tx, {
      ...{ actor, action: 'fee-policy.tier', target: mid, mid, outcome: 'SUCCESS' },
      details: { code: tier.tier, from },
    });
    return true;
  }

  private async assertWithinFee(tx: EntityManager, { mid, effectiveFrom }: FeePolicyWish): Promise<void> {
    const agencyCode = await this.repository.agencyOf(tx, mid);
    if (agencyCode !== null) await this.agencies.assertCommissionsWithinFee(tx, agencyCode, effectiveFrom);
  }

  /** The tier that a name stands for on a day; throws when the table of tiers lacks it. */
  async tierNamed(name: Tier, day: string, tx: EntityManager): Promise<FeeTier> {
    const found = tiersOn(await this.repository.tiers(tx), day).find(({ tier }) => tier === name);
    if (found === undefined) throw new RangeError(`there are no rates of tier ${name} on ${day}`);
    return found;
  }

  /** The tier of so many won of yearly sales on a day; throws when the table of tiers has none. */
  async tierOf(yearlySales: number, day: string): Promise<FeeTier> {
    const found = tierOfSales(tiersOn(await this.repository.tiers(), day), yearlySales);
    if (found === null) throw new RangeError(`there is no tier on ${day}`);
    return found;
  }
}

type TermsOfPart = Partial<FeePolicy> & Pick<FeePolicy, 'ratePpm' | 'acquirerCostPpm'>;

/** The general policy is that of credit cards; easy payments, gift cards and cards of unknown type are under it too. */
function policiesOfTier(tier: FeeTier): readonly (readonly [TierPart, TermsOfPart])[] {
  return [
    ['GENERAL', { ratePpm: tier.creditRatePpm, acquirerCostPpm: tier.creditCostPpm }],
    ['CHECK_CARD', { cardType: 'CHECK', ratePpm: tier.checkRatePpm, acquirerCostPpm: tier.checkCostPpm }],
    [
      'BANK_TRANSFER',
      {
        ...{ method: 'BANK_TRANSFER', acquirerCostPpm: 0, ratePpm: tier.bankTransferRatePpm },
        minimumFee: tier.bankTransferMinimumFee,
      },
    ],
    [
      'VIRTUAL_ACCOUNT',
      { method: 'VIRTUAL_ACCOUNT', acquirerCostPpm: 0, ratePpm: 0, fixedFee: tier.virtualAccountFee },
    ],
  ];
}

function faultsOf(wish: FeePolicyWish, today: string): FieldError[] {
  const errors: FieldError[] = [];
  if (wish.effectiveFrom < today) {
    const message = {
      ko: '지난 날의 정책은 정할 수 없습니다.',
      en: 'What held in the past cannot be changed.',
    };
    errors.push({ field: 'effectiveFrom', code: 'IN_THE_PAST', message });
  }
  if (wish.amountMin !== null && wish.amountMax !== null && wish.amountMin > wish.amountMax) {
    errors.push({ field: 'amountMax', code: 'OUT_OF_RANGE' });
  }
  if (wish.ended && isGeneral(wish)) {
    const message = {
      ko: '가맹점의 기본 정책은 끝낼 수 없습니다. 새 정책으로 바꿔 주세요.',
      en: 'The general policy of a merchant cannot end. Set another one instead.',
    };
    errors.push({ field: 'ended', code: 'NOT_ALLOWED', message });
  }
  if (wish.method !== null && wish.method !== 'CARD') {
    const message = { ko: '카드 결제에만 정할 수 있습니다.', en: 'Only card payments have it.' };
    if (wish.cardIssuer !== null) errors.push({ field: 'cardIssuer', code: 'NOT_ALLOWED', message });
    if (wish.cardType !== null) errors.push({ field: 'cardType', code: 'NOT_ALLOWED', message });
  }
  const share = (wish.agencyCommissionPpm ?? 0) + (wish.sellerCommissionPpm ?? 0);
  if (share > 1_000_000) errors.push({ field: 'sellerCommissionPpm', code: 'OUT_OF_RANGE' });
  return errors;
}
