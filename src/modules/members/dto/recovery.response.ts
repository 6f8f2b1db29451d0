import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../common/time/korean-time';
import type { SentCode } from '../use-cases/change-contact';

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

export class SentCodeResponse {
  @ApiProperty({ description: '보낸 곳(가림) / Where it was sent, masked', example: '010****1234' })
  sentTo: string;

  @ApiProperty({
    format: 'date-time',
    description: '인증번호 만료 시각 / The code expires at',
    example: '2026-11-21T15:14:05.000+09:00',
  })
  expiresAt: string;

  static of({ sentTo, expiresAt }: SentCode): SentCodeResponse {
    return { sentTo, expiresAt: koreanTime(expiresAt) };
  }
}
