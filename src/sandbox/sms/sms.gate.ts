import { createHmac, timingSafeEqual } from 'node:crypto';
import { SMS_CREDENTIALS } from './sms.credentials';

const FORM =
  /^HMAC-SHA256 apiKey=([\w-]{1,64}), ?date=([\dTZ:.+-]{10,40}), ?salt=([\w-]{12,64}), ?signature=([0-9a-f]{64})$/i;
const SKEW_MAX_MS = 15 * 60_000;
const SIGNATURES_MAX = 100_000;

export interface GateRefusal {
  readonly status: number;
  readonly errorCode: string;
  readonly errorMessage: string;
}

const refusal = (errorCode: string, errorMessage: string, status = 403): GateRefusal => ({
  status,
  errorCode,
  errorMessage,
});

/** SOLAPI's authorisation: HMAC-SHA256 over date and salt, near its time, each signature once. */
export class SmsGate {
  private readonly seen = new Set<string>();

  /** Null: come in. */
  refuse(authorization: string | undefined, nowMs: number): GateRefusal | null {
    const parts = FORM.exec(authorization ?? '');
    if (parts === null) return refusal('Unauthorized', '인증 정보가 올바르지 않습니다.', 401);
    const [, apiKey = '', date = '', salt = '', signature = ''] = parts;
    if (apiKey !== SMS_CREDENTIALS.apiKey) return refusal('InvalidAPIKey', '유효한 API Key가 아닙니다.');
    const atMs = Date.parse(date);
    if (!(Math.abs(nowMs - atMs) <= SKEW_MAX_MS)) {
      return refusal('RequestTimeTooSkewed', '요청 시각이 서버 시각과 다릅니다.');
    }
    const right = createHmac('sha256', SMS_CREDENTIALS.apiSecret).update(`${date}${salt}`).digest();
    if (!timingSafeEqual(right, Buffer.from(signature, 'hex'))) {
      return refusal('SignatureDoesNotMatch', '서명이 일치하지 않습니다.');
    }
    if (this.seen.has(signature)) return refusal('DuplicatedSignature', '이미 사용한 서명입니다.');
    if (this.seen.size >= SIGNATURES_MAX) this.seen.clear();
    this.seen.add(signature);
    return null;
  }
}
