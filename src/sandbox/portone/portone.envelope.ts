import type { Answer, Outcome } from '../core/acquirer';

/** `{ code, message, response }` around every answer (REST API v1). */
export function envelope(response: unknown, status = 200): Answer {
  return { status, body: JSON.stringify({ code: 0, message: null, response }), headers: {} };
}

/** A refusal. PortOne answers most of them with HTTP 200; which code it gives to each is not confirmed. */
export interface Refusal {
  readonly code: 1 | -1;
  readonly message: string;
  readonly status: number;
}

export const refusal = (code: 1 | -1, message: string, status = 200): Refusal => ({ code, message, status });

export function refusalAnswer({ code, message, status }: Refusal): Answer {
  return { status, body: JSON.stringify({ code, message, response: null }), headers: {} };
}

export function refused(reason: Refusal): Outcome {
  return { answer: refusalAnswer(reason), effect: 'refused' };
}

export function read(response: unknown, status = 200): Outcome {
  return { answer: envelope(response, status), effect: 'read' };
}

/** Texts: "Unauthorized" and the two about cancels are literal, the others stand for ones that are not published. */
export const REFUSALS = {
  unauthorized: refusal(-1, 'Unauthorized', 401),
  wrongKey: refusal(-1, 'imp_key, imp_secret 인증에 실패하였습니다. API키와 secret을 확인하세요.', 401),
  noPayment: refusal(-1, '존재하지 않는 결제정보입니다.', 404),
  noPrepared: refusal(-1, '사전등록된 결제정보가 없습니다.', 404),
  noCode: refusal(-1, '존재하지 않는 코드입니다.', 404),
  preparedAlready: refusal(1, '이미 등록된 merchant_uid입니다.'),
  paidAlready: refusal(1, '이미 결제가 완료된 merchant_uid입니다.'),
  noProvider: refusal(-1, '등록된 PG설정 정보가 없습니다.'),
  noCustomer: refusal(1, '등록되지 않은 구매자입니다.'),
  customerNotFound: refusal(-1, '등록되지 않은 구매자입니다.', 404),
  notWaiting: refusal(-1, '입금대기 상태의 가상계좌가 아닙니다.', 400),
  noHolder: refusal(-1, '계좌정보를 조회할 수 없습니다.', 404),
  noReceipt: refusal(-1, '현금영수증 발행내역이 존재하지 않습니다.', 404),
  receiptAlready: refusal(-1, '이미 현금영수증이 발행된 merchant_uid입니다.', 400),
  nothingToCancel: refusal(1, '취소할 결제건이 존재하지 않습니다.'),
  cancelledAlready: refusal(1, '이미 전액취소된 주문입니다.'),
  checksum: refusal(1, 'checksum이 취소 가능 금액과 일치하지 않습니다.'),
} as const;

export function wrongParameter(name: string): Refusal {
  return refusal(-1, `파라메터 ${name} 값이 올바르지 않습니다.`, 400);
}
