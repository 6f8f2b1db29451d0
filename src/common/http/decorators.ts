import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal, Role, Scope } from './principal';

export const PUBLIC_KEY = 'pg:public';
export const SCOPES_KEY = 'pg:scopes';
export const ROLES_KEY = 'pg:roles';

/** Anyone may call. Every other operation needs a merchant system or a logged-in member. */
export const Public = () => SetMetadata(PUBLIC_KEY, true);

/** Merchant systems may call, with this scope. Without it no merchant system may. */
export const MerchantScope = (scope: Scope) => SetMetadata(SCOPES_KEY, scope);

/** Members of these roles may call. Without it no member may. */
export const MemberRoles = (...roles: Role[]) => SetMetadata(ROLES_KEY, roles);

/** The guards put it there; on a public operation it is undefined. */
export interface AuthenticatedRequest extends FastifyRequest {
  principal?: Principal;
}

export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (principal === undefined) throw new Error('a principal was asked for on a public operation');
  return principal;
});
