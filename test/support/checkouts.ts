import { type ApiAnswer, MerchantClient, newOrderNo } from './merchant';

export interface MadeCheckout {
  readonly checkoutId: string;
  readonly paymentId: string;
  readonly paymentToken: string;
  readonly orderNo: string;
  readonly amount: number;
  readonly clientParams: Readonly<Record<string, unknown>>;
}

/** A shop that sells by checkout: its server with credentials, its page with the token alone. */
export class Shop {
  readonly page: MerchantClient;

  constructor(
    readonly server: MerchantClient,
    private readonly url: string,
  ) {
    this.page = new MerchantClient(url, server.mid, '');
  }

  async checkout(more: Record<string, unknown> = {}): Promise<MadeCheckout> {
    const content = { orderNo: newOrderNo(), amount: 30_000, goodsName: '수제 만년필', ...more };
    const answer = await this.server.send('POST', '/v1/checkouts', content);
    if (answer.status !== 201) throw new Error(`no checkout: ${answer.status} ${answer.text}`);
    return { ...(answer.body as unknown as MadeCheckout), orderNo: content.orderNo, amount: content.amount };
  }

  /** `url`: another API process. */
  confirm(made: MadeCheckout, more: Record<string, unknown>, url = this.url): Promise<ApiAnswer> {
    const page = url === this.url ? this.page : new MerchantClient(url, this.server.mid, '');
    const body = { paymentToken: made.paymentToken, amount: made.amount, ...more };
    return page.send('POST', `/v1/checkouts/${made.checkoutId}/confirm`, body);
  }

  async payment({ paymentId }: { readonly paymentId: string }) {
    return (await this.server.payment(paymentId)).body;
  }
}
