import { CompactEncrypt, importJWK, type JWK } from 'jose';
import { type ApiAnswer, CARD, MerchantClient, newOrderNo } from './merchant';
import { eventually } from './program';
import type { Stack } from './stack';

export interface SentMessage {
  readonly id: string;
  readonly channel: string;
  readonly to: string;
  readonly subject: string | null;
  readonly text: string;
}

let phones = 0;

/** A number that no other test uses. */
export function newPhone(): string {
  phones += 1;
  return `010${String(70_000_000 + ((process.pid * 131 + phones * 7_919) % 9_999_999)).padStart(8, '0')}`;
}

/** What the sandbox's SMS provider or mail server was given for somebody. */
export async function messagesTo(sandboxUrl: string, to: string): Promise<SentMessage[]> {
  const answer = await fetch(`${sandboxUrl}/__sandbox/messages?to=${encodeURIComponent(to)}`);
  return ((await answer.json()) as { data: SentMessage[] }).data;
}

export interface Made {
  readonly smsPaymentId: string;
  readonly orderNo: string;
  readonly amount: number;
  readonly phone: string;
}

/** A merchant that asks for payments by SMS, and the payer who gets them. */
export class SmsShop {
  readonly payer: MerchantClient;

  constructor(
    private readonly stack: Stack,
    readonly server = stack.merchant,
  ) {
    this.payer = new MerchantClient(stack.api.url, 'nobody', '');
  }

  ask(more: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    const content = { orderNo: newOrderNo(), amount: 50_000, goodsName: '수제 만년필', ...more };
    return this.server.send('POST', '/v1/sms-payments', content, headers);
  }

  async request(more: Record<string, unknown> = {}): Promise<Made> {
    const phone = (more.buyerPhone as string | undefined) ?? newPhone();
    const answer = await this.ask({ ...more, buyerPhone: phone });
    if (answer.status !== 201) throw new Error(`no SMS payment: ${answer.status} ${answer.text}`);
    const { smsPaymentId, orderNo, amount } = answer.body as unknown as Made;
    return { smsPaymentId, orderNo, amount, phone };
  }

  messages(phone: string): Promise<SentMessage[]> {
    return messagesTo(this.stack.sandboxUrl, phone);
  }

  /** The token of the newest link that this phone got. */
  async token(phone: string): Promise<string> {
    return eventually(
      async () => {
        const texts = (await this.messages(phone)).map(({ text }) => /\/pay\/([\w-]{43})/.exec(text)?.[1]);
        return texts.filter((token) => token !== undefined).at(-1);
      },
      { withinMs: 20_000, what: 'the SMS with the link' },
    );
  }

  /** Asks for a code and reads it from the newest SMS. */
  async code(token: string, phone: string): Promise<string> {
    const before = (await this.messages(phone)).length;
    const sent = await this.payer.send('POST', `/v1/pay/${token}/code`);
    if (sent.status !== 200) throw new Error(`no code: ${sent.status} ${sent.text}`);
    return eventually(
      async () =>
        /인증번호 \[(\d{6})\]/.exec((await this.messages(phone)).slice(before).at(-1)?.text ?? '')?.[1],
      { withinMs: 20_000, what: 'the SMS with the code' },
    );
  }

  view(token: string): Promise<ApiAnswer> {
    return this.payer.send('GET', `/v1/pay/${token}`);
  }

  async encrypted(token: string, card: Record<string, unknown> = {}): Promise<string> {
    const { publicKey } = (await this.view(token)).body as unknown as { publicKey: JWK };
    return encryptTo(publicKey, card);
  }

  async confirm(
    token: string,
    code: string,
    card: Record<string, unknown> = {},
    url?: string,
  ): Promise<ApiAnswer> {
    return this.confirmSealed(token, { code, encData: await this.encrypted(token, card) }, url);
  }

  confirmSealed(
    token: string,
    body: { code: string; encData: string },
    url = this.stack.api.url,
  ): Promise<ApiAnswer> {
    return new MerchantClient(url, 'nobody', '').send('POST', `/v1/pay/${token}/confirm`, body);
  }

  async info({ smsPaymentId }: Pick<Made, 'smsPaymentId'>): Promise<SmsPaymentBody> {
    return (await this.server.send('GET', `/v1/sms-payments/${smsPaymentId}`))
      .body as unknown as SmsPaymentBody;
  }

  /** Waits until it is so. */
  until(made: Made, status: string): Promise<SmsPaymentBody> {
    return eventually(
      async () => {
        const seen = await this.info(made);
        return seen.status === status ? seen : undefined;
      },
      { withinMs: 60_000, what: `${made.smsPaymentId} to be ${status}` },
    );
  }
}

export interface SmsPaymentBody {
  readonly status: string;
  readonly paymentId: string | null;
  readonly paymentStatus: string | null;
  readonly failureCode: string | null;
  readonly buyerPhone: string;
  readonly messages: readonly { purpose: string; status: string; failureCode: string | null }[];
  readonly events: readonly { from: string | null; to: string; actor: string }[];
}

export async function encryptTo(publicKey: JWK, card: Record<string, unknown> = {}): Promise<string> {
  const content = {
    cardNumber: CARD.approved,
    cardExpiry: '3012',
    birthOrBusinessNo: '900101',
    cardPasswordTwoDigits: '12',
    installmentMonths: 0,
    ...card,
  };
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: publicKey.kid! })
    .encrypt(await importJWK(publicKey, 'ECDH-ES'));
}
