import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ContractAccess } from '../port/acquirer.types';

/** The key that TossPayments' script in the payer's browser is opened with; public by nature ("API 키"). */
export function tossClientKey(access: ContractAccess): string {
  const { clientKey } = access.credentials.expose();
  if (clientKey === undefined || clientKey === '')
    throw new AcquirerSetupError('toss', 'the contract has no clientKey');
  return clientKey;
}

/** The `Authorization` value of a contract: the secret key as user name, no password (TossPayments "API 인증"). */
export function tossAuthorization(access: ContractAccess): string {
  const { secretKey } = access.credentials.expose();
  if (secretKey === undefined || secretKey === '')
    throw new AcquirerSetupError('toss', 'the contract has no secretKey');
  return `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`;
}
