import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { OutboundClient } from '../../../common/http/outbound-client';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import type { MessageProvider, Opened, OutgoingMessage, Standing } from '../message-provider.port';
import {
  addedSchema,
  authorization,
  carrierForm,
  DUPLICATE_RECIPIENT,
  groupMessagesSchema,
  groupSchema,
  RECEIVED,
  TAKEN,
} from './solapi.wire';

const SALT_BYTES = 16;
const UNKNOWN: Standing = { kind: 'UNKNOWN' };

type Answer = { readonly status: number; readonly body: unknown } | null;

/**
 * SOLAPI, messages v4. Each message is a group of one: SOLAPI sends a group once, and keeps a recipient from being in
 * it twice, so that a call whose answer was lost can be made again. Its own client library cannot be pointed at another
 * address, and repeats calls by itself; the wire is used instead.
 */
@Injectable()
export class SolapiProvider implements MessageProvider {
  readonly name = 'solapi';
  readonly channel = 'SMS';
  readonly reportsDelivery = true;

  constructor(
    private readonly outbound: OutboundClient,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async open(): Promise<Opened> {
    const group = read(groupSchema, await this.call('POST', '/groups', { allowDuplicates: false }));
    return group === null ? { kind: 'UNKNOWN' } : { kind: 'OPENED', handle: group.groupId };
  }

  async send(handle: string, { to, content }: OutgoingMessage): Promise<Standing> {
    const message = { to, from: this.config.messaging.sms.sender, ...carrierForm(content) };
    const path = `/groups/${handle}`;
    const added = read(addedSchema, await this.call('PUT', `${path}/messages`, { messages: [message] }));
    if (added === null) return UNKNOWN;
    const { statusCode } = added.resultList[0]!;
    if (!TAKEN.has(statusCode) && statusCode !== DUPLICATE_RECIPIENT)
      return { kind: 'FAILED', code: statusCode };
    const group = read(groupSchema, await this.call('POST', `${path}/send`));
    // Refused or unanswered alike: the group itself tells whether it went out.
    return group === null ? this.look(handle) : standingOf(group.status);
  }

  async look(handle: string): Promise<Standing> {
    const group = read(groupSchema, await this.call('GET', `/groups/${handle}`));
    if (group === null) return UNKNOWN;
    const standing = standingOf(group.status);
    if (standing.kind !== 'SENT') return standing;
    const list = read(groupMessagesSchema, await this.call('GET', `/groups/${handle}/messages`));
    const code = Object.values(list?.messageList ?? {})[0]?.statusCode;
    if (code === undefined || TAKEN.has(code)) return standing;
    return code === RECEIVED ? { kind: 'DELIVERED' } : { kind: 'FAILED', code };
  }

  private async call(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<Answer> {
    const { baseUrl, apiKey, apiSecret } = this.config.messaging.sms;
    const { connectTimeoutMs, answerTimeoutMs } = this.config.acquirer;
    const access = { apiKey, apiSecret: apiSecret.expose() };
    const salt = randomBytes(SALT_BYTES).toString('hex');
    const result = await this.outbound.send({
      method,
      url: `${baseUrl}/messages/v4${path}`,
      headers: {
        authorization: authorization(access, this.clock.now(), salt),
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
      connectTimeoutMs,
      answerTimeoutMs,
    });
    if (result.kind !== 'ANSWER') return null;
    try {
      return { status: result.status, body: JSON.parse(result.body) as unknown };
    } catch {
      return null;
    }
  }
}

/** Null for everything that is not a good answer of this form. */
function read<T>(schema: z.ZodType<T>, answer: Answer): T | null {
  if (answer === null || answer.status < 200 || answer.status > 299) return null;
  const parsed = schema.safeParse(answer.body);
  return parsed.success ? parsed.data : null;
}

function standingOf(status: z.infer<typeof groupSchema>['status']): Standing {
  switch (status) {
    case 'PENDING':
      return { kind: 'NOT_SENT' };
    case 'SENDING':
    case 'SCHEDULED':
    case 'COMPLETE':
      return { kind: 'SENT' };
    case 'FAILED':
    case 'DELETED':
      return { kind: 'FAILED', code: status };
  }
}
