import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { Secret } from '../../../common/masking/secret';
import { recordEvent } from '../../../common/outbox/outbox';
import { Clock } from '../../../common/time/clock';
import { koreanTime } from '../../../common/time/korean-time';
import { AuditFacade } from '../../audit/audit.facade';
import { MemberNotificationsFacade } from '../../members/member-notifications.facade';
import type { PreparedNotification } from '../../members/member-notifications.types';
import { EndpointsRepository } from '../endpoints/endpoints.repository';
import { lockSequences } from '../webhook-writes';
import type { Verdict } from './delivery.policy';
import { DeliveryResults, type Tried } from './delivery-results.repository';

type Failed = Extract<Verdict, { to: 'FAILED' }>;

const ACTOR = 'system:webhooks';
const LIFETIME_MS = 3 * 86_400_000;
const HOST_SHOWN = 60;

const WHY: Readonly<Record<Failed['disable'], string>> = {
  MERCHANT: '가맹점이 껐습니다.',
  GONE: '주소가 410(더 받지 않음)으로 답했습니다.',
  EXHAUSTED: '정해진 횟수를 모두 보냈지만 받지 못했습니다.',
};

/**
 * The end of a delivery that arrives no more: its endpoint is disabled with it, in one transaction with an event and the
 * messages to the merchant's owners. What else was on its way to it waits until the merchant enables it again.
 */
@Injectable()
export class EndEndpoint {
  constructor(
    private readonly endpoints: EndpointsRepository,
    private readonly results: DeliveryResults,
    private readonly notifications: MemberNotificationsFacade,
    private readonly audit: AuditFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** True when this try disabled the endpoint: another one may have been first. */
  async run(tried: Tried, verdict: Failed): Promise<boolean> {
    const notice = await this.prepare(tried, verdict);
    const wasFirst = await this.unitOfWork.run('webhook-endpoint.disable', async (tx) => {
      const { mid, endpointId } = tried.delivery.endpoint;
      const at = this.clock.now();
      const lastSequence = (await lockSequences(tx, [mid])).get(mid)!;
      const held = await this.endpoints.lock(tx, mid, endpointId);
      if (held !== null && held.endpoint.url !== tried.delivery.endpoint.url) {
        await this.results.tryNewAddress(tx, tried);
        return false;
      }
      const isOurs = await this.results.write(tx, tried, verdict);
      if (!isOurs || held?.endpoint.status !== 'ENABLED') return false;
      const { disable: reason } = verdict;
      const next = { ...held.endpoint, status: 'DISABLED', disabledReason: reason } as const;
      await this.endpoints.update(tx, next, { pace: 'FAILING' }, { actor: ACTOR, lastSequence, at });
      const data = { endpointId, url: next.url, status: 'DISABLED', reason, occurredAt: koreanTime(at) };
      await recordEvent(tx, { mid, type: 'webhook_endpoint.disabled', subjectId: endpointId, data, at });
      await this.notifications.notify(tx, notice);
      await this.audit.record(tx, {
        ...{ actor: ACTOR, action: 'webhook-endpoint.disable', target: endpointId, mid },
        ...{ outcome: 'SUCCESS', details: { reason } },
      });
      return true;
    });
    if (wasFirst) await this.notifications.sendNow(notice);
    return wasFirst;
  }

  /** Before the transaction: sealing may make a key. Only the host is shown, since a path may hold a token. */
  private prepare({ delivery }: Tried, { disable }: Failed): Promise<PreparedNotification> {
    const { mid, endpointId, url } = delivery.endpoint;
    const host = new URL(url).host.slice(0, HOST_SHOWN);
    const text = `[PG Gateway] 웹훅 주소(${host})가 꺼졌습니다. ${WHY[disable]} 확인한 뒤 다시 켜 주세요.`;
    return this.notifications.prepare({
      to: { ownersOfMerchant: mid },
      kind: 'WEBHOOK',
      content: new Secret({ subject: '[PG Gateway] 웹훅 주소가 꺼졌습니다', text }),
      purpose: 'webhook-endpoint.disabled',
      subjectId: endpointId,
      expiresAt: new Date(this.clock.now().getTime() + LIFETIME_MS),
    });
  }
}
