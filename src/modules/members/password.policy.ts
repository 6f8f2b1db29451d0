import type { FieldError } from '../../common/errors/app-error';

/** NIST SP 800-63B, 5.1.1.2: eight characters and more, at least 64 allowed, no rules of composition. Characters. */
export const PASSWORD_LENGTH_MIN = 8;
export const PASSWORD_LENGTH_MAX = 128;
/** A shorter part of an e-mail address would forbid too much. */
const IDENTITY_LENGTH_MIN = 4;

/** What somebody who guesses would try first here; docs/security/policies.md says the same list. */
export const SERVICE_WORDS = [
  ...['pggateway', '피지게이트웨이', '결제대행', 'tosspayments', '토스페이먼츠', 'inicis', '이니시스'],
  ...[
    'portone',
    '포트원',
    'nicepay',
    '나이스페이',
    'kakaopay',
    '카카오페이',
    'naverpay',
    '네이버페이',
    'popbill',
    '팝빌',
  ],
] as const;
const BETWEEN_WORDS = /[\s._-]/g;

/** What a password must not hold. */
export interface PasswordOwner {
  readonly loginId: string;
  readonly email: string | null;
}

/** One form for what different keyboards send for the same characters (NIST SP 800-63B, 5.1.1.2). */
export function normalisedPassword(password: string): string {
  return password.normalize('NFKC');
}

const TEXTS = {
  PASSWORD_TOO_COMMON: {
    ko: '널리 쓰이거나 유출된 비밀번호입니다.',
    en: 'Is a password that is widely used or has leaked.',
  },
  PASSWORD_HOLDS_IDENTITY: {
    ko: '로그인 ID나 이메일을 담을 수 없습니다.',
    en: 'Must not hold the login id or the e-mail address.',
  },
  PASSWORD_HOLDS_SERVICE: {
    ko: '이 서비스나 원천사의 이름을 담을 수 없습니다.',
    en: 'Must not hold the name of this service or of an acquirer.',
  },
} as const;

/** What is wrong with a new password, as errors of that field. `isCommon` is asked for its normalised lower case. */
export function passwordFaults(
  field: string,
  password: string,
  { loginId, email }: PasswordOwner,
  isCommon: (password: string) => boolean,
): FieldError[] {
  const normalised = normalisedPassword(password);
  const length = [...normalised].length;
  if (length < PASSWORD_LENGTH_MIN || length > PASSWORD_LENGTH_MAX) return [{ field, code: 'BAD_LENGTH' }];
  const lower = normalised.toLowerCase();
  const told = (code: keyof typeof TEXTS): FieldError => ({ field, code, message: TEXTS[code] });
  if (isCommon(lower)) return [told('PASSWORD_TOO_COMMON')];
  const joined = lower.replace(BETWEEN_WORDS, '');
  if (SERVICE_WORDS.some((word) => joined.includes(word))) return [told('PASSWORD_HOLDS_SERVICE')];
  const identities = [loginId, email ?? '', (email ?? '').split('@')[0]!].map((text) => text.toLowerCase());
  const holds = identities.some((text) => text.length >= IDENTITY_LENGTH_MIN && lower.includes(text));
  return holds || lower === loginId.toLowerCase() ? [told('PASSWORD_HOLDS_IDENTITY')] : [];
}
