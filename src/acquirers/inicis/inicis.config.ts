import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ContractAccess } from '../port/acquirer.types';

/** KG Inicis' AES is AES-128-CBC over these very bytes. */
const KEY_BYTES = 16;

export interface IniApiKeys {
  /** "INIAPI key": first part of every hash and the AES key. */
  readonly apiKey: string;
  /** "INIAPI IV". */
  readonly iv: string;
  /** The merchant server's address as it is told to KG Inicis; informational, but part of the hashes. */
  readonly clientIp: string;
}

/** The INIAPI keys of a contract (KG Inicis manual, "INIAPI key"). */
export function iniApiKeys(access: ContractAccess): IniApiKeys {
  const { apiKey = '', iv = '', clientIp = '127.0.0.1' } = access.credentials.expose();
  if (Buffer.byteLength(apiKey) !== KEY_BYTES || Buffer.byteLength(iv) !== KEY_BYTES)
    throw new AcquirerSetupError('inicis', `the contract needs an apiKey and an iv of ${KEY_BYTES} bytes`);
  return { apiKey, iv, clientIp };
}

/** The key of the web standard payment ("signKey"); other than the INIAPI key. */
export function inicisSignKey(access: ContractAccess): string {
  const { signKey } = access.credentials.expose();
  if (signKey === undefined || signKey === '')
    throw new AcquirerSetupError('inicis', 'the contract has no signKey');
  return signKey;
}

const DATA_CENTRES: readonly string[] = ['fc', 'ks'];
/** KG Inicis' test system: a payment made there is no money. */
const TEST_CENTRE = 'stg';
const DEFAULT_CENTRE = 'fc';

/**
 * The base address for confirming a window payment. The browser names a data centre, never an address: the address is
 * our setting with that name put in. Null for a name that is none, and for the test centre where payments are real.
 */
export function stdpayAddress(
  template: string,
  idcName: string | undefined,
  allowsTestCentre: boolean,
): string | null {
  const centre = idcName ?? DEFAULT_CENTRE;
  const known = DATA_CENTRES.includes(centre) || (allowsTestCentre && centre === TEST_CENTRE);
  return known ? template.replace('{idc}', centre) : null;
}

/** The script that opens the window; it is served without a data centre in its name. */
export function stdpayScript(template: string): string {
  return `${template.replace('{idc}', '')}/stdjs/INIStdPay.js`;
}
