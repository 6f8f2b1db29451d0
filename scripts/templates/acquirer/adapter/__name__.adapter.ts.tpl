import { Injectable } from '@nestjs/common';
import { OutboundClient, type OutboundResult } from '../../common/http/outbound-client';
import { AppConfig } from '../../config/app-config';
import type { AcquirerPort, KeyInAbility } from '../port/acquirer.port';
import type {
  ApprovalOrder,
  ApprovalOutcome,
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
  ContractAccess,
  InquiryOutcome,
} from '../port/acquirer.types';
import { __NAME___CAPABILITIES, __NAME___CREDENTIALS } from './__name__.capabilities';
import { __name__Headers } from './__name__.config';
import {
  approvalOutcome,
  approvalRequest,
  cancelOutcome,
  cancelRequest,
  exchangeWith,
  inquiryOutcome,
  inquiryPath,
  maskedApproval,
  readAnswer,
} from './__name__.mapper';

const APPROVE = '/v1/approve';
const CANCEL = '/v1/cancel';

/** __Name__: key-in approval, cancel, lookup by order. Statuses and codes: MAPPING.md. */
@Injectable()
export class __Name__Adapter implements AcquirerPort, KeyInAbility {
  readonly name = '__name__';
  readonly capabilities = __NAME___CAPABILITIES;
  readonly credentialNames = __NAME___CREDENTIALS;
  private readonly baseUrl: string;

  constructor(
    private readonly http: OutboundClient,
    config: AppConfig,
  ) {
    this.baseUrl = config.acquirer.urls.__name__;
  }

  async approveKeyIn(access: ContractAccess, order: ApprovalOrder): Promise<ApprovalOutcome> {
    const request = approvalRequest(order);
    const result = await this.post(access, APPROVE, request);
    const answer = readAnswer(result);
    const exchange = exchangeWith(`POST ${APPROVE}`, maskedApproval(order), { result, answer });
    return approvalOutcome(order, answer, exchange);
  }

  async cancel(access: ContractAccess, order: CancelOrder): Promise<CancelOutcome> {
    const request = cancelRequest(order);
    const result = await this.post(access, CANCEL, request);
    const answer = readAnswer(result);
    const { cancelKey, cancelAmount } = order;
    const exchange = exchangeWith(`POST ${CANCEL}`, { cancelKey, cancelAmount }, { result, answer });
    return cancelOutcome(order, answer, exchange);
  }

  async inquire(access: ContractAccess, reference: ApprovalReference): Promise<InquiryOutcome> {
    const path = inquiryPath(reference);
    const result = await this.send(access, { method: 'GET', path });
    const answer = readAnswer(result);
    const { acquirerOrderNo } = reference;
    const exchange = exchangeWith('GET order', { acquirerOrderNo }, { result, answer });
    return inquiryOutcome(reference, answer, exchange);
  }

  private post(access: ContractAccess, path: string, body: object): Promise<OutboundResult> {
    return this.send(access, { method: 'POST', path, body: JSON.stringify(body) });
  }

  private send(
    access: ContractAccess,
    call: { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: string },
  ): Promise<OutboundResult> {
    return this.http.send({
      method: call.method,
      url: `${this.baseUrl}${call.path}`,
      headers: __name__Headers(access),
      body: call.body,
      connectTimeoutMs: access.connectTimeoutMs,
      answerTimeoutMs: access.answerTimeoutMs,
    });
  }
}
