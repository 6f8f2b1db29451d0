import { createHash } from 'node:crypto';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type { CredentialNames } from '../port/acquirer.port';
import type { ContractAccess } from '../port/acquirer.types';

/** `serviceId`: POPBILL unless said, POPBILL_TEST for its test service. `userId`: of the member, where it wants one. */
export const POPBILL_CREDENTIALS: CredentialNames = {
  required: ['linkId', 'secretKey'],
  optional: ['serviceId', 'userId'],
};

export interface PopbillAccount {
  readonly linkId: string;
  /** Base64. */
  readonly secretKey: string;
  readonly serviceId: string;
  readonly userId: string | null;
  /** The merchant's own, under which Popbill knows it: the contract's merchant id. */
  readonly businessNumber: string;
}

export function popbillAccount(access: ContractAccess): PopbillAccount {
  const { linkId, secretKey, serviceId, userId } = access.credentials.expose();
  const businessNumber = access.acquirerMerchantId.replaceAll('-', '');
  if (!linkId || !secretKey)
    throw new AcquirerSetupError('popbill', 'the contract has no linkId or no secretKey');
  if (!/^\d{10}$/.test(businessNumber))
    throw new AcquirerSetupError('popbill', 'the merchant id of the contract is no business number');
  return { linkId, secretKey, serviceId: serviceId ?? 'POPBILL', userId: userId ?? null, businessNumber };
}

/** Equal for equal accounts, and tells nothing of their secret. */
export function accountHash({ linkId, secretKey, serviceId, businessNumber }: PopbillAccount): string {
  return createHash('sha256')
    .update(JSON.stringify([linkId, secretKey, serviceId, businessNumber]))
    .digest('hex');
}
