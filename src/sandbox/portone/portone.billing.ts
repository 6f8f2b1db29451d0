import { koreanDay } from '../../common/time/korean-time';
import type { Outcome } from '../core/acquirer';
import { bookCard } from '../core/card-book';
import { cardProfile } from '../core/cards';
import { cutMerchantUid, type PortoneCustomer } from './portone.books';
import { ownCardFields } from './portone.cards';
import { envelope, read, refusal, REFUSALS, refused, wrongParameter } from './portone.envelope';
import { bodyFields } from './portone.fields';
import type { PortoneRequest } from './portone.gate';
import { cardOrderOf, payByCard, storeCustomer } from './portone.key-in';
import { unix } from './portone.payment';
import { checkAgain, checkCustomer, CUSTOMER_UID_MAX, isText, textOrNull } from './portone.validation';

/**
 * `POST /subscribe/customers/{customer_uid}`. Any card that could be real is stored; what a test card plays is played when
 * it is charged.
 */
export function storeCard(request: PortoneRequest): Outcome {
  const { call, contract, mid, books, fault } = request;
  const fields = bodyFields(call);
  if (!fields) return refused(wrongParameter('body'));
  const { customer_uid: customerUid } = call.params;
  if (!isText(customerUid, CUSTOMER_UID_MAX)) return refused(wrongParameter('customer_uid'));
  const checked = checkCustomer(fields, contract, koreanDay(new Date(books.nowMs())).slice(0, 7));
  if ('refusal' in checked) return refused(checked.refusal);
  if (fault) return refused(refusal(-1, fault.message));
  const profile = cardProfile(checked.cardNumber);
  const customer = storeCustomer(books, {
    mid,
    customerUid,
    card: bookCard(checked.cardNumber, profile),
    profile,
    name: textOrNull(fields.customer_name),
    tel: textOrNull(fields.customer_tel),
    email: textOrNull(fields.customer_email),
  });
  return { answer: envelope(customerView(request, customer)), effect: 'processed' };
}

/** `GET /subscribe/customers/{customer_uid}`. */
export function storedCard(request: PortoneRequest): Outcome {
  const customer = customerOf(request);
  return customer ? read(customerView(request, customer)) : refused(REFUSALS.customerNotFound);
}

/** `DELETE /subscribe/customers/{customer_uid}`. */
export function removeCard(request: PortoneRequest): Outcome {
  const customer = customerOf(request);
  if (!customer) return refused(REFUSALS.customerNotFound);
  const removed = { ...customer, updatedAtMs: request.books.nowMs(), isRemoved: true };
  request.books.keepCustomer(removed);
  return { answer: envelope(customerView(request, removed)), effect: 'processed' };
}

/** `POST /subscribe/payments/again`: the stored card does what its test number says. */
export function payAgain(request: PortoneRequest): Outcome | Promise<Outcome> {
  const { call, mid, books } = request;
  const requestedAtMs = books.nowMs();
  const fields = bodyFields(call);
  if (!fields) return refused(wrongParameter('body'));
  if (typeof fields.merchant_uid === 'string') call.about(cutMerchantUid(fields.merchant_uid));
  const checked = checkAgain(fields);
  if ('refusal' in checked) return refused(checked.refusal);
  const { value } = checked;
  const customer = books.customer(mid, value.customerUid);
  if (!customer) return refused(REFUSALS.noCustomer);
  const { card, profile } = customer;
  return payByCard(request, {
    merchantUid: cutMerchantUid(value.merchantUid),
    profile,
    failed: 'failure' in checked ? checked.failure : undefined,
    newOrder: () => cardOrderOf(request, value, { card, profile, requestedAtMs }),
  });
}

function customerOf({ call, mid, books }: PortoneRequest): PortoneCustomer | undefined {
  return books.customer(mid, call.params.customer_uid ?? '');
}

/** The "Customer" object of REST API v1. */
function customerView({ contract }: PortoneRequest, customer: PortoneCustomer): object {
  const [provider = null, pgId = null] = contract.pg.split('.');
  return {
    customer_uid: customer.customerUid,
    pg_provider: provider,
    pg_id: pgId,
    sandbox: true,
    customer_id: null,
    ...ownCardFields(customer.card),
    customer_name: customer.name,
    customer_tel: customer.tel,
    customer_email: customer.email,
    customer_addr: null,
    customer_postcode: null,
    inserted: unix(customer.insertedAtMs),
    updated: unix(customer.updatedAtMs),
  };
}
