import type { Outcome } from '../core/acquirer';
import { cutMerchantUid } from './portone.books';
import { envelope, read, REFUSALS, refused, wrongParameter } from './portone.envelope';
import { bodyFields, wonOf } from './portone.fields';
import type { PortoneRequest } from './portone.gate';
import { isText } from './portone.validation';

/** `POST /payments/prepare`: fixes the amount that a window may be opened over. Key-in payments are not held to it. */
export function prepare(request: PortoneRequest): Outcome {
  return withAmount(request, (known, { mid, merchantUid }) => {
    if (known !== undefined) return REFUSALS.preparedAlready;
    return request.books.payments.isOrderUsed(mid, merchantUid) ? REFUSALS.paidAlready : undefined;
  });
}

/** `PUT /payments/prepare`: another amount for one that is registered. */
export function prepareAgain(request: PortoneRequest): Outcome {
  return withAmount(request, (known) => (known === undefined ? REFUSALS.noPrepared : undefined));
}

/** `GET /payments/prepare/{merchant_uid}`. */
export function prepared({ call, mid, books }: PortoneRequest): Outcome {
  const merchantUid = call.params.merchant_uid ?? '';
  call.about(merchantUid);
  const amount = books.preparedAmount(mid, merchantUid);
  return amount === undefined ? refused(REFUSALS.noPrepared) : read(view(merchantUid, amount));
}

type Objection = (typeof REFUSALS)[keyof typeof REFUSALS] | undefined;

function withAmount(
  { call, mid, books }: PortoneRequest,
  objection: (known: number | undefined, at: { mid: string; merchantUid: string }) => Objection,
): Outcome {
  const fields = bodyFields(call);
  if (!isText(fields?.merchant_uid, 100)) return refused(wrongParameter('merchant_uid'));
  const merchantUid = cutMerchantUid(fields.merchant_uid);
  call.about(merchantUid);
  const amount = wonOf(fields.amount);
  if (amount === undefined) return refused(wrongParameter('amount'));
  const problem = objection(books.preparedAmount(mid, merchantUid), { mid, merchantUid });
  if (problem) return refused(problem);
  books.prepare(mid, merchantUid, amount);
  return { answer: envelope(view(merchantUid, amount)), effect: 'processed' };
}

function view(merchantUid: string, amount: number): object {
  return { merchant_uid: merchantUid, amount, currency: 'KRW' };
}
