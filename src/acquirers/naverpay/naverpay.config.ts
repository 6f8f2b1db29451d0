import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ContractAccess } from '../port/acquirer.types';

/** The partner id that all merchants share ("API URL 형식"). */
const BASE = '/naverpay-partner/naverpay/payments';

export function naverpayAddress(baseUrl: string, path: string): string {
  return `${baseUrl}${BASE}${path}`;
}

/** What the payer's browser opens the window with; public by nature. */
export function naverpayClient(access: ContractAccess): {
  readonly clientId: string;
  readonly chainId: string;
} {
  return { clientId: credential(access, 'clientId'), chainId: credential(access, 'chainId') };
}

/** The headers by which NaverPay knows its callers ("인증"). */
export function naverpayHeaders(access: ContractAccess): Record<string, string> {
  const { financialId } = access.credentials.expose();
  return {
    'x-naver-client-id': credential(access, 'clientId'),
    'x-naver-client-secret': credential(access, 'clientSecret'),
    'x-naverpay-chain-id': credential(access, 'chainId'),
    ...(financialId ? { 'x-naverpay-financial-id': financialId } : {}),
  };
}

function credential(access: ContractAccess, name: string): string {
  const value = access.credentials.expose()[name];
  if (value === undefined || value === '')
    throw new AcquirerSetupError('naverpay', `the contract has no ${name}`);
  return value;
}
