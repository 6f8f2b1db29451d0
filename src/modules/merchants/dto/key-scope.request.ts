import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { PageQuery } from '../../../common/pagination/page.query';

const MID = /^M\d{7}$/;

/** Whose keys are meant. */
export class KeyScopeRequest {
  @ApiPropertyOptional({
    description:
      '가맹점 ID. 운영자는 반드시 적고, 가맹점 담당자는 생략합니다. / Merchant id. An operator must give it; a merchant’s member leaves it out.',
    pattern: MID.source,
    example: 'M0000001',
  })
  @IsOptional()
  @Matches(MID)
  mid?: string;
}

export class ListKeysRequest extends IntersectionType(KeyScopeRequest, PageQuery) {}
