import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  OWN_ACCOUNT_KEY,
  OWNERS_KEY,
  PUBLIC_KEY,
  ROLES_KEY,
  SCOPES_KEY,
  TAKES_PRINCIPAL_KEY,
} from '../../../common/http/decorators';
import type { Principal, Role, Scope } from '../../../common/http/principal';
import { RATE_LIMIT_KEY, type RateClass } from '../../../common/http/rate-limit';

/** What an operation's decorators say. */
export interface AccessPolicy {
  readonly isPublic: boolean;
  /** Public, yet credentials that are sent are looked at. */
  readonly takesPrincipal: boolean;
  readonly scope: Scope | undefined;
  readonly roles: readonly Role[];
  readonly ownersOnly: boolean;
  /** Touches the caller's own account only. */
  readonly ownAccount: boolean;
  /** 'none': not limited. Undefined: the principal decides. */
  readonly rateClass: RateClass | 'none' | undefined;
}

type Class = ReturnType<ExecutionContext['getClass']>;
type Handler = ReturnType<ExecutionContext['getHandler']>;

/** Reads each operation's decorators once: reflection on every request would cost more than the checks themselves. */
@Injectable()
export class AccessPolicies {
  // By class first: a handler inherited by two controllers is two operations.
  private readonly known = new WeakMap<Class, WeakMap<Handler, AccessPolicy>>();

  constructor(private readonly reflector: Reflector) {}

  of(context: ExecutionContext): AccessPolicy {
    const controller = context.getClass();
    const handler = context.getHandler();
    let handlers = this.known.get(controller);
    if (handlers === undefined) {
      handlers = new WeakMap();
      this.known.set(controller, handlers);
    }
    let policy = handlers.get(handler);
    if (policy === undefined) {
      policy = this.read([handler, controller]);
      handlers.set(handler, policy);
    }
    return policy;
  }

  private read(targets: [Handler, Class]): AccessPolicy {
    return {
      isPublic: this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_KEY, targets) === true,
      takesPrincipal:
        this.reflector.getAllAndOverride<boolean | undefined>(TAKES_PRINCIPAL_KEY, targets) === true,
      scope: this.reflector.getAllAndOverride<Scope | undefined>(SCOPES_KEY, targets),
      roles: this.reflector.getAllAndOverride<Role[] | undefined>(ROLES_KEY, targets) ?? [],
      ownAccount: this.reflector.getAllAndOverride<boolean | undefined>(OWN_ACCOUNT_KEY, targets) === true,
      ownersOnly: this.reflector.getAllAndOverride<boolean | undefined>(OWNERS_KEY, targets) === true,
      rateClass: this.reflector.getAllAndOverride<AccessPolicy['rateClass']>(RATE_LIMIT_KEY, targets),
    };
  }
}

/** Deny by default: a merchant system needs the declared scope, a member a declared role; without a declaration neither may. */
export function mayCall(principal: Principal, policy: AccessPolicy): boolean {
  if (principal.kind === 'MEMBER') {
    return policy.roles.includes(principal.role) && !(policy.ownersOnly && principal.position === 'STAFF');
  }
  return policy.scope !== undefined && principal.scopes.includes(policy.scope);
}

/** Members of a suspended branch or agency may look at everything that they could, and change nothing but their own account. */
export function isHeldBack(principal: Principal, policy: AccessPolicy, method: string): boolean {
  if (principal.kind !== 'MEMBER' || principal.readOnly !== true || policy.ownAccount) return false;
  return method !== 'GET' && method !== 'HEAD';
}
