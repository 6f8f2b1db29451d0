import { Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACQUIRERS, type AcquirerRegistry, hasWebhooks } from '../../../acquirers/port/acquirer.port';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { Public } from '../../../common/http/decorators';
import { rawBodyOf } from '../../../common/http/raw-body';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { Clock } from '../../../common/time/clock';
import { InboundWebhooks } from './inbound-webhooks.store';

/** Where acquirers send their webhooks. Each is kept before it is answered, and dealt with by the worker. */
@ApiTags('Acquirer webhooks')
@Controller('v1/webhooks')
export class InboundWebhooksController {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly webhooks: InboundWebhooks,
    private readonly clock: Clock,
  ) {}

  @Post(':acquirer')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: '원천사 웹훅 / Acquirer webhook',
    description:
      '원천사가 부르는 주소입니다. 내용은 믿지 않고, 원천사에 다시 조회합니다. 답은 그 원천사가 바라는 형식입니다. / Called by acquirers. What it says is never believed: the acquirer is asked. Answered in the form that acquirer wants.',
  })
  @ApiParam({ name: 'acquirer', enum: ['toss', 'inicis', 'portone', 'nicepay', 'kakaopay', 'naverpay'] })
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded')
  @ApiProduces('text/plain', 'text/html', 'application/json')
  @ApiOkResponse({ description: '받음 / Received', schema: { type: 'string', example: 'OK' } })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED', 'NOT_FOUND', 'SERVICE_UNAVAILABLE')
  async receive(
    @Param('acquirer') acquirer: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const adapter = this.acquirers.get(acquirer);
    if (adapter === undefined || !hasWebhooks(adapter)) throw fault(COMMON_ERRORS, 'NOT_FOUND');
    const raw = {
      headers: textHeaders(request),
      ...rawBodyOf(request),
    };
    const reading = adapter.readWebhook(raw);
    if (reading.kind !== 'HINT') throw fault(COMMON_ERRORS, 'VALIDATION_FAILED');
    await this.webhooks.receive(acquirer, reading.hint, raw, this.clock.now());
    const { contentType, body } = adapter.webhookReceipt;
    void reply.header('content-type', contentType);
    return body;
  }
}

function textHeaders({ headers }: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
}
