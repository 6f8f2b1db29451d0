import type { Answer } from '../core/acquirer';

/** Popbill's refusals ("응답코드"). The numbers of link and token refusals are unconfirmed. */
export const POPBILL_CODES = {
  noReceipt: [-14000003, '해당 문서번호의 현금영수증이 존재하지 않습니다.'],
  keyUsed: [-14001019, '이미 등록된 문서번호입니다.'],
  field: [-14001001, '필수항목이 없거나 형식이 올바르지 않습니다.'],
  amounts: [-14001002, '거래금액이 공급가액, 부가세, 봉사료의 합과 다릅니다.'],
  noOriginal: [-14001020, '원본 현금영수증을 찾을 수 없습니다.'],
  notFiled: [-14001021, '원본 현금영수증이 아직 국세청에 전송되지 않았습니다.'],
  otherSeller: [-14001022, '원본 현금영수증의 가맹점과 다릅니다.'],
  aboveOriginal: [-14001023, '취소 금액이 원본 현금영수증의 금액보다 큽니다.'],
  notDeletable: [-14001030, '발행된 현금영수증은 삭제할 수 없습니다.'],
  service: [-10000000, '서비스 오류가 발생하였습니다.'],
  noToken: [-99010003, '토큰이 유효하지 않습니다.'],
  badSignature: [-99010004, '인증 서명이 올바르지 않습니다.'],
  noMember: [-99010005, '연동회원이 아닙니다.'],
  noPoints: [-99003008, '포인트가 부족합니다.'],
} as const satisfies Record<string, readonly [number, string]>;

export type PopbillRefusal = keyof typeof POPBILL_CODES;

export function isPopbillCode(code: string): boolean {
  return Object.values(POPBILL_CODES).some(([number]) => String(number) === code);
}

export function refusalAnswer(refusal: PopbillRefusal, status = 400): Answer {
  const [code, message] = POPBILL_CODES[refusal];
  return answerOf({ code, message }, status);
}

/** The refusal that an armed fault names. */
export function refusalByCode(code: string): PopbillRefusal {
  const found = Object.entries(POPBILL_CODES).find(([, [number]]) => String(number) === code);
  return (found?.[0] as PopbillRefusal | undefined) ?? 'service';
}

export function answerOf(body: object, status = 200): Answer {
  return { status, body: JSON.stringify(body), headers: {}, contentType: 'application/json;charset=utf-8' };
}
