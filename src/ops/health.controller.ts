import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../common/http/decorators';
import { Unlimited } from '../common/http/rate-limit';
import { HealthResponse, ReadinessResponse } from './health.response';
import { Readiness } from './readiness';

@ApiTags('Operations')
@Unlimited()
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @Public()
  @ApiOperation({
    summary: '살아 있음 / Liveness',
    description: '프로세스가 답할 수 있습니다. / The process can answer.',
  })
  @ApiOkResponse({ type: HealthResponse, description: '살아 있음 / Alive' })
  live(): HealthResponse {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @ApiOperation({
    summary: '준비됨 / Readiness',
    description:
      '데이터베이스, 마이그레이션, 격리 수준, 내구성 설정을 확인합니다. / Looks at the database, migrations, isolation and durability settings.',
  })
  @ApiOkResponse({ type: ReadinessResponse, description: '요청을 받을 수 있음 / May be sent requests' })
  @ApiServiceUnavailableResponse({ type: ReadinessResponse, description: '요청을 받을 수 없음 / May not' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessResponse> {
    const report = await this.readiness.report();
    if (report.status !== 'ready') void reply.status(503);
    return report;
  }
}
