import type { Language } from '../http/request-context';
import { isKeptRefusal } from '../idempotency/kept-refusals';
import { type Actor, ERROR_KINDS, type ErrorEntry } from './error-kinds';

/**
 * Whether the same call may be sent again. `NEW_KEY`: later, but under its Idempotency-Key this answer would only be given
 * again. `LOOK_UP_FIRST`: a write may have been done all the same.
 */
export type Repetition = 'AS_IS' | 'NEW_KEY' | 'LOOK_UP_FIRST' | 'NEVER';

interface Words {
  readonly again: Readonly<Record<Repetition, string>>;
  readonly actor: Readonly<Record<Actor, string>>;
}

const WORDS: Readonly<Record<Language, Words>> = {
  ko: {
    again: {
      AS_IS: '같은 요청을 그대로 다시 보내도 됩니다.',
      NEW_KEY:
        '나중에 새 Idempotency-Key로 다시 보내 주세요. 같은 키에는 이 응답만 되풀이됩니다. 암호화한 본문은 새로 암호화합니다.',
      LOOK_UP_FIRST:
        '조회는 그대로 다시 보내도 됩니다. 쓰기는 처리됐을 수 있으니 다시 보내기 전에 먼저 조회해 주세요.',
      NEVER: '같은 요청을 그대로 다시 보내지 마세요.',
    },
    actor: {
      CALLER: '호출하는 쪽이 고쳐야 합니다.',
      PAYER: '결제하는 사람이 해결해야 합니다.',
      GATEWAY: '저희가 해결해야 합니다.',
      ACQUIRER: '원천사가 해결해야 합니다.',
    },
  },
  en: {
    again: {
      AS_IS: 'The same request may be sent again as it is.',
      NEW_KEY:
        'Send it again later, under a new Idempotency-Key: the same key only repeats this answer. Encrypt an encrypted body anew.',
      LOOK_UP_FIRST:
        'A read may be sent again as it is. A write may have been done: look it up before you send it again.',
      NEVER: 'Do not send the same request again as it is.',
    },
    actor: {
      CALLER: 'The caller has to correct it.',
      PAYER: 'The payer has to act.',
      GATEWAY: 'It is ours to mend.',
      ACQUIRER: 'It is the acquirer’s to mend.',
    },
  },
};

/** Whether the same call may be sent again after an error, and how. */
export function repetitionAfter(code: string, { kind, retryable }: ErrorEntry): Repetition {
  if (!retryable) return 'NEVER';
  if (kind === 'INTERNAL') return 'LOOK_UP_FIRST';
  return isKeptRefusal(ERROR_KINDS[kind], code) ? 'NEW_KEY' : 'AS_IS';
}

/** What to do about an error: whether the same call may be sent again, and who has to act. */
export function errorAdvice(code: string, entry: ErrorEntry, language: Language): string {
  const { again, actor } = WORDS[language];
  return `${again[repetitionAfter(code, entry)]} ${actor[entry.actor]}`;
}
