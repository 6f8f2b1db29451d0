import type { Language } from '../http/request-context';
import type { Actor, ErrorEntry } from './error-kinds';

interface Words {
  readonly retryable: string;
  readonly final: string;
  readonly actor: Readonly<Record<Actor, string>>;
}

const WORDS: Readonly<Record<Language, Words>> = {
  ko: {
    retryable: '같은 요청을 그대로 다시 보내도 됩니다.',
    final: '같은 요청을 그대로 다시 보내지 마세요.',
    actor: {
      CALLER: '호출하는 쪽이 고쳐야 합니다.',
      PAYER: '결제하는 사람이 해결해야 합니다.',
      GATEWAY: '저희가 해결해야 합니다.',
      ACQUIRER: '원천사가 해결해야 합니다.',
    },
  },
  en: {
    retryable: 'The same request may be sent again as it is.',
    final: 'Do not send the same request again as it is.',
    actor: {
      CALLER: 'The caller has to correct it.',
      PAYER: 'The payer has to act.',
      GATEWAY: 'It is ours to mend.',
      ACQUIRER: 'It is the acquirer’s to mend.',
    },
  },
};

/** What to do about an error: whether the same call may be sent again, and who has to act. */
export function errorAdvice({ retryable, actor }: ErrorEntry, language: Language): string {
  const words = WORDS[language];
  return `${retryable ? words.retryable : words.final} ${words.actor[actor]}`;
}
