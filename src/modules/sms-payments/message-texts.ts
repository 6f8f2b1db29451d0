import { koreanTime } from '../../common/time/korean-time';
import type { MessageContent } from '../messaging/messaging.types';
import type { SmsPayment } from './sms-payments.types';

type Told = Pick<SmsPayment, 'amount' | 'goodsName' | 'expiresAt'>;

const GOODS_MAX = 30;
const won = (amount: number) => `${amount.toLocaleString('ko-KR')}원`;
const short = (text: string) => (text.length > GOODS_MAX ? `${text.slice(0, GOODS_MAX - 1)}…` : text);

/** The message with the link. Korean: a Korean telephone number is all that is known of its reader. */
export function linkMessage(merchantName: string, told: Told, address: string): MessageContent {
  const until = koreanTime(told.expiresAt).slice(5, 16).replace('-', '/').replace('T', ' ');
  return {
    subject: `[${merchantName}] 결제 요청`,
    text: [
      `[${merchantName}] 결제 요청`,
      `${short(told.goodsName)} ${won(told.amount)}`,
      `아래 주소에서 ${until}까지 결제해 주세요.`,
      address,
    ].join('\n'),
  };
}

/** The message with the code. It names the amount, so that a payer sees what the code agrees to. */
export function codeMessage(
  merchantName: string,
  { amount }: Pick<Told, 'amount'>,
  code: string,
): MessageContent {
  return {
    subject: '결제 인증번호',
    text: `인증번호 [${code}] ${merchantName} ${won(amount)} 결제. 남에게 알려주지 마세요.`,
  };
}
