import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal, Role, Scope } from './principal';

export const PUBLIC_KEY = 'pg:public';
export const TAKES_PRINCIPAL_KEY = 'pg:takes-principal';
export const SCOPES_KEY = 'pg:scopes';
export const ROLES_KEY = 'pg:roles';
export const OWNERS_KEY = 'pg:owners';
export const OWN_ACCOUNT_KEY = 'pg:own-account';

/** How the OpenAPI document learns of the same; complete-document.ts makes security requirements of them. */
export const PUBLIC_EXTENSION = 'x-public';
export const SCOPE_EXTENSION = 'x-scope';
export const ROLES_EXTENSION = 'x-roles';
export const OWNERS_EXTENSION = 'x-owners-only';
export const OWN_ACCOUNT_EXTENSION = 'x-own-account';

/** Anyone may call. Every other operation needs a merchant system or a logged-in member. */
export const Public = () => declared(PUBLIC_KEY, PUBLIC_EXTENSION, true);

/** On a public operation: whoever sends credentials is known, and wrong ones are refused. */
export const TakesPrincipal = () => SetMetadata(TAKES_PRINCIPAL_KEY, true);

/** Merchant systems may call, with this scope. Without it no merchant system may. */
export const MerchantScope = (scope: Scope) => declared(SCOPES_KEY, SCOPE_EXTENSION, scope);

/** Members of these roles may call. Without it no member may. */
export const MemberRoles = (...roles: Role[]) => declared(ROLES_KEY, ROLES_EXTENSION, roles);

/** Of the members of a merchant or branch only its owners may call; other roles are not touched by it. */
export const OwnersOnly = () => declared(OWNERS_KEY, OWNERS_EXTENSION, true);

/** Changes nothing but the caller's own account: members of a suspended branch or agency may call it too. */
export const OwnAccount = () => declared(OWN_ACCOUNT_KEY, OWN_ACCOUNT_EXTENSION, true);

/** What the guards read and what is documented are said once, and cannot differ. */
function declared(key: string, extension: string, value: true | Scope | Role[]) {
  return applyDecorators(SetMetadata(key, value), ApiExtension(extension, value));
}

/** The guards put it there; on a public operation it is undefined. */
export interface AuthenticatedRequest extends FastifyRequest {
  principal?: Principal;
}

/** What the filters of errors leave for the log line of the request: the code that the caller is told. */
export interface ToldReply extends FastifyReply {
  problemCode?: string;
}

export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (principal === undefined) throw new Error('a principal was asked for on a public operation');
  return principal;
});

/** On a public operation that takes principals: who calls; null for somebody without credentials. */
export const CallerIfKnown = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal | null =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().principal ?? null,
);
