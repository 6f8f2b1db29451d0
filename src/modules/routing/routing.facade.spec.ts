import type { AcquirerPort, AcquirerRegistry } from '../../acquirers/port/acquirer.port';
import type { ApprovalOutcome, DeclineCode, Exchange } from '../../acquirers/port/acquirer.types';
import { Secret } from '../../common/masking/secret';
import { Clock } from '../../common/time/clock';
import { AppConfig } from '../../config/app-config';
import { envSchema } from '../../config/env.schema';
import type { MerchantsFacade } from '../merchants/merchants.facade';
import type { AcquirerContract, Merchant } from '../merchants/merchants.types';
import type { AcquirerGate } from './acquirer-gate';
import type { CardIssuers } from './card-issuers';
import type { DecisionStore } from './decision-store';
import { HealthBook } from './health-book';
import type { MaintenanceCalendar } from './maintenance.service';
import { RouteExplainer } from './route-explainer.service';
import { RoutingFacade } from './routing.facade';
import type { MaintenanceWindow } from './routing.types';

/** The facade over caches that tests fill: no database, no acquirer. */
const WEIGHTS: Readonly<Record<string, number>> = { alpha: 50, beta: 30, gamma: 20 };
const NAMES = Object.keys(WEIGHTS);

const contract = (mid: string, acquirer: string): AcquirerContract => ({
  contractId: `ctr_${mid}_${acquirer}`,
  mid,
  acquirer,
  acquirerMerchantId: `${acquirer}1`,
  credentials: new Secret({ secretKey: 'sk_hidden' }),
  methods: ['CARD'],
  priority: 1,
  weight: WEIGHTS[acquirer]!,
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

const exchange = (latencyMs: number): Exchange => ({
  endpoint: 'POST /pay',
  request: {},
  httpStatus: 200,
  response: null,
  code: null,
  message: null,
  latencyMs,
});
const silent: ApprovalOutcome = { kind: 'UNKNOWN', acquirerTransactionId: null, exchange: exchange(9_000) };
const declined = (declineCode: DeclineCode): ApprovalOutcome => ({
  kind: 'DECLINED',
  declineCode,
  notProcessed: false,
  exchange: exchange(100),
});

class TestClock extends Clock {
  ms = 1_000_000;
  override now = () => new Date('2026-11-21T03:00:00Z');
  override monotonicMs = () => this.ms;
}

function world(strategy: Merchant['routingStrategy'] = 'ADAPTIVE') {
  const config = new AppConfig(
    envSchema.parse({
      DATABASE_URL: 'mysql://user@host/name',
      ROOT_KEYS: `v1:${Buffer.alloc(32).toString('base64')}`,
    }),
  );
  const clock = new TestClock();
  const open = new Set<string>();
  const windows: MaintenanceWindow[] = [];
  const adapters = NAMES.map(
    (name) => [name, { name, capabilities: { keyIn: true } } as AcquirerPort] as const,
  );
  const merchants = {
    peekContracts: (mid: string) => NAMES.map((name) => contract(mid, name)),
    peekMerchant: () => ({ routingStrategy: strategy }) as Merchant,
  } as unknown as MerchantsFacade;
  const gate = {
    stateOf: (acquirer: string) => ({ breaker: open.has(acquirer) ? 'OPEN' : 'CLOSED', inFlight: 0 }),
  } as unknown as AcquirerGate;
  const learnt: string[] = [];
  const issuers = {
    of: () => null,
    learn: (first6: string, issuer: string) => learnt.push(`${first6} ${issuer}`),
  } as unknown as CardIssuers;
  const calendar = { peek: () => windows } as unknown as MaintenanceCalendar;
  const health = new HealthBook(config, clock);
  const registry: AcquirerRegistry = new Map(adapters);
  const explainer = new RouteExplainer(registry, merchants, gate, health, issuers, calendar, clock);
  const routing = new RoutingFacade(explainer, gate, health, issuers, {} as DecisionStore, config);
  const decide = (mid: string) => routing.keyInCandidates(mid, { amount: 1_000, cardFirst6: '424242' });
  const weights = async (mid: string) =>
    Object.fromEntries(
      (await decide(mid)).weighed.map((each) => [each.contract.acquirer, each.effectiveWeight]),
    );
  const report = (mid: string, acquirer: string, outcome: ApprovalOutcome, times = 10) => {
    for (let n = 0; n < times; n += 1) {
      clock.ms += 100;
      routing.report(contract(mid, acquirer), outcome, '424242');
    }
  };
  return { routing, decide, weights, report, open, windows, learnt };
}

it('weighs a silent acquirer down for every merchant', async () => {
  const { weights, report } = world();
  expect(await weights('M1')).toEqual(WEIGHTS);
  report('M1', 'alpha', silent);
  expect(await weights('M1')).toEqual({ alpha: 3, beta: 30, gamma: 20 });
  expect(await weights('M2')).toEqual({ alpha: 3, beta: 30, gamma: 20 });
});

it('holds the refusal of a contract against that contract alone', async () => {
  const { weights, report } = world();
  report('M1', 'beta', declined('ACQUIRER_REJECTED'));
  expect(await weights('M1')).toEqual({ alpha: 50, beta: 3, gamma: 20 });
  expect(await weights('M2')).toEqual(WEIGHTS);
});

it('holds declined cards against nobody, however many', async () => {
  const { weights, report } = world();
  report('M1', 'gamma', declined('CARD_DECLINED'), 100);
  report('M1', 'gamma', declined('CARD_LIMIT_EXCEEDED'), 100);
  expect(await weights('M1')).toEqual(WEIGHTS);
});

it('looks at health only where the merchant chose so', async () => {
  const { weights, report } = world('WEIGHTED');
  report('M1', 'alpha', silent);
  expect(await weights('M1')).toEqual(WEIGHTS);
});

it('puts an open breaker in front, where entering it costs nothing, and says that it is left out', async () => {
  const { decide, open } = world();
  open.add('gamma');
  const { candidates, weighed, excluded } = await decide('M1');
  expect(candidates[0]?.acquirer).toBe('gamma');
  expect(candidates).toHaveLength(3);
  expect(weighed.map(({ contract: { acquirer } }) => acquirer).sort()).toEqual(['alpha', 'beta']);
  expect(excluded).toMatchObject([{ why: 'BREAKER', contract: { acquirer: 'gamma' } }]);
});

it('leaves out who is in maintenance, for that method and time', async () => {
  const { weights, windows } = world();
  const during = { from: new Date('2026-11-21T02:00:00Z'), to: new Date('2026-11-21T03:00:01Z') };
  windows.push({ id: 'mnt_1', acquirer: 'alpha', method: null, reason: '', ...during });
  windows.push({ id: 'mnt_2', acquirer: 'beta', method: 'EASY_PAY', reason: '', ...during });
  windows.push({ ...windows[0]!, id: 'mnt_3', acquirer: 'gamma', to: new Date('2026-11-21T03:00:00Z') });
  expect(Object.keys(await weights('M1')).sort()).toEqual(['beta', 'gamma']);
});

it('learns the issuer of a card from its approval', () => {
  const { report, learnt } = world();
  const card = { approvalNo: '1', issuer: 'SHINHAN', cardType: 'CREDIT', ownerType: 'PERSONAL' } as const;
  report(
    'M1',
    'alpha',
    {
      kind: 'APPROVED',
      acquirerTransactionId: 't',
      approvedAt: new Date(0),
      card: { ...card, interestFree: false },
      exchange: exchange(100),
    },
    1,
  );
  expect(learnt).toEqual(['424242 SHINHAN']);
});

it('keeps to the pinned contract, and asks it for the ability that is needed', async () => {
  const { routing } = world();
  const pinnedTo = async (ability: 'keyIn' | 'billing') => {
    const pinned = { contractId: 'ctr_M1_gamma', ability };
    const decision = await routing.keyInCandidates('M1', { amount: 1_000, cardFirst6: '424242', pinned });
    return [decision.candidates.map(({ acquirer }) => acquirer), decision.excluded.map(({ why }) => why)];
  };
  expect(await pinnedTo('keyIn')).toEqual([['gamma'], []]);
  expect(await pinnedTo('billing')).toEqual([[], ['NO_ADAPTER']]);
});
