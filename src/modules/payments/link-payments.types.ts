import type { PaymentStatus } from './payment.state';
import type { SalesSlipResponse } from './dto/sales-slip.response';

/** A payment that its payer makes by a link: everything but the card is known beforehand. Amounts in won. */
export interface LinkOrder {
  readonly mid: string;
  readonly orderNo: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly goodsName: string;
  readonly buyerName: string | null;
  readonly buyerPhone: string;
  readonly branchId: string | null;
  /** 0: at once only. */
  readonly installmentMonthsMax: number;
}

/** What an order number's payment came to, as the one who sent it under `actor` may rely on it. */
export interface LinkStanding {
  readonly paymentId: string;
  readonly status: PaymentStatus;
  /** Whether the latest attempt was made under this actor: else the order number is somebody else's. */
  readonly isOurs: boolean;
  readonly failureCode: string | null;
  /** When the acquirer is asked again, while an unknown outcome is being undone. */
  readonly nextCheckAt: Date | null;
}

/** A printable page and the content security policy under which it may be shown. */
export interface SlipPage {
  readonly html: string;
  readonly policy: string;
}

export type SalesSlip = SalesSlipResponse;
