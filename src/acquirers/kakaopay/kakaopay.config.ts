import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ContractAccess } from '../port/acquirer.types';

/** The `Authorization` value of a contract (KakaoPay developers, "단건 결제"). */
export function kakaopayAuthorization(access: ContractAccess): string {
  const { secretKey } = access.credentials.expose();
  if (secretKey === undefined || secretKey === '')
    throw new AcquirerSetupError('kakaopay', 'the contract has no secretKey');
  return `SECRET_KEY ${secretKey}`;
}
