import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { OutboundClient } from '../../common/http/outbound-client';
import { Clock } from '../../common/time/clock';
import { AppConfig } from '../../config/app-config';
import type {
  CashReceiptCancelOrder,
  CashReceiptInquiry,
  CashReceiptOrder,
  CashReceiptOutcome,
  CashReceiptReference,
} from '../port/ability.types';
import type { ReceiptProvider } from '../port/acquirer.port';
import type { ContractAccess, Exchange } from '../port/acquirer.types';
import { type PopbillAnswer, readAnswer } from './popbill.answers';
import { POPBILL_CREDENTIALS, popbillAccount } from './popbill.config';
import {
  inquiryOutcome,
  issueOutcome,
  issueRequest,
  maskedIssue,
  popbillExchange,
  revokeRequest,
} from './popbill.mapper';
import { PopbillTokens } from './popbill.tokens';
import { popbillInfoSchema, popbillIssuedSchema } from './popbill.wire';

interface Call<Value> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly endpoint: string;
  /** What is neither GET nor POST goes as a POST that names its verb here. */
  readonly override?: 'ISSUE' | 'REVOKEISSUE';
  readonly body?: object;
  /** Already masked. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly schema: z.ZodType<Value>;
}

/** Popbill cash receipts: issue, cancel against the original's approval, look-up by document number. Codes: MAPPING.md. */
@Injectable()
export class PopbillAdapter implements ReceiptProvider {
  readonly name = 'popbill';
  readonly cancelsReceiptsInPart = true;
  readonly credentialNames = POPBILL_CREDENTIALS;
  private readonly baseUrl: string;
  private readonly tokens: PopbillTokens;

  constructor(
    private readonly http: OutboundClient,
    clock: Clock,
    config: AppConfig,
  ) {
    this.baseUrl = config.acquirer.urls.popbill;
    this.tokens = new PopbillTokens(http, clock, config.acquirer.urls.popbillAuth);
  }

  async issueCashReceipt(access: ContractAccess, order: CashReceiptOrder): Promise<CashReceiptOutcome> {
    const body = issueRequest(order, popbillAccount(access).businessNumber);
    const { answer, exchange } = await this.call(access, {
      method: 'POST',
      path: '/Cashbill',
      endpoint: 'POST /Cashbill (ISSUE)',
      override: 'ISSUE',
      body,
      request: maskedIssue(body),
      schema: popbillIssuedSchema,
    });
    return issueOutcome('ISSUED', body.mgtKey, answer, exchange);
  }

  async cancelCashReceipt(
    access: ContractAccess,
    _receiptId: string,
    order: CashReceiptCancelOrder,
  ): Promise<CashReceiptOutcome> {
    const body = revokeRequest(order);
    const { answer, exchange } = await this.call(access, {
      method: 'POST',
      path: '/Cashbill',
      endpoint: 'POST /Cashbill (REVOKEISSUE)',
      override: 'REVOKEISSUE',
      body,
      request: { ...body },
      schema: popbillIssuedSchema,
    });
    return issueOutcome('CANCELLED', body.mgtKey, answer, exchange);
  }

  /** A cancel is a document of its own and is looked up like one. */
  async inquireCashReceipt(
    access: ContractAccess,
    reference: CashReceiptReference,
  ): Promise<CashReceiptInquiry> {
    const { answer, exchange } = await this.call(access, {
      method: 'GET',
      path: `/Cashbill/${encodeURIComponent(reference.acquirerOrderNo)}`,
      endpoint: 'GET /Cashbill/{MgtKey}',
      request: { mgtKey: reference.acquirerOrderNo },
      schema: popbillInfoSchema,
    });
    return inquiryOutcome(reference, answer, exchange);
  }

  private async call<Value extends Record<string, unknown>>(
    access: ContractAccess,
    { method, path, endpoint, override, body, request, schema }: Call<Value>,
  ): Promise<{ readonly answer: PopbillAnswer<Value>; readonly exchange: Exchange }> {
    const account = popbillAccount(access);
    const token = await this.tokens.get(access, account);
    if (token.kind === 'NONE')
      return { answer: { kind: 'NOT_SENT', reason: 'NO_TOKEN' }, exchange: token.exchange };
    const result = await this.http.send({
      method,
      url: `${this.baseUrl}${path}`,
      headers: {
        authorization: `Bearer ${token.token}`,
        ...(account.userId === null ? {} : { 'x-pb-userid': account.userId }),
        ...(override === undefined ? {} : { 'x-http-method-override': override }),
        ...(body === undefined ? {} : { 'content-type': 'application/json;charset=utf-8' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      connectTimeoutMs: access.connectTimeoutMs,
      answerTimeoutMs: access.answerTimeoutMs,
    });
    const answer = readAnswer(result, schema);
    if (answer.kind === 'REFUSED' && answer.status === 401) this.tokens.drop(account, token.token);
    return { answer, exchange: popbillExchange(result, answer, { endpoint, request }) };
  }
}
