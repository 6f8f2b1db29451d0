import type { MessageContent } from '../messaging/messaging.types';

const SENDER = '[PG Gateway]';

/** Korean: members are people in Korea. A code's message says what it is for, so that nobody passes it on. */
export function resetCodeMessage(code: string, minutes: number): MessageContent {
  return {
    subject: `${SENDER} 비밀번호 재설정 인증번호`,
    text: `${SENDER} 인증번호 [${code}] 비밀번호를 다시 정하는 번호입니다. ${minutes}분 안에 입력하고, 남에게 알려주지 마세요.`,
  };
}

export function contactCodeMessage(code: string, minutes: number): MessageContent {
  return {
    subject: `${SENDER} 연락처 확인 인증번호`,
    text: `${SENDER} 인증번호 [${code}] 연락처를 확인하는 번호입니다. ${minutes}분 안에 입력하고, 남에게 알려주지 마세요.`,
  };
}

export function invitationMessage(loginId: string, code: string, hours: number): MessageContent {
  return {
    subject: `${SENDER} 직원 계정 안내`,
    text: [
      `${SENDER} 직원 계정이 만들어졌습니다.`,
      `로그인 ID: ${loginId}`,
      `인증번호 [${code}]로 ${hours}시간 안에 비밀번호를 정해 주세요. 남에게 알려주지 마세요.`,
    ].join('\n'),
  };
}

export function loginIdMessage(loginIds: readonly string[]): MessageContent {
  return {
    subject: `${SENDER} 로그인 ID 안내`,
    text: `${SENDER} 요청하신 로그인 ID는 ${loginIds.join(', ')} 입니다.`,
  };
}

export function passwordChangedMessage(): MessageContent {
  return {
    subject: `${SENDER} 비밀번호가 바뀌었습니다`,
    text: `${SENDER} 비밀번호가 바뀌었습니다. 본인이 아니라면 바로 비밀번호 찾기로 다시 정해 주세요.`,
  };
}

export function contactChangedMessage(channel: 'SMS' | 'EMAIL'): MessageContent {
  const what = channel === 'SMS' ? '휴대폰 번호' : '이메일';
  return {
    subject: `${SENDER} 연락처가 바뀌었습니다`,
    text: `${SENDER} 등록된 ${what}이(가) 바뀌었습니다. 본인이 아니라면 고객센터로 알려 주세요.`,
  };
}
