import { ApiProperty } from '@nestjs/swagger';

export class HealthResponse {
  @ApiProperty({ example: 'ok', enum: ['ok'] })
  status: 'ok';
}

export class ReadinessResponse {
  @ApiProperty({ example: 'ready', enum: ['ready', 'unavailable'] })
  status: 'ready' | 'unavailable';

  @ApiProperty({
    example: { database: 'ok', migrations: 'ok', session: 'ok', durability: 'ok' },
    description:
      '검사별 결과. 처음으로 실패한 검사에서 끝납니다. / Result of each check; the first that fails ends the list.',
    additionalProperties: { type: 'string', enum: ['ok', 'failed'] },
    type: 'object',
  })
  checks: Readonly<Record<string, 'ok' | 'failed'>>;
}
