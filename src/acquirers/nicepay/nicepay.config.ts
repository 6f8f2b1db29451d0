import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ContractAccess } from '../port/acquirer.types';

const MID_LENGTH = 10;
const AES_KEY_LENGTH = 16;
const BILLING_KEY_LENGTH = 32;

function credential(access: ContractAccess, name: string): string {
  const value = access.credentials.expose()[name];
  if (value === undefined || value === '')
    throw new AcquirerSetupError('nicepay', `the contract has no ${name}`);
  return value;
}

export const clientKeyOf = (access: ContractAccess): string => credential(access, 'clientKey');

export const secretKeyOf = (access: ContractAccess): string => credential(access, 'secretKey');

/** The secret key as the AES-256 key of billing; it has 32 characters, which are taken as they are. */
export function billingKeyOf(access: ContractAccess): string {
  const key = secretKeyOf(access);
  if (key.length !== BILLING_KEY_LENGTH)
    throw new AcquirerSetupError('nicepay', 'the secretKey has not 32 characters');
  return key;
}

/** The key of the legacy webapi: the end of every signed text, and the AES key in its first 16 characters. */
export function merchantKeyOf(access: ContractAccess): string {
  const key = credential(access, 'merchantKey');
  if (key.length < AES_KEY_LENGTH) throw new AcquirerSetupError('nicepay', 'the merchantKey is too short');
  return key;
}

/** NICEPAY's merchant id; ten characters, since every TID begins with it. */
export function midOf(access: ContractAccess): string {
  const mid = access.acquirerMerchantId;
  if (mid.length !== MID_LENGTH) throw new AcquirerSetupError('nicepay', 'a MID has ten characters');
  return mid;
}

/** The `Authorization` value of the new API: Basic with client key and secret key (manual, "API KEY"). */
export function nicepayAuthorization(access: ContractAccess): string {
  return `Basic ${Buffer.from(`${clientKeyOf(access)}:${secretKeyOf(access)}`).toString('base64')}`;
}
