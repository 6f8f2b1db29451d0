import { ApiProperty } from '@nestjs/swagger';

export class AvailabilityResponse {
  @ApiProperty({ description: '쓸 수 있는지 / Whether it is free', example: true })
  available: boolean;
}

/** The same for everybody. */
export class AcceptedResponse {
  @ApiProperty({
    description:
      '안내. 해당하는 회원이 있으면 메시지를 보냈습니다. / A message was sent if there is such a member',
    example: 'SENT_IF_REGISTERED',
    enum: ['SENT_IF_REGISTERED'],
  })
  outcome: 'SENT_IF_REGISTERED';
}
