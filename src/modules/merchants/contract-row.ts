import type { SealContext } from '../../common/crypto/sealed-form';
import type { AcquirerContractEntity } from './acquirer-contract.entity';
import type { AcquirerContract, OpenHours, PaymentMethod } from './merchants.types';

/** Whatever a contract says: an Idempotency-Key is held for longer than any request may take. */
const ANSWER_TIMEOUT_MAX_MS = 60_000;

/** What was agreed, without ids and credentials. */
type ContractTerms = Omit<AcquirerContract, 'contractId' | 'mid' | 'credentials'>;

/** A row's terms as the rest of the gateway knows them. Amounts come back from the database as text. */
export function contractTerms(row: AcquirerContractEntity): ContractTerms {
  return {
    acquirer: row.acquirer,
    acquirerMerchantId: row.acquirerMerchantId,
    methods: (row.methods === '' ? [] : row.methods.split(',')) as PaymentMethod[],
    priority: row.priority,
    weight: row.weight,
    amountMin: Number(row.amountMin),
    amountMax: Number(row.amountMax),
    dailyLimit: row.dailyLimit === null ? null : Number(row.dailyLimit),
    monthlyLimit: row.monthlyLimit === null ? null : Number(row.monthlyLimit),
    connectTimeoutMs: row.connectTimeoutMs,
    answerTimeoutMs:
      row.answerTimeoutMs === null ? null : Math.min(row.answerTimeoutMs, ANSWER_TIMEOUT_MAX_MS),
    issuers: row.issuers === null ? null : row.issuers.split(','),
    hours: row.hours === null ? null : (JSON.parse(row.hours) as OpenHours),
    ...(row.billingStorage === null ? {} : { billingStorage: row.billingStorage }),
    enabled: row.enabled === 1,
  };
}

/** The same terms as columns. */
export function contractColumns(terms: ContractTerms) {
  const { dailyLimit, monthlyLimit, issuers, hours } = terms;
  return {
    acquirer: terms.acquirer,
    acquirerMerchantId: terms.acquirerMerchantId,
    methods: terms.methods.join(','),
    priority: terms.priority,
    weight: terms.weight,
    amountMin: String(terms.amountMin),
    amountMax: String(terms.amountMax),
    dailyLimit: dailyLimit === null ? null : String(dailyLimit),
    monthlyLimit: monthlyLimit === null ? null : String(monthlyLimit),
    connectTimeoutMs: terms.connectTimeoutMs,
    answerTimeoutMs: terms.answerTimeoutMs,
    issuers: issuers === null ? null : issuers.join(','),
    hours: hours === null ? null : JSON.stringify({ from: hours.from, to: hours.to, days: hours.days }),
    billingStorage: terms.billingStorage ?? null,
    enabled: terms.enabled ? 1 : 0,
  };
}

export function credentialsContext({ id, mid }: { id: string; mid: string }): SealContext {
  return { table: 'acquirer_contracts', column: 'credentials_sealed', rowId: id, mid };
}
