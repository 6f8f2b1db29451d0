import type { CredentialNames } from '../../acquirers/port/acquirer.port';
import type { FieldError } from '../../common/errors/app-error';
import type { WantedContract } from './merchants.types';

/** What is known of acquirers and of the contracts that are there. */
export interface ContractFacts {
  /** undefined where no adapter speaks to that acquirer. */
  credentialNamesOf(acquirer: string): CredentialNames | undefined;
  /** False of those who only issue cash receipts. */
  takesPayments(acquirer: string): boolean;
  /** A contract with this key is there, with credentials to keep. */
  has(key: string): boolean;
}

const VALUE = /^[\x20-\x7e]{1,500}$/;
const DUPLICATE_TEXT = {
  ko: '같은 원천사와 가맹점 번호의 계약이 두 번 있습니다.',
  en: 'The same acquirer and merchant id are there twice.',
};
const NO_ADAPTER_TEXT = {
  ko: '이 게이트웨이가 연동하지 않는 원천사입니다.',
  en: 'This gateway does not speak to that acquirer.',
};

/** What names a contract within its merchant. */
export function contractKey(contract: { acquirer: string; acquirerMerchantId: string }): string {
  return `${contract.acquirer}|${contract.acquirerMerchantId}`;
}

/** What the fields of a contract cannot tell one by one. Names fields, and never a credential's value. */
export function contractFaults(contracts: readonly WantedContract[], facts: ContractFacts): FieldError[] {
  const seen = new Set<string>();
  return contracts.flatMap((contract, index) => {
    const at = `contracts.${index}`;
    const key = contractKey(contract);
    const faults = faultsOf(contract, facts, at);
    if (seen.has(key)) faults.push({ field: at, code: 'DUPLICATE', message: DUPLICATE_TEXT });
    seen.add(key);
    return faults;
  });
}

function faultsOf(contract: WantedContract, facts: ContractFacts, at: string): FieldError[] {
  const faults: FieldError[] = [];
  const { amountMin, amountMax, hours, credentials } = contract;
  if (amountMin > amountMax) faults.push({ field: `${at}.amountMax`, code: 'OUT_OF_RANGE' });
  if (hours !== null && hours.from === hours.to)
    faults.push({ field: `${at}.hours.to`, code: 'OUT_OF_RANGE' });
  const names = facts.credentialNamesOf(contract.acquirer);
  if (names !== undefined && facts.takesPayments(contract.acquirer) === (contract.methods.length === 0))
    faults.push({ field: `${at}.methods`, code: contract.methods.length === 0 ? 'REQUIRED' : 'NOT_ALLOWED' });
  const isThere = facts.has(contractKey(contract));
  if (credentials === undefined) {
    if (!isThere) faults.push({ field: `${at}.credentials`, code: 'REQUIRED' });
  } else if (names !== undefined) {
    faults.push(...credentialFaults(credentials.expose(), names, `${at}.credentials`));
  }
  // One that is there already may stay as it is: nothing is routed to it while it has no adapter.
  if (names === undefined && (!isThere || credentials !== undefined)) {
    faults.push({ field: `${at}.acquirer`, code: 'NOT_ALLOWED', message: NO_ADAPTER_TEXT });
  }
  return faults;
}

function credentialFaults(
  given: Readonly<Record<string, unknown>>,
  { required, optional }: CredentialNames,
  at: string,
): FieldError[] {
  const missing = required
    .filter((name) => !Object.hasOwn(given, name))
    .map((name) => ({ field: `${at}.${name}`, code: 'REQUIRED' }));
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    const field = `${at}.${name.replace(/[^\x20-\x7e]/g, '?').slice(0, 40)}`;
    if (!required.includes(name) && !optional.includes(name)) return [{ field, code: 'UNKNOWN_FIELD' }];
    return typeof value === 'string' && VALUE.test(value) ? [] : [{ field, code: 'BAD_FORMAT' }];
  });
  return [...missing, ...wrong];
}
