import type { AcquirerName, Operation } from './acquirer';

/** One thing that goes wrong, as the control interface names it. */
export type Fault =
  | { readonly kind: 'refuse-connection' }
  | { readonly kind: 'drop-before' }
  | { readonly kind: 'drop-after' }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'decline'; readonly code: string }
  | WebhookFault;

/** What happens to a webhook instead of being sent once, at once, and in order. */
export type WebhookFault =
  | { readonly kind: 'duplicate-webhook' }
  | { readonly kind: 'no-webhook' }
  | { readonly kind: 'reorder-webhooks' }
  | { readonly kind: 'late-webhook'; readonly ms: number };

const BARE_KINDS = [
  'refuse-connection',
  'drop-before',
  'drop-after',
  'garbage',
  'duplicate-webhook',
  'no-webhook',
  'reorder-webhooks',
] as const;
const WEBHOOK_KINDS: readonly Fault['kind'][] = [
  'duplicate-webhook',
  'late-webhook',
  'no-webhook',
  'reorder-webhooks',
];
export const SLOW_MAX_MS = 600_000;

/** Reads the text of a fault (`slow:250`), or says what is wrong with it. */
export function parseFault(text: string): Fault | { readonly problem: string } {
  const colon = text.indexOf(':');
  const kind = colon === -1 ? text : text.slice(0, colon);
  const value = colon === -1 ? undefined : text.slice(colon + 1);
  const bare = BARE_KINDS.find((known) => known === kind);
  if (bare) return value === undefined ? { kind: bare } : { problem: `The fault ${kind} takes no value.` };
  return parseValuedFault(kind, value) ?? { problem: unknownFault(text) };
}

function parseValuedFault(kind: string, value = ''): Fault | { readonly problem: string } | undefined {
  const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
  switch (kind) {
    case 'slow':
    case 'late-webhook':
      return number <= SLOW_MAX_MS
        ? { kind, ms: number }
        : { problem: `${kind} needs milliseconds from 0 to ${SLOW_MAX_MS}, as in ${kind}:250.` };
    case 'status':
      return number >= 300 && number <= 599
        ? { kind, status: number }
        : { problem: 'status needs an HTTP status from 300 to 599, as in status:503.' };
    case 'decline':
      return /^[A-Za-z0-9_/-]{1,64}$/.test(value)
        ? { kind, code: value }
        : { problem: "decline needs one of the acquirer's error codes, as in decline:REJECT_CARD_PAYMENT." };
    default:
      return undefined;
  }
}

function unknownFault(text: string): string {
  const known = [...BARE_KINDS, 'slow:<ms>', 'late-webhook:<ms>', 'status:<n>', 'decline:<code>'].join(', ');
  return `There is no fault "${text.slice(0, 60)}". Known: ${known}.`;
}

export function faultText(fault: Fault): string {
  switch (fault.kind) {
    case 'slow':
    case 'late-webhook':
      return `${fault.kind}:${fault.ms}`;
    case 'status':
      return `status:${fault.status}`;
    case 'decline':
      return `decline:${fault.code}`;
    default:
      return fault.kind;
  }
}

/** An acquirer, or the SMS provider. */
export type FaultTarget = AcquirerName | 'sms';

export interface FaultOrder {
  readonly acquirer: FaultTarget;
  readonly operation: Operation | '*';
  readonly fault: Fault;
  /** How many calls it hits; absent = every call until the faults are cleared. */
  readonly times?: number;
  /** It starts this many milliseconds after it was armed. */
  readonly afterMs?: number;
}

export interface ArmedFault extends FaultOrder {
  readonly id: number;
  active: boolean;
  /** Calls left; null = no limit. */
  left: number | null;
  hits: number;
}

export const ARMED_FAULTS_MAX = 1_000;

/** How long a refuse-connection fault lasts for each of its `times`, before SANDBOX_TIME_SCALE. */
export const REFUSAL_MS = 1_000;

/**
 * The faults that wait for a call. The kernel does not tell how many connections it refused, so a refuse-connection
 * fault is counted in time: it lasts `times` seconds (scaled), or until it is cleared.
 */
export class FaultBook {
  private armed: ArmedFault[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private nextId = 1;

  constructor(
    private readonly timeScale: number,
    /** Told whenever a refuse-connection fault begins or ends. */
    private readonly onRefusalChange: () => void,
  ) {}

  /** Undefined where too many faults wait already. */
  arm(order: FaultOrder): ArmedFault | undefined {
    if (this.armed.length >= ARMED_FAULTS_MAX) return undefined;
    const fault: ArmedFault = {
      ...order,
      id: this.nextId,
      active: false,
      left: order.times ?? null,
      hits: 0,
    };
    this.nextId += 1;
    this.armed.push(fault);
    if (order.afterMs) this.later(order.afterMs, () => this.start(fault));
    else this.start(fault);
    return fault;
  }

  list(): readonly ArmedFault[] {
    return this.armed;
  }

  clear(): number {
    const count = this.armed.length;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.armed = [];
    this.onRefusalChange();
    return count;
  }

  /** True while the acquirer's own port must be closed, whatever operation the fault names: a connection has none. */
  isRefusing(acquirer: FaultTarget): boolean {
    return this.armed.some((fault) => refuses(fault) && fault.acquirer === acquirer);
  }

  /** True where a call that came in by the main port must be cut before anything is processed. */
  refusesCall(acquirer: FaultTarget, operation: Operation): boolean {
    const hit = this.armed.find((fault) => refuses(fault) && isFor(fault, acquirer, operation));
    if (hit) hit.hits += 1;
    return hit !== undefined;
  }

  /** The oldest fault for this call; it is used up by one. A delay and another fault can hit the same call. */
  take(acquirer: FaultTarget, operation: Operation, what: 'delay' | 'other'): CallFault | undefined;
  take(acquirer: FaultTarget, operation: Operation, what: 'webhook'): WebhookFault | undefined;
  take(acquirer: FaultTarget, operation: Operation, what: FaultClass): Fault | undefined {
    if (this.armed.length === 0) return undefined;
    const hit = this.armed.find(
      (armed) =>
        armed.active &&
        armed.fault.kind !== 'refuse-connection' &&
        classOf(armed.fault) === what &&
        isFor(armed, acquirer, operation),
    );
    if (!hit) return undefined;
    hit.hits += 1;
    if (hit.left !== null) {
      hit.left -= 1;
      if (hit.left === 0) this.armed = this.armed.filter((other) => other !== hit);
    }
    return hit.fault;
  }

  private start(fault: ArmedFault): void {
    fault.active = true;
    if (fault.fault.kind !== 'refuse-connection') return;
    if (fault.times !== undefined) {
      this.later(fault.times * REFUSAL_MS * this.timeScale, () => {
        this.armed = this.armed.filter((other) => other !== fault);
        this.onRefusalChange();
      });
    }
    this.onRefusalChange();
  }

  private later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, ms);
    this.timers.add(timer);
  }
}

type FaultClass = 'delay' | 'other' | 'webhook';
export type CallFault = Exclude<Fault, WebhookFault>;

function classOf(fault: Fault): FaultClass {
  if (fault.kind === 'slow') return 'delay';
  return WEBHOOK_KINDS.includes(fault.kind) ? 'webhook' : 'other';
}

export function isCallFault(fault: Fault): fault is CallFault {
  return classOf(fault) !== 'webhook';
}

function refuses(fault: ArmedFault): boolean {
  return fault.active && fault.fault.kind === 'refuse-connection';
}

function isFor(fault: ArmedFault, acquirer: FaultTarget, operation: Operation): boolean {
  if (fault.acquirer !== acquirer) return false;
  return fault.operation === '*' || fault.operation === operation;
}
