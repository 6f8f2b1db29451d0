import type { RawWebhook, WebhookReading, WebhookReceipt } from '../port/webhook.types';

/** KG Inicis sends a notice again, up to ten times, until it reads exactly this. */
export const INICIS_RECEIPT: WebhookReceipt = { contentType: 'text/plain; charset=utf-8', body: 'OK' };

const NAME_MAX = 64;
const PC_EVENTS: Readonly<Record<string, string>> = { '0200': 'virtual-account.deposited' };
const MOBILE_EVENTS: Readonly<Record<string, string>> = {
  '00': 'payment.approved',
  '02': 'virtual-account.deposited',
};

/**
 * Notices of deposits into virtual accounts (KG Inicis manual, "입금통보"): of the PC window a form in EUC-KR with names
 * like `no_oid`, of the mobile one with names like `P_OID`. Neither is signed, so only an inquiry tells whether it is
 * true.
 */
export function readNotice(raw: RawWebhook): WebhookReading {
  if (!raw.contentType.startsWith('application/x-www-form-urlencoded'))
    return { kind: 'UNREADABLE', why: 'not a form' };
  const fields = formOf(raw.body);
  if (fields.has('no_oid')) return pcNotice(fields);
  if (fields.has('P_OID')) return mobileNotice(fields);
  return { kind: 'UNREADABLE', why: 'no order number' };
}

/** The merchant id of a notice; null where it is none. */
export function merchantOfNotice(raw: RawWebhook): string | null {
  const read = readNotice(raw);
  return read.kind === 'HINT' ? read.hint.acquirerMerchantId : null;
}

/** `no_tid` is the deposit's own id; the account's, under which it was issued, is `no_req_tid`. */
function pcNotice(fields: ReadonlyMap<string, string>): WebhookReading {
  const [orderNo, deposit, account] = [
    name(fields, 'no_oid'),
    name(fields, 'no_tid'),
    name(fields, 'no_req_tid'),
  ];
  if (orderNo === null || deposit === null) return { kind: 'UNREADABLE', why: 'no order number or id' };
  const type = name(fields, 'type_msg') ?? '';
  const sequence = name(fields, 'no_msgseq') ?? '';
  return {
    kind: 'HINT',
    hint: {
      dedupeKey: `pc ${deposit} ${type} ${sequence}`,
      event: PC_EVENTS[type] ?? `notice.${type}`,
      acquirerMerchantId: name(fields, 'id_merchant'),
      acquirerOrderNo: orderNo,
      acquirerTransactionId: account,
    },
  };
}

function mobileNotice(fields: ReadonlyMap<string, string>): WebhookReading {
  const [orderNo, tid] = [name(fields, 'P_OID'), name(fields, 'P_TID')];
  if (orderNo === null || tid === null) return { kind: 'UNREADABLE', why: 'no order number or id' };
  const status = name(fields, 'P_STATUS') ?? '';
  return {
    kind: 'HINT',
    hint: {
      dedupeKey: `mobile ${tid} ${status}`,
      event: MOBILE_EVENTS[status] ?? `notice.${status}`,
      acquirerMerchantId: name(fields, 'P_MID'),
      acquirerOrderNo: orderNo,
      acquirerTransactionId: tid,
    },
  };
}

/** A name that may be an id of KG Inicis or of ours; null for anything else. */
function name(fields: ReadonlyMap<string, string>, field: string): string | null {
  const text = (fields.get(field) ?? '').trim();
  return text.length <= NAME_MAX && /^[\w.:-]+$/.test(text) ? text : null;
}

/** A form whose escaped bytes are EUC-KR; what we read of it is ASCII in either encoding. */
function formOf(body: Buffer): ReadonlyMap<string, string> {
  const decoder = new TextDecoder('euc-kr');
  const decoded = (part: string) => decoder.decode(Buffer.from(unescapeBytes(part), 'latin1'));
  const fields = body
    .toString('latin1')
    .split('&')
    .map((pair): [string, string] => {
      const equals = pair.indexOf('=');
      const [key, value] = equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [decoded(key), decoded(value)];
    });
  return new Map(fields);
}

function unescapeBytes(part: string): string {
  return part
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
