import { randomInt } from 'node:crypto';
import type { AcquirerContext, BookedCashReceipt } from '../core/acquirer';
import { Register } from '../core/register';

/** A cash receipt as Popbill keeps it. The customer's number is kept masked. Won. */
export interface Cashbill {
  readonly corpNum: string;
  readonly mgtKey: string;
  readonly itemKey: string;
  readonly tradeType: '승인거래' | '취소거래';
  readonly tradeUsage: string;
  readonly tradeOpt: string;
  readonly taxationType: string;
  readonly totalAmount: number;
  readonly supplyCost: number;
  readonly tax: number;
  readonly serviceFee: number;
  readonly identityNum: string;
  readonly customerName: string;
  readonly itemName: string;
  readonly orderNumber: string;
  readonly confirmNum: string;
  /** yyyyMMdd */
  readonly tradeDate: string;
  readonly orgConfirmNum: string;
  readonly orgTradeDate: string;
  readonly issuedAtMs: number;
  /** The tax office will not take the customer's number. */
  readonly willFail: boolean;
  /** Taken back before it was filed. */
  readonly withdrawn: boolean;
}

/** Filing is the next day's work in the real service; here it takes a second times SANDBOX_TIME_SCALE. */
const FILING_MS = 1_000;
const APPROVALS = 10 ** 9;

/** The receipts of all businesses, by business and document number (문서번호). */
export class PopbillBook {
  private readonly bills: Register<Cashbill>;
  private readonly confirmNums = new Map<string, Cashbill>();

  constructor(private readonly context: AcquirerContext) {
    this.bills = new Register(context, 'cashbill');
  }

  get nowMs(): number {
    return this.context.clock.nowMs();
  }

  find(corpNum: string, mgtKey: string): Cashbill | undefined {
    return this.bills.get(`${corpNum} ${mgtKey}`);
  }

  byConfirmNum(confirmNum: string): Cashbill | undefined {
    return this.confirmNums.get(confirmNum);
  }

  /** What was taken back of a receipt so far. */
  revoked(confirmNum: string): number {
    let sum = 0;
    for (const bill of this.bills.values()) {
      if (bill.tradeType === '취소거래' && bill.orgConfirmNum === confirmNum) sum += bill.totalAmount;
    }
    return sum;
  }

  put(bill: Cashbill): Cashbill {
    this.confirmNums.set(bill.confirmNum, bill);
    return this.bills.put(`${bill.corpNum} ${bill.mgtKey}`, bill);
  }

  /** Nine digits that no other receipt has. */
  newConfirmNum(): string {
    for (;;) {
      const number = String(randomInt(APPROVALS)).padStart(9, '0');
      if (!this.confirmNums.has(number)) return number;
    }
  }

  /** 300 issued, 304 filed, 305 not taken by the tax office, 400 withdrawn before filing. */
  stateOf(bill: Cashbill): 300 | 304 | 305 | 400 {
    if (bill.withdrawn) return 400;
    if (this.nowMs - bill.issuedAtMs < FILING_MS * this.context.timeScale) return 300;
    return bill.willFail ? 305 : 304;
  }

  booked(): BookedCashReceipt[] {
    return [...this.bills.values()]
      .filter(({ withdrawn }) => !withdrawn)
      .map((bill) => ({
        kind: bill.tradeType === '취소거래' ? 'cancel' : 'issue',
        mid: bill.corpNum,
        acquirerOrderNo: bill.mgtKey,
        receiptId: bill.mgtKey,
        approvalNo: bill.confirmNum,
        originalApprovalNo: bill.tradeType === '취소거래' ? bill.orgConfirmNum : null,
        amount: bill.totalAmount,
        atMs: bill.issuedAtMs,
      }));
  }

  restore(record: unknown): void {
    if (!this.bills.restore(record)) return;
    const { item } = record as { item: Cashbill };
    this.confirmNums.set(item.confirmNum, item);
  }

  forget(): void {
    this.bills.forget();
    this.confirmNums.clear();
  }
}
