import { Secret } from '../../common/masking/secret';
import type { AcquirerContract } from '../merchants/merchants.types';
import { HealthWindow } from './health.policy';
import { HEALTH_RULES } from './health.rules.policy';
import { inOrder, weigh } from './order.policy';
import type { Standing } from './routing.types';

const contract = (contractId: string, weight: number, priority = 1): AcquirerContract => ({
  contractId,
  mid: 'M0000005',
  acquirer: contractId,
  acquirerMerchantId: contractId,
  credentials: new Secret({}),
  methods: ['CARD'],
  priority,
  weight,
  amountMin: 100,
  amountMax: 10_000_000,
  dailyLimit: null,
  monthlyLimit: null,
  connectTimeoutMs: null,
  answerTimeoutMs: null,
  issuers: null,
  hours: null,
  enabled: true,
});

/** mulberry32: small, seeded, and even enough for what is asked of it here. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const WEIGHTS: Readonly<Record<string, number>> = { a: 50, b: 30, c: 20 };
const NAMES = Object.keys(WEIGHTS);
const THREE = NAMES.map((name) => contract(name, WEIGHTS[name]!));
const well = () => 'WELL' as const;
const ids = (contracts: readonly { contract: AcquirerContract }[]) =>
  contracts.map((each) => each.contract.contractId);

/** Pearson's statistic of counts against the weights; two degrees of freedom. */
function chiSquare(counts: Readonly<Record<string, number>>, draws: number): number {
  return NAMES.reduce((sum, name) => {
    const expected = (draws * WEIGHTS[name]!) / 100;
    return sum + ((counts[name] ?? 0) - expected) ** 2 / expected;
  }, 0);
}
/** A right chooser is above this once in a thousand times. */
const CHI_SQUARE_MAX = 13.82;

describe('by priority', () => {
  it('orders by priority, then weight, then age, and draws nothing', () => {
    const contracts = [contract('d', 100, 2), contract('c', 10), contract('b', 90), contract('a', 10)];
    const weighed = weigh(contracts, 'PRIORITY', well);
    const never = () => {
      throw new Error('chance was asked');
    };
    expect(ids(inOrder(weighed, 'PRIORITY', never))).toEqual(['b', 'a', 'c', 'd']);
    expect(weighed.map(({ share }) => share)).toEqual([1, 0, 0, 0]);
  });
});

describe('by weight', () => {
  it('draws within a priority, and goes to the next priority last', () => {
    const weighed = weigh([contract('late', 900, 2), ...THREE], 'WEIGHTED', well);
    const random = seeded(7);
    const firsts = new Set<string>();
    for (let n = 0; n < 200; n += 1) {
      const order = ids(inOrder(weighed, 'WEIGHTED', random));
      expect([...order].sort()).toEqual(['a', 'b', 'c', 'late']);
      expect(order.at(-1)).toBe('late');
      firsts.add(order[0]!);
    }
    expect([...firsts].sort()).toEqual(NAMES);
  });

  it('asks what weighs nothing only after all else', () => {
    const weighed = weigh([contract('none', 0), contract('all', 1)], 'WEIGHTED', well);
    const random = seeded(1);
    for (let n = 0; n < 100; n += 1)
      expect(ids(inOrder(weighed, 'WEIGHTED', random))).toEqual(['all', 'none']);
    const idle = weigh([contract('x', 0), contract('y', 0)], 'WEIGHTED', well);
    expect(ids(inOrder(idle, 'WEIGHTED', random))).toEqual(['x', 'y']);
    expect(idle.map(({ share }) => share)).toEqual([1, 0]);
  });

  it('does not look at health', () => {
    const weighed = weigh(THREE, 'WEIGHTED', ({ contractId }) => (contractId === 'a' ? 'FAILING' : 'WELL'));
    expect(weighed.map(({ effectiveWeight }) => effectiveWeight)).toEqual([50, 30, 20]);
  });

  it.each([1, 2, 3, 20_261_121, 99])(
    'over 20,000 draws gives the shares of the weights (seed %i)',
    (seed) => {
      const weighed = weigh(THREE, 'WEIGHTED', well);
      const random = seeded(seed);
      const counts = firstsOf(20_000, () => inOrder(weighed, 'WEIGHTED', random));
      expect(chiSquare(counts, 20_000)).toBeLessThan(CHI_SQUARE_MAX);
    },
  );
});

function firstsOf(draws: number, order: () => readonly { contract: AcquirerContract }[]) {
  const counts: Record<string, number> = {};
  for (let n = 0; n < draws; n += 1) {
    const first = order()[0]!.contract.contractId;
    counts[first] = (counts[first] ?? 0) + 1;
  }
  return counts;
}

describe('adaptive weights', () => {
  const weights = (standings: Readonly<Record<string, Standing>>) =>
    weigh(THREE, 'ADAPTIVE', ({ contractId }) => standings[contractId]!).map(
      ({ effectiveWeight }) => Math.round(effectiveWeight * 100) / 100,
    );

  it.each(['WELL', 'SLOW', 'RECOVERING', 'FAILING'] as const)(
    'are the contracts’ own when all are %s',
    (all) => {
      expect(weights({ a: all, b: all, c: all })).toEqual([50, 30, 20]);
    },
  );

  it('halve for slowness, and keep a floor for exploring', () => {
    expect(weights({ a: 'SLOW', b: 'WELL', c: 'WELL' })).toEqual([25, 30, 20]);
    expect(weights({ a: 'FAILING', b: 'WELL', c: 'WELL' })).toEqual([3, 30, 20]);
    expect(weights({ a: 'WELL', b: 'WELL', c: 'RECOVERING' })).toEqual([50, 30, 12]);
  });

  it('never raise a weight above the contract’s own', () => {
    const light = weigh([contract('light', 1), contract('heavy', 99)], 'ADAPTIVE', ({ contractId }) =>
      contractId === 'light' ? 'FAILING' : 'WELL',
    );
    expect(light.map(({ effectiveWeight }) => effectiveWeight)).toEqual([99, 1]);
  });
});

/** A merchant's payments over three acquirers: each is asked, fails as often as it is told to, and reports. */
class Simulation {
  readonly faultRate: Record<string, number> = { a: 0.01, b: 0.01, c: 0.01 };
  readonly firsts: string[] = [];
  /** How often one was taken for well again. */
  returns = 0;
  private nowMs = 0;
  private readonly windows = new Map(
    NAMES.map((name) => [name, new HealthWindow({ ...HEALTH_RULES, slowMs: 3_000, quickMs: 1_500 })]),
  );

  constructor(private readonly random: () => number) {}

  pay(payments: number): this {
    for (let n = 0; n < payments; n += 1) {
      this.nowMs += 200;
      const standingOf = ({ contractId }: AcquirerContract) =>
        this.windows.get(contractId)!.standing(this.nowMs);
      const [first] = inOrder(weigh(THREE, 'ADAPTIVE', standingOf), 'ADAPTIVE', this.random);
      const { contractId } = first!.contract;
      this.firsts.push(contractId);
      const was = first!.standing;
      this.windows.get(contractId)!.record(this.random() >= this.faultRate[contractId]!, 400, this.nowMs);
      if (was !== 'WELL' && standingOf(first!.contract) === 'WELL') this.returns += 1;
    }
    return this;
  }

  /** Its part of the newest payments. */
  share(name: string, payments: number): number {
    return this.firsts.slice(-payments).filter((each) => each === name).length / payments;
  }
}

const SEEDS = [
  1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1_597, 2_584, 4_181, 6_765, 10_946,
];
const CASES = NAMES.flatMap((sick) => SEEDS.map((seed) => [sick, WEIGHTS[sick]!, seed] as const));

describe('adaptive shares over time', () => {
  it.each(CASES)(
    'one at 60 %% faults (%s, weight %i) is below a tenth within 200 payments and back within 300 (seed %i)',
    (sick, weight, seed) => {
      const run = new Simulation(seeded(seed)).pay(500);
      run.faultRate[sick] = 0.6;
      run.pay(200);
      // From here on it is below a tenth, and stays there.
      run.pay(1_000);
      expect(run.share(sick, 1_000)).toBeLessThan(0.1);
      run.faultRate[sick] = 0.01;
      run.pay(300);
      run.pay(500);
      expect(run.share(sick, 500)).toBeGreaterThan((weight / 100) * 0.7);
    },
  );

  it.each(SEEDS)('at equal health the shares are those of the weights (seed %i)', (seed) => {
    const run = new Simulation(seeded(seed)).pay(20_000);
    const counts = Object.fromEntries(NAMES.map((name) => [name, run.share(name, 20_000) * 20_000]));
    expect(chiSquare(counts, 20_000)).toBeLessThan(CHI_SQUARE_MAX);
  });

  it.each(SEEDS)('does not flap at a steady 60 %% of faults (seed %i)', (seed) => {
    const run = new Simulation(seeded(seed));
    run.faultRate.a = 0.6;
    run.pay(5_000);
    expect(run.returns).toBeLessThanOrEqual(2);
    expect(run.share('a', 4_500)).toBeLessThan(0.1);
  });
});
