import type {
  AcquirerContext,
  AcquirerSandbox,
  Answer,
  Deposit,
  PlayResult,
  PlayRoute,
  WireCall,
  WireRoute,
} from '../core/acquirer';
import { payAgain, removeCard, storeCard, storedCard } from './portone.billing';
import { PortoneBooks } from './portone.books';
import { cancel } from './portone.cancel';
import { isFailureCode } from './portone.cards';
import { PORTONE_CONTRACTS } from './portone.credentials';
import { read, refusal, refusalAnswer, REFUSALS, refused } from './portone.envelope';
import { bodyFields } from './portone.fields';
import { exchange, openGate, plain, type PortoneHandler } from './portone.gate';
import { bankCodes, batch, byImpUid, byStatus, cardCodes, find, findAll } from './portone.inquiry';
import { keyIn } from './portone.key-in';
import { finishPaymentWindow } from './portone.play';
import { prepare, prepareAgain, prepared } from './portone.prepare';
import { bookedReceipts, cancelReceipt, findReceipt, issueReceipt } from './portone.receipts';
import { accountHolder, closeAccount, deposit, issueAccount } from './portone.virtual-account';

type Line = readonly [WireRoute['method'], string, WireRoute['operation'], PortoneHandler];

/** Reading a payment by its id is what a shop confirms a window with, so it counts as `confirm`. */
const LINES: readonly Line[] = [
  ['POST', '/subscribe/payments/onetime', 'approve', keyIn],
  ['POST', '/payments/cancel', 'cancel', cancel],
  ['POST', '/subscribe/payments/again', 'billing', payAgain],
  ['POST', '/subscribe/customers/:customer_uid', 'billing', storeCard],
  ['GET', '/subscribe/customers/:customer_uid', 'inquire', plain(storedCard)],
  ['DELETE', '/subscribe/customers/:customer_uid', 'billing', plain(removeCard)],
  ['POST', '/vbanks', 'virtualAccount', issueAccount],
  ['DELETE', '/vbanks/:imp_uid', 'virtualAccount', closeAccount],
  ['GET', '/vbanks/holder', 'virtualAccount', plain(accountHolder)],
  ['POST', '/receipts/external/:merchant_uid', 'cashReceipt', issueReceipt],
  ['GET', '/receipts/external/:merchant_uid', 'inquire', plain(findReceipt)],
  ['DELETE', '/receipts/external/:merchant_uid', 'cashReceipt', cancelReceipt],
  ['GET', '/payments/:imp_uid', 'confirm', plain(byImpUid)],
  ['GET', '/payments', 'inquire', plain(batch)],
  ['GET', '/payments/find/:merchant_uid', 'inquire', plain(find)],
  ['GET', '/payments/find/:merchant_uid/:payment_status', 'inquire', plain(find)],
  ['GET', '/payments/findAll/:merchant_uid', 'inquire', plain(findAll)],
  ['GET', '/payments/findAll/:merchant_uid/:payment_status', 'inquire', plain(findAll)],
  ['GET', '/payments/status/:status', 'inquire', plain(byStatus)],
  ['POST', '/payments/prepare', 'inquire', plain(prepare)],
  ['PUT', '/payments/prepare', 'inquire', plain(prepareAgain)],
  ['GET', '/payments/prepare/:merchant_uid', 'inquire', plain(prepared)],
  ['GET', '/cards', 'inquire', plain(cardCodes.all)],
  ['GET', '/cards/:code', 'inquire', plain(cardCodes.one)],
  ['GET', '/banks', 'inquire', plain(bankCodes.all)],
  ['GET', '/banks/:code', 'inquire', plain(bankCodes.one)],
];

/** PortOne V1 (iamport) REST API over one provider (`nice_v2`). */
export class PortoneSandbox implements AcquirerSandbox {
  readonly name = 'portone';
  readonly operations = [
    'approve',
    'confirm',
    'cancel',
    'inquire',
    'billing',
    'virtualAccount',
    'cashReceipt',
    'token',
  ] as const;
  readonly routes: readonly WireRoute[];
  readonly plays: readonly PlayRoute[];
  private readonly books: PortoneBooks;

  constructor(context: AcquirerContext) {
    this.books = new PortoneBooks(context);
    const lines = LINES.map(([method, path, operation, handler]) => ({
      method,
      path,
      operation,
      open: (call: WireCall) => openGate(this.books, call, handler),
    }));
    this.routes = [
      { method: 'POST', path: '/users/getToken', operation: 'token', open: (call) => this.openToken(call) },
      ...lines,
    ];
    this.plays = [{ path: '/payments', play: (body) => finishPaymentWindow(this.books, body) }];
  }

  get ledger() {
    return this.books.payments.ledger;
  }

  get discrepancies() {
    return this.books.payments.discrepancies;
  }

  credentials() {
    return PORTONE_CONTRACTS.map((contract) => ({ ...contract }));
  }

  cashReceipts() {
    return bookedReceipts(this.books);
  }

  restore(record: unknown): void {
    this.books.restore(record);
  }

  forget(): void {
    this.books.forget();
  }

  deposit(accountNumber: string, paid: Deposit): PlayResult | null {
    return deposit(this.books, accountNumber, paid);
  }

  isDeclineCode(code: string): boolean {
    return isFailureCode(code);
  }

  errorAnswer(status: number): Answer {
    if (status === 401) return refusalAnswer(REFUSALS.unauthorized);
    return refusalAnswer(
      refusal(-1, status < 500 ? '잘못된 요청입니다.' : '서버 오류가 발생하였습니다.', status),
    );
  }

  private openToken(call: WireCall) {
    return exchange((fault) => {
      if (fault) return refused(refusal(-1, fault.message));
      const fields = bodyFields(call);
      const issued = this.books.tokens.issue(fields?.imp_key, fields?.imp_secret);
      return issued ? read(issued) : refused(REFUSALS.wrongKey);
    });
  }
}
