import type { ContractAccess } from '../port/acquirer.types';
import type { RawWebhook, WebhookReading, WebhookReceipt, WebhookVerdict } from '../port/webhook.types';
import { secretKeyOf } from './nicepay.config';
import { isSignedBy } from './nicepay.crypto';
import { type NicepayWebhook, webhookSchema } from './nicepay.wire';

/** HTTP 200, text/html, and OK as its only text (manual, "웹훅"; U337, U338). */
export const NICEPAY_RECEIPT: WebhookReceipt = { contentType: 'text/html', body: 'OK' };

const FORM = 'application/x-www-form-urlencoded';
const NOTICES: Readonly<Record<string, string>> = { '4110': 'virtual-account.deposited' };
const NAME = /^[\w.:-]{1,64}$/;

/**
 * The new API tells by a payment object as JSON, the webapi by a form ("결제통보"). Neither has a number of its own: a
 * message is told from another by what it says of which payment.
 */
export function readNicepayWebhook(raw: RawWebhook): WebhookReading {
  if (isNotice(raw)) return readNotice(raw);
  const webhook = parse(raw);
  if (webhook === null) return { kind: 'UNREADABLE', why: 'not a payment object' };
  const { tid, orderId, status, cancelledTid } = webhook;
  return {
    kind: 'HINT',
    hint: {
      dedupeKey: [tid, status, cancelledTid ?? ''].join(':'),
      event: status,
      acquirerMerchantId: null,
      acquirerOrderNo: orderId,
      acquirerTransactionId: tid,
    },
  };
}

export function verifyNicepayWebhook(access: ContractAccess, raw: RawWebhook): WebhookVerdict {
  // A notice of the webapi has no signature at all: only an inquiry can tell.
  if (isNotice(raw)) return readNotice(raw).kind === 'HINT' ? 'UNSIGNED' : 'INVALID';
  const webhook = parse(raw);
  if (webhook === null) return 'INVALID';
  const { signature, tid, amount, ediDate } = webhook;
  return isSignedBy(signature, tid, amount, ediDate, secretKeyOf(access)) ? 'VALID' : 'INVALID';
}

const isNotice = (raw: RawWebhook) => raw.contentType.toLowerCase().startsWith(FORM);

/** A form in EUC-KR; what is read of it is ASCII in either encoding. */
function readNotice(raw: RawWebhook): WebhookReading {
  const fields = new URLSearchParams(raw.body.toString('latin1'));
  const name = (field: string) => {
    const text = fields.get(field) ?? '';
    return NAME.test(text) ? text : null;
  };
  const [tid, orderNo, code] = [name('TID'), name('MOID'), name('ResultCode')];
  if (tid === null || orderNo === null || code === null)
    return { kind: 'UNREADABLE', why: 'no TID, order number or result code' };
  return {
    kind: 'HINT',
    hint: {
      dedupeKey: ['notice', tid, code, name('CancelDate') ?? ''].join(':'),
      event: NOTICES[code] ?? `notice.${code}`,
      acquirerMerchantId: name('MID'),
      acquirerOrderNo: orderNo,
      acquirerTransactionId: tid,
    },
  };
}

function parse(raw: RawWebhook): NicepayWebhook | null {
  try {
    const read = webhookSchema.safeParse(JSON.parse(raw.body.toString('utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
