import type { Metrics } from '../../common/metrics/metrics';
import type { Clock } from '../../common/time/clock';
import { inSpan } from '../../common/tracing/spans';
import type {
  AccountHolderAbility,
  AcquirerPort,
  BillingAbility,
  CashReceiptAbility,
  KeyInAbility,
  MovementListAbility,
  NetCancelAbility,
  SettlementListAbility,
  VirtualAccountAbility,
  WindowAbility,
  WindowNetCancelAbility,
} from '../port/acquirer.port';

type Ability = AcquirerPort &
  KeyInAbility &
  NetCancelAbility &
  WindowAbility &
  WindowNetCancelAbility &
  BillingAbility &
  VirtualAccountAbility &
  CashReceiptAbility &
  AccountHolderAbility &
  MovementListAbility &
  SettlementListAbility;
/** What asks the acquirer: every method of the port that answers later. */
type Operation = {
  [Name in keyof Ability]-?: Ability[Name] extends (...given: never[]) => Promise<unknown> ? Name : never;
}[keyof Ability];

const OPERATIONS = {
  approveKeyIn: true,
  cancel: true,
  inquire: true,
  netCancel: true,
  openWindow: true,
  confirmWindow: true,
  netCancelWindow: true,
  issueBillingKey: true,
  chargeBillingKey: true,
  revokeBillingKey: true,
  issueVirtualAccount: true,
  closeVirtualAccount: true,
  refundDeposit: true,
  issueCashReceipt: true,
  cancelCashReceipt: true,
  inquireCashReceipt: true,
  findAccountHolder: true,
  listMovements: true,
  listSettlements: true,
} as const satisfies Record<Operation, true>;

/** Nobody knows what came of it, or nothing did. */
const FAILED: ReadonlySet<string> = new Set(['UNKNOWN', 'NOT_SENT', 'ERROR']);

type Method = (...given: readonly unknown[]) => unknown;

/**
 * The same adapter, each of its calls measured and traced by acquirer, operation and outcome; here, so that no use case
 * can forget it and every next acquirer has it.
 */
export function watched<Adapter extends { readonly name: string }>(
  adapter: Adapter,
  { metrics, clock }: { readonly metrics: Metrics; readonly clock: Clock },
): Adapter {
  const acquirer = adapter.name;
  const observed = (operation: string, method: Method): Method => {
    const attributes = { 'pg.acquirer': acquirer, 'pg.operation': operation };
    return (...given) =>
      inSpan({ name: `acquirer ${acquirer} ${operation}`, kind: 'INTERNAL', attributes }, async (span) => {
        const started = clock.monotonicMs();
        let outcome = 'ERROR';
        try {
          const answer = (await method.apply(adapter, [...given])) as { readonly kind: string };
          outcome = answer.kind;
          return answer;
        } finally {
          metrics.acquirerCall({ acquirer, operation, outcome }, clock.monotonicMs() - started);
          span.set({ 'pg.outcome': outcome });
          if (FAILED.has(outcome)) span.fail(outcome);
        }
      });
  };
  const methods = new Map<PropertyKey, Method>();
  return new Proxy(adapter, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const made =
        methods.get(name) ??
        (name in OPERATIONS ? observed(String(name), value as Method) : (value.bind(target) as Method));
      methods.set(name, made);
      return made;
    },
  });
}
