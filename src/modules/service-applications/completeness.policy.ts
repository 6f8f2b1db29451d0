import type { FieldError } from '../../common/errors/app-error';
import type { Application, ApplicationContent, ServiceCode } from './service-applications.types';

/** What a new merchant must say before its application can be looked at. */
const NEEDED = [
  'businessNumber',
  'companyName',
  'representative',
  'address',
  'phone',
  'email',
  'expectedYearlySales',
] as const;

/** The only fields of an application for further services: the rest is known of the merchant. */
const OF_MORE_SERVICES: ReadonlySet<string> = new Set(['services', 'documents']);

/** Fields that an application of its kind does not have. */
export function strangerFaults(kind: Application['kind'], content: ApplicationContent): FieldError[] {
  if (kind === 'NEW_MERCHANT') return [];
  return Object.entries(content)
    .filter(([field, value]) => value !== undefined && !OF_MORE_SERVICES.has(field))
    .map(([field]) => ({ field, code: 'NOT_ALLOWED' }));
}

/** Every field that is wanting when an application is submitted. `today`: the services that can be applied for. */
export function missingFields(application: Application, today: readonly ServiceCode[]): FieldError[] {
  const { kind, services, documents } = application;
  const errors: FieldError[] = [];
  if (kind === 'NEW_MERCHANT') {
    for (const field of NEEDED) if (application[field] === null) errors.push({ field, code: 'REQUIRED' });
    if (application.account === null) errors.push({ field: 'settlementAccount', code: 'REQUIRED' });
  }
  if (services.length === 0) errors.push({ field: 'services', code: 'REQUIRED' });
  const known = new Map(today.map((service) => [service.code, service]));
  if (services.some((code) => !known.has(code))) errors.push({ field: 'services', code: 'NOT_ALLOWED' });
  if (kind === 'MORE_SERVICES') return errors;
  const there = new Set(documents.map((document) => document.kind));
  const needed = new Set(services.flatMap((code) => known.get(code)?.documents ?? []));
  for (const document of needed) {
    if (!there.has(document)) errors.push({ field: `documents.${document}`, code: 'REQUIRED' });
  }
  return errors;
}

/** One application waits at a time for the same services of the same business. */
export function openKey({ businessNumber, services }: Application): string {
  return `${businessNumber ?? ''}:${[...services].sort().join(',')}`;
}
