import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppConfig } from '../../../config/app-config';
import { Sealer } from '../../../common/crypto/sealer';
import type { SqlValue } from '../../../common/db/pool';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { newId } from '../../../common/ids/id';
import { Secret } from '../../../common/masking/secret';
import { Clock } from '../../../common/time/clock';
import { databaseTime } from '../../../common/time/korean-time';
import { AuditFacade } from '../../audit/audit.facade';
import { urlFault } from '../outbound/endpoint-url';
import { NameLookup } from '../outbound/name-lookup';
import { newWebhookSecret } from '../outbound/signature';
import { lockSequences } from '../webhook-writes';
import { WEBHOOKS_ERRORS } from '../webhooks.errors';
import { secretContext } from './endpoint-row';
import type { Endpoint, EndpointChange, EndpointWish, EndpointWithSecret } from './endpoint.types';
import { type Change, EndpointsRepository, type StoredEndpoint } from './endpoints.repository';
import { mayEndpointFollow } from './webhook-endpoint.state';

const ENDPOINTS_MAX = 16;

/** A merchant's endpoints and their secrets. Every change is audited, and holds from the merchant's next event on. */
@Injectable()
export class EndpointsService {
  constructor(
    private readonly endpoints: EndpointsRepository,
    private readonly names: NameLookup,
    private readonly sealer: Sealer,
    private readonly audit: AuditFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  list(mid: string, page: { readonly limit: number; readonly cursor?: string }) {
    return this.endpoints.list(mid, page);
  }

  /** Throws WEBHOOK_ENDPOINT_NOT_FOUND. */
  async find(mid: string, endpointId: string): Promise<StoredEndpoint> {
    return orMissing(await this.endpoints.find(mid, endpointId));
  }

  /** Throws VALIDATION_FAILED for an address that is never called, WEBHOOK_ENDPOINT_LIMIT. */
  async create(mid: string, wish: EndpointWish, actor: string): Promise<EndpointWithSecret> {
    this.checkUrl(wish.url);
    const endpointId = newId('whe');
    const secret = newWebhookSecret();
    const secretSealed = await this.sealer.seal(
      'webhook',
      secretContext('secret_sealed', endpointId, mid),
      secret,
    );
    await this.unitOfWork.run('webhook-endpoint.create', async (tx) => {
      const change = await this.begin(tx, mid, actor);
      if ((await this.endpoints.count(tx, mid)) >= ENDPOINTS_MAX)
        throw fault(WEBHOOKS_ERRORS, 'WEBHOOK_ENDPOINT_LIMIT');
      await this.endpoints.insert(tx, { ...wish, endpointId, mid, secretSealed }, change);
      await this.record(tx, { actor, action: 'webhook-endpoint.create', target: endpointId, mid });
    });
    return { endpoint: (await this.find(mid, endpointId)).endpoint, secret: new Secret(secret) };
  }

  /** Throws VALIDATION_FAILED, WEBHOOK_ENDPOINT_NOT_FOUND. */
  async change(mid: string, endpointId: string, wish: EndpointChange, actor: string): Promise<Endpoint> {
    if (wish.url !== undefined) this.checkUrl(wish.url);
    return this.unitOfWork.run('webhook-endpoint.change', async (tx) => {
      const change = await this.begin(tx, mid, actor);
      const { endpoint } = orMissing(await this.endpoints.lock(tx, mid, endpointId));
      const next = endpointAfter(endpoint, wish);
      const names = changedNames(endpoint, next);
      if (names.length === 0) return endpoint;
      const isNew = next.status !== endpoint.status || next.url !== endpoint.url;
      const set: Record<string, SqlValue> = isNew ? { pace: 'NEW', held_until: null } : {};
      const done = await this.endpoints.update(tx, next, set, change);
      const details = { changed: names.join(','), from: endpoint.status, to: next.status };
      await this.record(tx, {
        actor,
        action: 'webhook-endpoint.change',
        target: endpointId,
        mid,
        details,
      });
      return done;
    });
  }

  /**
   * What is on its way to it is discarded by the worker. Does nothing for one that was deleted already. Throws
   * WEBHOOK_ENDPOINT_NOT_FOUND.
   */
  async remove(mid: string, endpointId: string, actor: string): Promise<void> {
    await this.unitOfWork.run('webhook-endpoint.delete', async (tx) => {
      const change = await this.begin(tx, mid, actor);
      if (await this.endpoints.wasDeleted(tx, mid, endpointId)) return;
      const { endpoint } = orMissing(await this.endpoints.lock(tx, mid, endpointId));
      const gone: Endpoint = { ...endpoint, status: 'DELETED', disabledReason: null };
      const set = { secret_sealed: null, previous_secret_sealed: null, previous_secret_until: null };
      await this.endpoints.update(tx, gone, set, change);
      await this.record(tx, { actor, action: 'webhook-endpoint.delete', target: endpointId, mid });
    });
  }

  /**
   * Makes a new secret; for `overlapMs` everything is signed with the one before as well. Throws
   * WEBHOOK_ENDPOINT_NOT_FOUND, WEBHOOK_ENDPOINT_CHANGED.
   */
  async rotate(
    mid: string,
    endpointId: string,
    overlapMs: number | undefined,
    actor: string,
  ): Promise<EndpointWithSecret> {
    const before = await this.find(mid, endpointId);
    const place = (column: 'secret_sealed' | 'previous_secret_sealed') =>
      secretContext(column, endpointId, mid);
    const old = await this.sealer.open('webhook', place('secret_sealed'), before.secretSealed);
    const secret = newWebhookSecret();
    const sealed = await this.sealer.seal('webhook', place('secret_sealed'), secret);
    const previousSealed = await this.sealer.seal('webhook', place('previous_secret_sealed'), old);
    const overlap = overlapMs ?? this.config.webhooks.secretOverlapMs;
    const endpoint = await this.unitOfWork.run('webhook-endpoint.rotate', async (tx) => {
      const change = await this.begin(tx, mid, actor);
      const held = orMissing(await this.endpoints.lock(tx, mid, endpointId));
      if (held.endpoint.version !== before.endpoint.version)
        throw fault(WEBHOOKS_ERRORS, 'WEBHOOK_ENDPOINT_CHANGED');
      const until = overlap === 0 ? null : new Date(change.at.getTime() + overlap);
      const set = {
        secret_sealed: sealed,
        previous_secret_sealed: until === null ? null : previousSealed,
        previous_secret_until: until === null ? null : databaseTime(until),
      };
      const done = await this.endpoints.update(tx, held.endpoint, set, change);
      await this.record(tx, { actor, action: 'webhook-endpoint.rotate-secret', target: endpointId, mid });
      return { ...done, previousSecretUntil: until };
    });
    return { endpoint, secret: new Secret(secret) };
  }

  private async begin(tx: EntityManager, mid: string, actor: string): Promise<Change> {
    const lastSequence = (await lockSequences(tx, [mid])).get(mid)!;
    return { actor, lastSequence, at: this.clock.now() };
  }

  private checkUrl(url: string): void {
    const { loopbackAllowed } = this.config.webhooks;
    const code = urlFault(url, { loopbackAllowed, refused: this.names.refused });
    if (code === null) return;
    throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'url', code, message: URL_HELP }] });
  }

  private record(
    tx: EntityManager,
    entry: Omit<Parameters<AuditFacade['record']>[1], 'outcome'>,
  ): Promise<void> {
    return this.audit.record(tx, { ...entry, outcome: 'SUCCESS' });
  }
}

const URL_HELP = {
  ko: '밖에서 닿는 https 주소여야 합니다. 포트는 443이나 8443만 쓸 수 있습니다.',
  en: 'It must be an https address that can be reached from outside, at port 443 or 8443.',
};

function orMissing(found: StoredEndpoint | null): StoredEndpoint {
  if (found === null) throw fault(WEBHOOKS_ERRORS, 'WEBHOOK_ENDPOINT_NOT_FOUND');
  return found;
}

function endpointAfter(endpoint: Endpoint, { enabled, ...wish }: EndpointChange): Endpoint {
  const next: Endpoint = {
    ...endpoint,
    url: wish.url ?? endpoint.url,
    description: wish.description === undefined ? endpoint.description : wish.description,
    eventTypes: wish.eventTypes === undefined ? endpoint.eventTypes : wish.eventTypes,
  };
  const status = enabled === undefined ? endpoint.status : enabled ? 'ENABLED' : 'DISABLED';
  if (status === endpoint.status) return next;
  if (!mayEndpointFollow(endpoint.status, status)) throw new Error(`no ${status} after ${endpoint.status}`);
  return { ...next, status, disabledReason: status === 'DISABLED' ? 'MERCHANT' : null };
}

function changedNames(before: Endpoint, after: Endpoint): string[] {
  const names = ['url', 'description', 'eventTypes', 'status'] as const;
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
