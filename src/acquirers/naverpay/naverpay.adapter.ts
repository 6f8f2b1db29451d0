import { Injectable } from '@nestjs/common';
import { OutboundClient, type OutboundResult } from '../../common/http/outbound-client';
import { AppConfig } from '../../config/app-config';
import type { AcquirerMovement, ListOutcome } from '../port/ability.types';
import type { AcquirerPort, MovementListAbility, WebhookAbility, WindowAbility } from '../port/acquirer.port';
import type {
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
  ContractAccess,
  Exchange,
  InquiryOutcome,
} from '../port/acquirer.types';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type { RawWebhook, WebhookReading, WebhookVerdict } from '../port/webhook.types';
import type { ConfirmOrder, ConfirmOutcome, WindowOrder, WindowOutcome } from '../port/window.types';
import { naverpayExchange, notAsked, readAnswer } from './naverpay.answers';
import { NAVERPAY_CAPABILITIES, NAVERPAY_CREDENTIALS } from './naverpay.capabilities';
import { naverpayAddress, naverpayHeaders } from './naverpay.config';
import { movementPage, movementsRequest } from './naverpay.list';
import { cancelOutcome, inquiryOutcome, isApproval, isApproved } from './naverpay.mapper';
import {
  applyKey,
  cancelForm,
  cancelKeyOf,
  type Form,
  historyRequest,
  reserveRequest,
} from './naverpay.requests';
import { NAVERPAY_RECEIPT, readHint, verifyHint } from './naverpay.webhook';
import { confirmOutcome, windowOutcome } from './naverpay.window';
import {
  naverpayApplySchema,
  naverpayCancelSchema,
  naverpayHistorySchema,
  naverpayReserveSchema,
  type NaverpayRow,
} from './naverpay.wire';

const RESERVE = '/v2/reserve';
const APPLY = '/v2.2/apply/payment';
const CANCEL = '/v1/cancel';
const HISTORY = '/v2.2/list/history';
/** Thirty thousand approvals in two days; who has more is not found by order number but stays unknown. */
const PAGES_MAX = 300;

interface Search {
  readonly keep: (row: NaverpayRow) => boolean;
  /** Further pages need not be read. */
  readonly enough: (row: NaverpayRow) => boolean;
}

type HistoryRead =
  | { readonly kind: 'ROWS'; readonly rows: readonly NaverpayRow[]; readonly exchange: Exchange }
  | { readonly kind: 'UNKNOWN'; readonly exchange: Exchange };

/** NaverPay (결제형): reservation, apply, cancel, history. Codes: MAPPING.md. */
@Injectable()
export class NaverpayAdapter implements AcquirerPort, WindowAbility, WebhookAbility, MovementListAbility {
  readonly name = 'naverpay';
  readonly capabilities = NAVERPAY_CAPABILITIES;
  readonly credentialNames = NAVERPAY_CREDENTIALS;
  readonly webhookReceipt = NAVERPAY_RECEIPT;
  private readonly baseUrl: string;

  constructor(
    private readonly http: OutboundClient,
    config: AppConfig,
  ) {
    this.baseUrl = config.acquirer.urls.naverpay;
  }

  async openWindow(access: ContractAccess, order: WindowOrder): Promise<WindowOutcome> {
    const { merchantUserKey: _unkept, productItems: _same, ...kept } = reserveRequest(order);
    const result = await this.postJson(access, RESERVE, reserveRequest(order));
    const answer = readAnswer(result, naverpayReserveSchema);
    const shown = ({ reserveId }: { reserveId: string }) => ({ reserveId });
    const exchange = naverpayExchange(`POST ${RESERVE}`, kept, result, { answer, shown });
    return windowOutcome(access, order, answer, exchange);
  }

  async confirmWindow(access: ContractAccess, order: ConfirmOrder): Promise<ConfirmOutcome> {
    const { paymentId } = order.proof;
    if (!paymentId) return { kind: 'NOT_PAID', exchange: notAsked(`POST ${APPLY}`, 'NO_PAYMENT_ID') };
    const idempotencyKey = applyKey(order.acquirerOrderNo, paymentId);
    const result = await this.postForm(access, APPLY, { paymentId }, idempotencyKey);
    const answer = readAnswer(result, naverpayApplySchema);
    const request = { paymentId, idempotencyKey };
    const exchange = naverpayExchange(`POST ${APPLY}`, request, result, {
      answer,
      shown: ({ detail }) => shownRow(detail),
    });
    return confirmOutcome({ mid: access.acquirerMerchantId, order, paymentId }, answer, exchange);
  }

  async cancel(access: ContractAccess, order: CancelOrder): Promise<CancelOutcome> {
    const paymentId = order.reference.acquirerTransactionId;
    if (paymentId === null) throw new AcquirerSetupError('naverpay', 'a cancel needs the paymentId');
    const idempotencyKey = cancelKeyOf(order);
    const form = cancelForm(order, paymentId);
    const result = await this.postForm(access, CANCEL, form, idempotencyKey);
    const answer = readAnswer(result, naverpayCancelSchema);
    const { cancelReason: _unkept, ...kept } = form;
    const exchange = naverpayExchange(`POST ${CANCEL}`, { ...kept, idempotencyKey }, result, {
      answer,
      shown: (body) => ({ ...body }),
    });
    return cancelOutcome(order, answer, exchange);
  }

  /**
   * By the payment's number where it is known. Else its number is looked for among the approvals of the days around the
   * order; its own history, which may go on for longer than those days, is read in any case.
   */
  async inquire(access: ContractAccess, reference: ApprovalReference): Promise<InquiryOutcome> {
    const { acquirerTransactionId, acquirerOrderNo } = reference;
    if (acquirerTransactionId !== null) return this.inquireBy(access, reference, acquirerTransactionId);
    const tries = await this.history(access, reference, {
      keep: (row) => isApproval(row) && row.merchantPayKey === acquirerOrderNo,
      enough: isApproved,
    });
    if (tries.kind === 'UNKNOWN') return tries;
    const found = tries.rows.find(isApproved) ?? tries.rows.at(-1);
    if (found === undefined) return { kind: 'NOT_FOUND', exchange: tries.exchange };
    const seen = await this.inquireBy(access, reference, found.paymentId);
    // The list has just told of it, so an empty history is no answer.
    return seen.kind === 'NOT_FOUND' ? { kind: 'UNKNOWN', exchange: seen.exchange } : seen;
  }

  readWebhook(raw: RawWebhook): WebhookReading {
    return readHint(raw);
  }

  verifyWebhook(access: ContractAccess, raw: RawWebhook): WebhookVerdict {
    return verifyHint(access, raw);
  }

  async listMovements(
    access: ContractAccess,
    day: string,
    next: string | null,
  ): Promise<ListOutcome<AcquirerMovement>> {
    const request = movementsRequest(day, next);
    const result = await this.postJson(access, HISTORY, request);
    const answer = readAnswer(result, naverpayHistorySchema);
    const exchange = naverpayExchange(`POST ${HISTORY}`, request, result, {
      answer,
      shown: ({ totalCount, list }) => ({ totalCount, rows: list.length }),
    });
    return movementPage(access.acquirerMerchantId, request.pageNumber, answer, exchange);
  }

  private async inquireBy(
    access: ContractAccess,
    reference: ApprovalReference,
    paymentId: string,
  ): Promise<InquiryOutcome> {
    const read = await this.history(access, paymentId, { keep: () => true, enough: () => false });
    if (read.kind === 'UNKNOWN') return read;
    const { rows, exchange } = read;
    return inquiryOutcome(access.acquirerMerchantId, reference, { rows, paymentId }, exchange);
  }

  /** Page after page, until enough is found or all is read. The exchange is that of the last page. */
  private async history(
    access: ContractAccess,
    of: string | ApprovalReference,
    { keep, enough }: Search,
  ): Promise<HistoryRead> {
    const rows: NaverpayRow[] = [];
    for (let page = 1; ; page += 1) {
      const request = historyRequest(of, page);
      const result = await this.postJson(access, HISTORY, request);
      const answer = readAnswer(result, naverpayHistorySchema);
      const exchange = naverpayExchange(`POST ${HISTORY}`, request, result, {
        answer,
        shown: ({ totalCount, list }) => ({ totalCount, rows: list.filter(keep).map(shownRow) }),
      });
      if (answer.kind !== 'SUCCESS') return { kind: 'UNKNOWN', exchange };
      const { list, totalPageCount } = answer.body;
      rows.push(...list.filter(keep));
      if (rows.some(enough) || page >= totalPageCount) return { kind: 'ROWS', rows, exchange };
      // A page that is missing in between may have held the payment.
      if (list.length === 0 || page >= PAGES_MAX)
        return { kind: 'UNKNOWN', exchange: { ...exchange, code: 'PAGES_NOT_ALL_READ' } };
    }
  }

  private postForm(access: ContractAccess, path: string, form: Form, key: string): Promise<OutboundResult> {
    return this.http.send({
      ...this.request(access, path),
      headers: {
        ...naverpayHeaders(access),
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        'x-naverpay-idempotency-key': key,
      },
      body: new URLSearchParams(form).toString(),
    });
  }

  private postJson(access: ContractAccess, path: string, body: object): Promise<OutboundResult> {
    return this.http.send({
      ...this.request(access, path),
      headers: { ...naverpayHeaders(access), 'content-type': 'application/json;charset=utf-8' },
      body: JSON.stringify(body),
    });
  }

  private request(access: ContractAccess, path: string) {
    const { connectTimeoutMs, answerTimeoutMs } = access;
    return {
      method: 'POST',
      url: naverpayAddress(this.baseUrl, path),
      connectTimeoutMs,
      answerTimeoutMs,
    } as const;
  }
}

/** What of a row may be kept: no card or account number, nothing of the payer. */
function shownRow(row: NaverpayRow): Record<string, unknown> {
  const { paymentId, payHistId, merchantPayKey, totalPayAmount, primaryPayMeans } = row;
  const { admissionTypeCode, admissionState, admissionYmdt, cardCorpCode, cardAuthNo } = row;
  return {
    ...{ paymentId, payHistId, merchantPayKey, totalPayAmount, primaryPayMeans },
    ...{ admissionTypeCode, admissionState, admissionYmdt, cardCorpCode, cardAuthNo },
  };
}
