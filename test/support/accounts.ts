import { type ApiAnswer, type MerchantClient, newOrderNo } from './merchant';
import { eventually } from './program';

export interface IssuedAccount {
  readonly virtualAccountId: string;
  readonly paymentId: string;
  readonly orderNo: string;
  readonly amount: number;
  readonly accountNumber: string;
  readonly bankCode: string;
}

export const REFUND_TO = { bankCode: '004', accountNumber: '11012345678901', holderName: '홍길동' };

export const accountWish = (more: Record<string, unknown> = {}) => ({
  orderNo: newOrderNo(),
  amount: 41_000,
  goodsName: '수제 만년필',
  customerName: '홍길동',
  bankCode: '088',
  ...more,
});

/** A merchant that takes deposits. */
export class AccountShop {
  constructor(readonly server: MerchantClient) {}

  ask(
    wish: Record<string, unknown>,
    headers: Record<string, string> = {},
    server = this.server,
  ): Promise<ApiAnswer> {
    return server.send('POST', '/v1/virtual-accounts', wish, headers);
  }

  async issue(more: Record<string, unknown> = {}): Promise<IssuedAccount> {
    const answer = await this.ask(accountWish(more));
    if (answer.status !== 201) throw new Error(`no account: ${answer.status} ${answer.text}`);
    return answer.body as unknown as IssuedAccount;
  }

  close({ virtualAccountId }: IssuedAccount): Promise<ApiAnswer> {
    return this.server.send('POST', `/v1/virtual-accounts/${virtualAccountId}/close`);
  }

  look({ virtualAccountId }: IssuedAccount): Promise<ApiAnswer> {
    return this.server.send('GET', `/v1/virtual-accounts/${virtualAccountId}`);
  }

  async payment({ paymentId }: IssuedAccount) {
    return (await this.server.payment(paymentId)).body;
  }

  /** Waits until its payment is in this state. */
  becomes(account: IssuedAccount, status: string): Promise<true> {
    return eventually(
      async () => ((await this.payment(account)).status === status ? (true as const) : undefined),
      { withinMs: 90_000, what: `${account.paymentId} becomes ${status}` },
    );
  }
}
