import { createHmac } from 'node:crypto';
import iconv from 'iconv-lite';
import { z } from 'zod';

/**
 * The parts of SOLAPI's answers that we act on (messages v4: groups, their messages, their sending). Everything is
 * checked before it is believed.
 */
export const groupSchema = z.object({
  groupId: z.string().regex(/^[\w-]{1,100}$/),
  status: z.enum(['PENDING', 'SENDING', 'COMPLETE', 'FAILED', 'DELETED', 'SCHEDULED']),
});

export const addedSchema = z.object({
  resultList: z
    .array(z.object({ messageId: z.string().nullish(), statusCode: z.string().min(1).max(40) }))
    .min(1)
    .max(1),
});

export const groupMessagesSchema = z.object({
  messageList: z.record(z.string(), z.object({ statusCode: z.string().min(1).max(40) })),
});

/** The same recipient is in the group already: an earlier call added it, and its answer was lost. */
export const DUPLICATE_RECIPIENT = '1026';
/** Taken by SOLAPI; taken by the carrier; received. Every other code says that it was not, and why. */
export const TAKEN = new Set(['2000', '3000']);
export const RECEIVED = '4000';

/** `HMAC-SHA256 apiKey=…, date=…, salt=…, signature=…`, the signature being over date and salt together. */
export function authorization(
  { apiKey, apiSecret }: { readonly apiKey: string; readonly apiSecret: string },
  at: Date,
  salt: string,
): string {
  const date = at.toISOString();
  const signature = createHmac('sha256', apiSecret).update(`${date}${salt}`).digest('hex');
  return `HMAC-SHA256 apiKey=${apiKey}, date=${date}, salt=${salt}, signature=${signature}`;
}

const SMS_BYTES_MAX = 90;
const SUBJECT_BYTES_MAX = 40;

/** Carriers take the characters of EUC-KR only; another one would have the whole message refused (1029). */
export function carrierText(text: string): string {
  return iconv.decode(iconv.encode(text, 'cp949'), 'cp949').replace(/�/g, '?');
}

/** 90 bytes fit a short message; a long one has a title of 40 bytes at most. */
export function carrierForm(content: { readonly subject: string; readonly text: string }) {
  const text = carrierText(content.text);
  if (iconv.encode(text, 'cp949').length <= SMS_BYTES_MAX) return { type: 'SMS', text } as const;
  return { type: 'LMS', subject: cut(carrierText(content.subject)), text } as const;
}

function cut(subject: string): string {
  let kept = '';
  for (const char of subject) {
    if (iconv.encode(kept + char, 'cp949').length > SUBJECT_BYTES_MAX) break;
    kept += char;
  }
  return kept;
}
